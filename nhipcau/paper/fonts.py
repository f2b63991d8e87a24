"""Which fonts a text needs, and where they lie."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

from nhipcau.paper.errors import FontsMissing

# Debian's packages fonts-noto-core and fonts-noto-cjk. The first file decides what a family has.
_FILES: dict[str, tuple[str, ...]] = {
    "Noto Sans": (
        "NotoSans-Regular.ttf",
        "NotoSans-Bold.ttf",
        "NotoSans-Italic.ttf",
        "NotoSans-BoldItalic.ttf",
    ),
    "Noto Sans Display": ("NotoSansDisplay-Bold.ttf", "NotoSansDisplay-Regular.ttf"),
    "Noto Sans Lao": ("NotoSansLao-Regular.ttf", "NotoSansLao-Bold.ttf"),
    "Noto Sans Khmer": ("NotoSansKhmer-Regular.ttf", "NotoSansKhmer-Bold.ttf"),
    "Noto Sans Thai": ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    "Noto Sans Tai Viet": ("NotoSansTaiViet-Regular.ttf",),
    "Noto Sans Myanmar": ("NotoSansMyanmar-Regular.ttf", "NotoSansMyanmar-Bold.ttf"),
    "Noto Sans CJK": ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    "Noto Sans Symbols": ("NotoSansSymbols-Regular.ttf",),
    "Noto Sans Symbols2": ("NotoSansSymbols2-Regular.ttf",),
    "Noto Sans Math": ("NotoSansMath-Regular.ttf",),
}
_ALWAYS = ("Noto Sans", "Noto Sans Display")
# One file holds the shapes of Chinese, Japanese and Korean; the name chooses.
_CJK_BY_SCRIPT = {"Hant": "TC", "Jpan": "JP", "Kore": "KR"}
# Marks that are never drawn: joiners, break marks, variation selectors.
_UNDRAWN = frozenset(
    number
    for first, last in (
        (0x00, 0x1F), (0xAD, 0xAD), (0x200B, 0x200F), (0x2028, 0x2029), (0x2060, 0x2064),
        (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0100, 0xE01EF),
    )
    for number in range(first, last + 1)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FontSet:
    """`families` in the order in which a character is looked for; `missing` has no font at all."""

    families: tuple[str, ...]
    display: tuple[str, ...]
    files: tuple[Path, ...]
    missing: str


def fonts_for(characters: Collection[str], *, script: str) -> FontSet:
    """The fonts for these characters; `script` (ISO 15924) decides how Han characters look.

    Raises FontsMissing where even Latin letters have no font.
    """
    wanted = {ord(character) for character in characters} - _UNDRAWN
    families: list[str] = []
    for family in _FILES:
        covered = _covered(family)
        if family in _ALWAYS and not covered:
            raise FontsMissing
        if family in _ALWAYS or wanted & covered:
            families.append(family)
            wanted -= covered
    files = [path for family in families for path in _paths(family)]
    shown = [_spelt(family, script) for family in families]
    text = tuple(family for family in shown if family != "Noto Sans Display")
    return FontSet(
        families=text,
        display=("Noto Sans Display", *text),
        files=tuple(files),
        missing="".join(sorted(map(chr, wanted))),
    )


def font_files(script: str) -> tuple[Path, ...]:
    """The files of the fonts that readers' own devices often lack, for e-books in this script."""
    family = {
        "Laoo": "Noto Sans Lao",
        "Khmr": "Noto Sans Khmer",
        "Thai": "Noto Sans Thai",
        "Tavt": "Noto Sans Tai Viet",
        "Mymr": "Noto Sans Myanmar",
    }.get(script)
    return tuple(_paths(family)) if family else ()


def _spelt(family: str, script: str) -> str:
    if family == "Noto Sans CJK":
        return f"{family} {_CJK_BY_SCRIPT.get(script, 'SC')}"
    return family


def _paths(family: str) -> Iterator[Path]:
    for name in _FILES[family]:
        for folder in settings.FONT_FOLDERS:
            path = Path(folder) / name
            if path.is_file():
                yield path
                break


def _covered(family: str) -> frozenset[int]:
    first = next(_paths(family), None)
    return _characters(first) if first else frozenset()


@lru_cache(maxsize=32)
def _characters(path: Path) -> frozenset[int]:
    """Every character that a font has a shape for."""
    number = 0 if path.suffix == ".ttc" else -1
    with TTFont(path, fontNumber=number, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
