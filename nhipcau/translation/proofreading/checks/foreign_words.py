"""Words of another language say so, otherwise they are read out in the wrong voice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import RUNNING, Draft, Passage
from nhipcau.translation.proofreading.examples import Bad, Good, text
from nhipcau.translation.proofreading.text.scripts import (
    bears_small_words,
    language_by_signs,
    main_script,
    script_of_letter,
    scripts_of,
    trimmed_to_foreign,
)

OTHER_SCRIPT = gettext_noop(
    "“%(words)s” is in other letters than this version. Mark it with its language, so that it is "
    "read out and broken into lines as it should be."
)
OTHER_LANGUAGE = gettext_noop(
    "“%(words)s” seems to be in another language. Mark it with its language, or put it into words "
    "of this one."
)
_FEWEST = 5
_ASCII_STRETCH = re.compile(r"(?<!\w)[A-Za-z]+(?:[ '’,-]+[A-Za-z]+)*(?!\w)")
_EVERYWHERE = 40  # of a passage; above this it is no quotation but a passage left untranslated


class ForeignWords(Proofreader):
    slug = "foreign_words"
    title = _("Words of other languages")
    explanation = _(
        "Looks for words in other letters, and for stretches in English in a Vietnamese text, that "
        "are not marked with their language."
    )
    severity = Severity.WARNING
    good = (
        Good("Cửa khẩu Hữu Nghị (Friendship Pass) mở cửa, hỗ trợ bởi UNDP và Facebook."),
        Good((text('Tên chữ Hán là <span lang="zh-Hans">友谊关</span>.'),)),
        Good("Gửi các sở TTTT, NgV, CT, VHTTDL, KH; tỉnh Svay Rieng, Tbong Khmum, Prey Veng."),
        Good("友谊关位于越南谅山省，Hữu Nghị。", language="zh-Hans"),
    )
    bad = (
        Bad("Tên chữ Hán là 友谊关, có từ lâu.", finds=("友谊关",)),
        Bad("Khẩu hiệu: ຍິນດີຕ້ອນຮັບ", finds=("ຍິນດີຕ້ອນຮັບ",)),
        Bad(
            "Tấm biển ghi the gate is closed for the holiday từ hôm qua.",
            finds=("the gate is closed for the holiday",),
        ),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        expected = scripts_of(draft.language)
        vietnamese = draft.language.lower().split("-")[0] == "vi"
        for passage in draft.passages:
            if passage.role not in RUNNING or (passage.text.isascii() and not vietnamese):
                continue
            yield from self._scripts(passage, expected)
            if vietnamese:
                yield from self._english(passage)

    def _scripts(self, passage: Passage, expected: frozenset[str]) -> Iterator[Finding]:
        # Latin letters stand in texts of all scripts: names, units, abbreviations.
        for start, end in _stretches(passage.text, expected | {"Latn", ""}):
            words = passage.text[start:end]
            if main_script(words) and not _hinted(passage, start, end):
                yield self.found(OTHER_SCRIPT, passage, (start, end), words=words[:_EVERYWHERE])

    def _english(self, passage: Passage) -> Iterator[Finding]:
        for found in _ASCII_STRETCH.finditer(passage.text):
            if len(found.group().split()) < _FEWEST:
                continue
            start, end = trimmed_to_foreign(passage.text, *found.span())
            words = passage.text[start:end]
            if len(words.split()) < _FEWEST or _hinted(passage, start, end):
                continue
            if bears_small_words(words, "en") and language_by_signs(words) == "en":
                yield self.found(OTHER_LANGUAGE, passage, (start, end), words=words[:_EVERYWHERE])


def _stretches(text: str, expected: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Spans of letters in none of the expected scripts; spaces and signs between them belong."""
    start = end = -1
    for at, letter in enumerate(text):
        if letter < "\u0250":
            continue
        if script_of_letter(letter) not in expected:
            if start >= 0 and text[end:at].strip(" ,.·-–()") == "":
                end = at + 1
            else:
                if start >= 0:
                    yield start, end
                start, end = at, at + 1
    if start >= 0:
        yield start, end


def _hinted(passage: Passage, start: int, end: int) -> bool:
    return any(hint.language and hint.start <= start and end <= hint.end for hint in passage.hints)
