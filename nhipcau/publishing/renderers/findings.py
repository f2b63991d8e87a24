"""What an editor should know about a rendition before it is released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RenditionFindingKind(StrEnum):
    MISSING_CHARACTERS = "missing_characters"
    MISSING_PICTURE = "missing_picture"
    MISSING_ALT = "missing_alt"
    NOT_SHOWN = "not_shown"
    SHORTENED = "shortened"
    WITHOUT_COUNTERPART = "without_counterpart"
    READ_AS_WRITTEN = "read_as_written"
    UNKNOWN_ABBREVIATION = "unknown_abbreviation"
    LONG_MESSAGE = "long_message"
    CHART_NOT_DRAWN = "chart_not_drawn"
    UNLABELLED_CHART = "unlabelled_chart"


SENTENCES: dict[RenditionFindingKind, str | Promise] = {
    RenditionFindingKind.MISSING_CHARACTERS: _(
        "No font has these characters, a hollow square stands in their place: %(shown)s"
    ),
    RenditionFindingKind.MISSING_PICTURE: _(
        "A picture is missing or cannot be read; its description stands in its place: “%(shown)s”."
    ),
    RenditionFindingKind.MISSING_ALT: _(
        "A picture has neither a description nor the mark “decorative”; its caption was used: "
        "“%(shown)s”."
    ),
    RenditionFindingKind.NOT_SHOWN: _("This form does not show everything. Left out: %(shown)s."),
    RenditionFindingKind.SHORTENED: _(
        "Words were cut because they do not fit into this form: “%(shown)s”."
    ),
    RenditionFindingKind.WITHOUT_COUNTERPART: _(
        "This part has no counterpart in the other language: “%(shown)s”."
    ),
    RenditionFindingKind.READ_AS_WRITTEN: _(
        "Numbers, dates and abbreviations are spelt out in Vietnamese only; the announcer reads "
        "this text as it is written (%(shown)s)."
    ),
    RenditionFindingKind.UNKNOWN_ABBREVIATION: _(
        "The list of abbreviations does not know these; the announcer needs to know how they are "
        "read: %(shown)s."
    ),
    RenditionFindingKind.LONG_MESSAGE: _(
        "The message has %(shown)s parts; each is paid for. "
        "Without accents it would have %(limit)s."
    ),
    RenditionFindingKind.CHART_NOT_DRAWN: _(
        "This chart cannot be drawn honestly and is shown as a table: “%(shown)s” (%(reason)s)."
    ),
    RenditionFindingKind.UNLABELLED_CHART: _(
        "A chart lacks its unit or its source; readers cannot judge it: “%(shown)s”."
    ),
}


@dataclass(frozen=True, slots=True)
class RenditionFinding:
    """`blocking` when the rendition must not be released as it is."""

    kind: RenditionFindingKind
    shown: str
    blocking: bool = False
    details: Mapping[str, str | Promise] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return str(SENTENCES[self.kind]) % {"shown": self.shown, **self.details}
