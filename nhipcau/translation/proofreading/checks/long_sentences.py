"""Sentences that can be read aloud in one breath and understood at once.

There is no formula of readability for Vietnamese that holds for plain official prose; those for
English count syllables of a word, which in Vietnamese are written apart. What is honest is the
length of sentences in syllables, so that is what is measured and what is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import BODY, RUNNING, Draft, Place, Role
from nhipcau.translation.proofreading.examples import Bad, Good
from nhipcau.translation.proofreading.text.scripts import scripts_of
from nhipcau.translation.proofreading.text.sentences import length, sentences

LONG = gettext_noop(
    "This sentence has %(length)d %(unit)s; more than %(limit)d cannot be followed when read "
    "aloud. Make two or three of it."
)
HARD = gettext_noop(
    "The sentences have %(length)d %(unit)s on average; people who listen follow up to about "
    "%(limit)d. Shorten the longest ones first."
)
_SYLLABLES, _WORDS = gettext_noop("syllables"), gettext_noop("words")
_CHARACTERS, _LETTERS = gettext_noop("characters"), gettext_noop("letters of the script")
# The longest sentence and the average, by how the language is counted.
_LIMITS = {
    "vi": (50, 28, _SYLLABLES),
    "Latn": (35, 22, _WORDS),
    "Hani": (60, 35, _CHARACTERS),
    "other": (180, 100, _LETTERS),
}
_FEWEST_SENTENCES = 5
_SHOWN = 120


class LongSentences(Proofreader):
    slug = "long_sentences"
    title = _("Sentences for reading aloud")
    explanation = _(
        "Measures sentences in syllables (Vietnamese), words, characters or letters: what is too "
        "long for one breath is not understood over a loudspeaker."
    )
    severity = Severity.WARNING
    good = (
        Good("Chợ họp từ sáng. Bà con đến đông. TP. Lạng Sơn cách đó 30 km."),
        Good("集市早上开始。很多人来。", language="zh-Hans"),
        Good("We went to the market at 7 a.m. and came back at noon.", language="en"),
    )
    bad = (
        Bad("chữ " * 60, finds=(("chữ " * 30)[:119].rstrip(),)),
        Bad("Ngắn thôi. " + "từ " * 55 + ".", finds=(("từ " * 40)[:119].rstrip(),)),
        Bad("word " * 40, language="en", finds=(("word " * 24)[:119].rstrip(),)),
        Bad(("chữ " * 40 + ". ") * 6, finds=("",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        longest, average, unit = _LIMITS[_way(draft.language)]
        count = total = 0
        for passage in draft.passages:
            if passage.role not in RUNNING or passage.role is Role.CONTACT:
                continue
            for start, end in sentences(passage.text):
                size = length(passage.text[start:end], draft.language)
                count, total = count + 1, total + size
                if size > longest:
                    shown = passage.text[start : min(end, start + _SHOWN)]
                    yield self.found(
                        LONG,
                        passage,
                        (start, end),
                        quotation=shown[: _SHOWN - 1].rstrip() if end - start > _SHOWN else shown,
                        length=size,
                        limit=longest,
                        unit=unit,
                    )
        if count >= _FEWEST_SENTENCES and total > average * count:
            from_all = round(total / count)
            yield self.found(
                HARD,
                Place(BODY),
                severity=Severity.NOTE,
                length=from_all,
                limit=average,
                unit=unit,
            )


def _way(language: str) -> str:
    if language.lower().split("-")[0] == "vi":
        return "vi"
    scripts = scripts_of(language)
    return next((script for script in ("Latn", "Hani") if script in scripts), "other")
