"""Running text does not shout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import RUNNING, Draft, Role
from nhipcau.translation.proofreading.examples import Bad, Good, heading

SHOUTING = gettext_noop(
    "These words are all in capitals, which is slow to read and is spelt out by some screen "
    "readers. Write them in small letters; the layout makes headings stand out."
)
MARKS = gettext_noop("One mark is enough: “%(words)s”.")
_MARKS = re.compile(r"[!?]{3,}|!{2,}")
_FEWEST = 4


class Capitals(Proofreader):
    slug = "capitals"
    title = _("Shouting capitals")
    explanation = _("Looks for stretches of four and more words in capitals, and for “!!!”.")
    severity = Severity.WARNING
    good = (
        Good("UBND tỉnh, HĐND tỉnh và UBMTTQ Việt Nam cùng dự."),
        Good("Thông tin về ASEAN, UNESCO, WTO, APEC"),
        Good((heading("Đường đi"),), title="Hội xuân"),
    )
    bad = (
        Bad("Bà con KHÔNG ĐƯỢC QUA LẠI TRÁI PHÉP nhé", finds=("KHÔNG ĐƯỢC QUA LẠI TRÁI PHÉP",)),
        Bad((heading("HƯỚNG DẪN ĐƯỜNG ĐI"),), finds=("HƯỚNG DẪN ĐƯỜNG ĐI",)),
        Bad("Vui quá!!!", finds=("!!!",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        roles = RUNNING | {Role.TITLE, Role.HEADING, Role.CAPTION, Role.ALT}
        for passage in draft.passages:
            if passage.role not in roles:
                continue
            for start, end in _shouted(passage.text):
                yield self.found(SHOUTING, passage, (start, end))
            for found in _MARKS.finditer(passage.text):
                yield self.found(
                    MARKS, passage, found.span(), severity=Severity.NOTE, words=found.group()[:1]
                )


_WORDS = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[ ,–\u00a0-]{1,3}")


def _shouted(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of at least four words in capitals, short ones (UBND, WTO) not counted alone."""
    start = end = count = long = 0
    for word in _WORDS.finditer(text):
        joins = count and _BETWEEN.fullmatch(text[end : word.start()])
        if word.group().isupper() and (joins or not count):
            if not count:
                start = word.start()
            end, count = word.end(), count + 1
            long += _is_a_word(word.group())
            continue
        if count >= _FEWEST and long * 2 >= count:
            yield start, end
        start = end = count = long = 0
        if word.group().isupper():
            start, end, count, long = word.start(), word.end(), 1, int(_is_a_word(word.group()))
    if count >= _FEWEST and long * 2 >= count:
        yield start, end


def _is_a_word(word: str) -> bool:
    """Whether it can be read as a word, not as letters: it has a vowel with a mark, or is short."""
    return not word.isascii() or len(word) <= 2
