"""What the library says of pictures, taken over where a body says nothing of them.

Words of the author stand: whatever was written, and the mark “decorative”. What was taken over
stands in the words like any other and is cleared with them; the library may change afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """What the library says of a picture in one language; `text` is "" where it says nothing."""

    text: str = ""
    is_decorative: bool = False


def untold_pictures(raw: Any) -> Iterator[int]:
    """The numbers of pictures and maps of which a raw body says nothing, wherever they stand."""
    if isinstance(raw, Mapping):
        if _is_figure(raw):
            if _says_nothing(raw):
                yield raw["picture"]
        else:
            for value in raw.values():
                yield from untold_pictures(value)
    elif isinstance(raw, list):
        for each in raw:
            yield from untold_pictures(each)


def with_told(raw: Any, told: Mapping[int, Told], *, is_map: bool = False) -> Any:
    """The raw body, with what the library says where it says nothing itself; a copy.

    A map is never decorative: it says something, whatever the library calls its picture.
    """
    if isinstance(raw, Mapping):
        if _is_figure(raw):
            return {**raw, **_taken_over(raw, told.get(raw["picture"], Told()), is_map=is_map)}
        within = raw.get("type") == "map"
        return {name: with_told(value, told, is_map=within) for name, value in raw.items()}
    if isinstance(raw, list):
        return [with_told(each, told) for each in raw]
    return raw


def _is_figure(struct: Mapping[str, Any]) -> bool:
    return isinstance(struct.get("picture"), int)


def _says_nothing(figure: Mapping[str, Any]) -> bool:
    return not str(figure.get("alt") or "").strip() and figure.get("decorative") is not True


def _taken_over(figure: Mapping[str, Any], told: Told, *, is_map: bool) -> dict[str, Any]:
    if not _says_nothing(figure):
        return {}
    if told.is_decorative and not is_map:
        return {"decorative": True}
    return {"alt": told.text} if told.text else {}
