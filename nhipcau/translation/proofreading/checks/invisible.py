"""Characters that nobody sees: marks of direction, joiners, controls, private letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.plans.reading.sources import legacy
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import SUMMARY, TITLE, Draft, Place
from nhipcau.translation.proofreading.examples import Bad, Good, picture, text

DIRECTION = gettext_noop(
    "There are marks here that turn the direction of writing (%(code)s), so that readers may see "
    "other words than were written. Type the words anew."
)
INVISIBLE = gettext_noop(
    "There is an invisible character inside a word (%(code)s). Type the word anew, otherwise it "
    "is not found by search."
)
BROKEN = gettext_noop(
    "There is a character that no font shows (%(code)s). It came with copied text; type the words "
    "anew."
)
LEGACY = gettext_noop(
    "These words are written in a font from before Unicode (%(encoding)s), which others see as "
    "signs without meaning. Bring the text in by “Paste from Word”, which converts it."
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_LATIN = "[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"
# Joiners have their place in Khmer, Lao and in drawn signs; between Latin letters they have none.
_HIDDEN = re.compile(f"(?<={_LATIN})[\u200b-\u200d\u2060-\u2064\ufeff](?={_LATIN})")
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0e-\x1f\x7f\U000e0000-\U000e007f]")
_AROUND = 20
_NOT_WORDS = frozenset({"id", "type", "picture", "file", "video", "audio", "level", "kind"})


class Invisible(Proofreader):
    slug = "invisible"
    title = _("Invisible and broken characters")
    explanation = _(
        "Looks for marks that turn the direction of writing, invisible characters inside words, "
        "broken characters and fonts from before Unicode."
    )
    severity = Severity.NEVER_OVERRULED
    overruled_by = None
    good = (
        Good("Chợ phiên vùng biên: 100% hàng Việt – giá “mềm”…"),
        Good("ភាសា\u200bខ្មែរ", language="km"),
        Good("👩\u200d🌾 bà con nông dân"),
        Good("Ca\u0301c xã"),
    )
    bad = (
        Bad("Xem \u202egpj.exe\u202c ở đây", finds=("Xem gpj.exe ở đây",)),
        Bad((picture(alt="Chợ \u2067phiên"),), finds=("Chợ phiên",)),
        Bad("", title="Thông\u200bbáo", finds=("Thôngbáo",)),
        Bad("Dấu \ue012 lạ", finds=("Dấu \ue012 lạ",)),
        Bad(
            (text("TØnh §¶ng bé vµ nh©n d©n c¸c d©n téc quyÕt t©m thùc hiÖn tèt nhiÖm vô"),),
            finds=("TØnh §¶ng bé vµ nh©n d©n c¸c d©n téc quyÕt t©m thùc hiÖn tèt nhiÖm vô",),
        ),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for name, words in ((TITLE, draft.title), (SUMMARY, draft.summary)):
            yield from self._words(words, Place(name))
        for part in draft.parts:
            # The manuscript is clean by then: what was saved is what has to be looked at.
            for words in _strings(part.raw):
                yield from self._words(words, part.place)
        for passage in draft.passages:
            encoding = legacy.encoding_of(passage.text)
            if encoding is not legacy.Encoding.UNICODE:
                yield self.found(LEGACY, passage, encoding=encoding.upper())

    def _words(self, words: str, place: Place) -> Iterator[Finding]:
        if words.isascii() and words.isprintable():
            return
        for template, pattern, severity in (
            (DIRECTION, _DIRECTION, Severity.NEVER_OVERRULED),
            (INVISIBLE, _HIDDEN, Severity.MUST_BE_ANSWERED),
            (BROKEN, _BROKEN, Severity.MUST_BE_ANSWERED),
        ):
            found = pattern.search(words)
            if found:
                around = words[max(0, found.start() - _AROUND) : found.end() + _AROUND]
                yield self.found(
                    template,
                    place,
                    quotation=_visible(around),
                    severity=severity,
                    code=f"U+{ord(found.group()):04X}",
                )


def _visible(words: str) -> str:
    plain = re.sub(r"<[^>]*>|^[^<]*>|<[^>]*$", " ", words)
    return "".join(
        letter for letter in plain if unicodedata.category(letter) not in {"Cf", "Cc"}
    ).strip()


def _strings(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth > 20:
        return
    elif isinstance(value, list):
        for child in value:
            yield from _strings(child, depth + 1)
    elif isinstance(value, dict):
        for name, child in value.items():
            if name not in _NOT_WORDS or isinstance(child, dict | list):
                yield from _strings(child, depth + 1)
