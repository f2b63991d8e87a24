"""As long as the kind of work can bear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import BODY, Draft, Place, Role
from nhipcau.translation.proofreading.examples import Bad, Good
from nhipcau.translation.proofreading.text.scripts import scripts_of
from nhipcau.translation.proofreading.text.sentences import length

TOO_LONG = gettext_noop(
    "The body has %(length)d %(unit)s; works of this kind are read up to about %(limit)d. Shorten "
    "it, or choose another kind."
)
TOO_SHORT = gettext_noop(
    "The body has %(length)d %(unit)s; works of this kind need at least about %(limit)d to say "
    "what they are for."
)
# Least and most, in syllables of Vietnamese, by kind of work. From what fits the form: a tri-fold
# leaflet in 10 points, a poster read in passing, a news item of a bulletin, half an hour of radio
# (about 200 syllables a minute). A kind that is not named has no limits.
SYLLABLES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "news": (40, 700),
        "article": (150, 2_500),
        "feature": (300, 5_000),
        "bulletin": (80, 6_000),
        "broadcast": (60, 6_000),
        "topical": (400, 20_000),
        "handbook": (400, 60_000),
        "leaflet": (60, 1_000),
        "poster": (3, 80),
        "billboard": (2, 30),
        "infographic": (10, 350),
    }
)
# How long the same words are in other scripts and languages, against Vietnamese syllables.
_SHARE = MappingProxyType({"vi": 1.0, "zh": 1.15, "ja": 1.6, "Latn": 0.8, "other": 3.6})
_COUNTED = frozenset({Role.PROSE, Role.QUOTE, Role.CELL, Role.HEADING, Role.CONTACT, Role.LABEL})
_UNITS = {
    "vi": gettext_noop("syllables"),
    "zh": gettext_noop("characters"),
    "ja": gettext_noop("characters"),
    "Latn": gettext_noop("words"),
    "other": gettext_noop("letters of the script"),
}


class Length(Proofreader):
    slug = "length"
    title = _("Length by kind and language")
    explanation = _(
        "Compares the length with what the kind of work can bear, counted in syllables, words, "
        "characters or letters as the language is written."
    )
    severity = Severity.WARNING
    good = (
        Good("Cấm săn bắt thú rừng", kind="poster"),
        Good("chữ " * 300, kind="article"),
        Good("chữ " * 20_000, kind="unheard_of"),
        Good("边境集市" * 60, kind="news", language="zh-Hans"),
    )
    bad = (
        Bad("chữ " * 200, kind="poster", finds=("",)),
        Bad("Ngắn.", kind="article", finds=("",)),
        Bad("word " * 700, kind="news", language="en", finds=("",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        limits = SYLLABLES.get(draft.kind)
        if limits is None:
            return
        primary = draft.language.lower().split("-")[0]
        way = primary if primary in _SHARE else "Latn"
        if "Latn" not in scripts_of(draft.language) and primary not in _SHARE:
            way = "other"
        total = sum(
            length(passage.text, draft.language)
            for passage in draft.passages
            if passage.role in _COUNTED
        )
        least, most = (round(limit * _SHARE[way]) for limit in limits)
        if total == 0 or least <= total <= most:
            return
        template, limit = (TOO_LONG, most) if total > most else (TOO_SHORT, least)
        yield self.found(template, Place(BODY), length=total, limit=limit, unit=_UNITS[way])
