"""Titles and summaries are there, and as long as lists, messages and cards can show."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import SUMMARY, TITLE, Draft, Place
from nhipcau.translation.proofreading.examples import Bad, Good

NO_TITLE = gettext_noop("The version has no title. Write one.")
TITLE_ABSURD = gettext_noop(
    "The title has %(length)d characters; that is a text, not a title. Write a title of at most "
    "%(limit)d and move the rest to the body."
)
TITLE_LONG = gettext_noop(
    "The title has %(length)d characters. Lists and search pages cut it off after about "
    "%(limit)d; say the main thing first or shorten it."
)
SUMMARY_LONG = gettext_noop(
    "The summary has %(length)d characters. Keep it below %(limit)d: it is read in lists, on cards "
    "and in search pages."
)
TWO_LINES = gettext_noop("The title has more than one line. Write it in one.")
ENDS_IN_STOP = gettext_noop("The title ends with a full stop. Titles do without.")
_ABSURD = 300
_LONG, _LONG_UNSPACED = 110, 40
_SUMMARY, _SUMMARY_UNSPACED = 400, 160


class Titles(Proofreader):
    slug = "titles"
    title = _("Title and summary")
    explanation = _(
        "Looks for missing and overlong titles and summaries; lists, cards and messages have only "
        "so much room."
    )
    severity = Severity.NEVER_OVERRULED
    overruled_by = None
    good = (
        Good(title="Hội xuân mở cửa từ 14/3", summary="Ba ngày hội ở xã biên giới."),
        Good(title="口岸通关时间", summary="", language="zh-Hans"),
        Good(title="Được mùa na…"),
    )
    bad = (
        Bad(title="", finds=("",)),
        Bad(title="a" * 10_000, finds=("a" * 159 + "…",)),
        Bad(title="ab " * 50, finds=(("ab " * 50).strip(),)),
        Bad(title="Hội", summary="từ " * 200, finds=(("từ " * 53).strip() + "…",)),
        Bad(title="Hội xuân.", finds=("Hội xuân.",)),
        Bad(title="Hội\nxuân", finds=("Hội xuân",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        title, summary = draft.title.strip(), draft.summary.strip()
        unspaced = draft.language.split("-")[0] in {"zh", "ja"}
        limit = _LONG_UNSPACED if unspaced else _LONG
        place = Place(TITLE, "", 0, len(draft.title))
        size = len(title)
        if not title:
            yield self.found(NO_TITLE, Place(TITLE))
        elif size > _ABSURD:
            yield self.found(TITLE_ABSURD, place, quotation=title, length=size, limit=_ABSURD)
        elif size > limit:
            yield self.found(
                TITLE_LONG,
                place,
                quotation=title,
                severity=Severity.WARNING,
                length=size,
                limit=limit,
            )
        if "\n" in title:
            yield self.found(TWO_LINES, place, quotation=title, severity=Severity.WARNING)
        if title.endswith(".") and not title.endswith("..") and size <= _ABSURD:
            yield self.found(ENDS_IN_STOP, place, quotation=title, severity=Severity.NOTE)
        limit = _SUMMARY_UNSPACED if unspaced else _SUMMARY
        if len(summary) > limit:
            yield self.found(
                SUMMARY_LONG,
                Place(SUMMARY, "", 0, len(draft.summary)),
                quotation=summary,
                severity=Severity.WARNING,
                length=len(summary),
                limit=limit,
            )
