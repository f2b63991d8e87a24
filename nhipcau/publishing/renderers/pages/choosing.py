"""Which parts of a manuscript a short form shows, and what it must say it left out."""

from __future__ import annotations

from collections.abc import Iterable

from nhipcau.publishing.renderers.findings import RenditionFinding, RenditionFindingKind
from nhipcau.translation.manuscript import (
    Block,
    CallOut,
    Chart,
    Facts,
    Figure,
    Gallery,
    Manuscript,
    Timeline,
)
from nhipcau.translation.manuscript.plain import block_lines

_SHOWN = 60
DRAWN = (CallOut, Chart, Facts, Timeline)


def lead_figure(source: Manuscript) -> Figure | None:
    """The first picture of a work, which stands on covers and cards; never a map."""
    for block in source.blocks:
        if isinstance(block, Figure) and block.media:
            return block
        if isinstance(block, Gallery):
            for figure in block.figures:
                if figure.media:
                    return figure
    return None


def left_out(blocks: Iterable[Block]) -> tuple[RenditionFinding, ...]:
    """One finding that names the beginnings of what a form does not show."""
    beginnings = []
    for block in blocks:
        line = next((line for line in block_lines(block) if line.strip()), "")
        if line:
            beginnings.append(line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…")
    if not beginnings:
        return ()
    more = "; …" if len(beginnings) > 3 else ""
    shown = "; ".join(f"“{beginning}”" for beginning in beginnings[:3]) + more
    return (RenditionFinding(RenditionFindingKind.NOT_SHOWN, shown),)


def is_same_picture(one: Block | None, other: Block | None) -> bool:
    """Whether two languages show one picture here, so that it is printed once."""
    return (
        isinstance(one, Figure)
        and isinstance(other, Figure)
        and bool(one.media)
        and one.media == other.media
    )
