"""What is said of a file that was refused, and of what was taken out of one that was not."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.media.enums import ItemKind
from nhipcau.media.intake.cleaned import Private
from nhipcau.media.intake.refusals import Refusal
from nhipcau.media.models import Upload
from nhipcau.media.rules.refusals import REFUSALS

TAKEN_OUT: Mapping[Private, str | Promise] = {
    Private.PLACE: _("place where it was taken"),
    Private.DEVICE: _("camera or device and its serial number"),
    Private.PERSON: _("names of people"),
    Private.TIME: _("dates and times"),
    Private.WORDS: _("hidden words and comments"),
    Private.THUMBNAIL: _("hidden small pictures"),
    Private.TRACES: _("traces of programs"),
    Private.TRACK: _("hidden data track"),
    Private.ATTACHED: _("data behind the end of the file"),
}


def refusal_sentence(upload: Upload) -> str:
    """Why a file was refused and what to do, as one or two sentences; "" when it was not."""
    if not upload.refusal:
        return ""
    values = dict(upload.refusal_values)
    for name in ("was", "found"):
        if values.get(name) in ItemKind.values:
            values[name] = ItemKind(values[name]).label
    return str(REFUSALS[Refusal(upload.refusal)]) % values


def taken_out_words(sorts: list[str]) -> list[str]:
    """What was taken out of a file, in words."""
    return [str(words) for sort, words in TAKEN_OUT.items() if sort.value in sorts]
