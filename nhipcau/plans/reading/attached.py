"""A plan that a decision issues: it stands behind the decision's signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.plans.reading.closing import read_closing
from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.outline import Outline, read_outline
from nhipcau.plans.reading.title import kind_of_heading, title_ends_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.plans.reading.normalise import Line

_ATTACHED = expression(r"^\W*(?:Ban hành )?[Kk]èm theo\b")
_ANNEX = expression(r"^\W*(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|BIỂU|DANH MỤC|DANH SÁCH|MẪU)\b")
_ISSUED = {"KH", "CTr", "ĐA", "PA", "HD", "DA", "QC", "QyĐ"}
_NEAR = 8  # lines between the kind and "(Kèm theo Quyết định số ...)"


@dataclass(frozen=True, slots=True)
class Attached:
    """The attached document: `from_line` is its first line, `outline` its tree."""

    from_line: int
    to_line: int
    outline: Outline


def read_attached(lines: Sequence[Line], after: int) -> Attached | None:
    for place in range(after, len(lines)):
        if not _ATTACHED.match(lines[place].text):
            continue
        above = range(max(after, place - _NEAR), place)
        kind_at = next((at for at in above if kind_of_heading(lines[at]) in _ISSUED), None)
        if kind_at is None and any(_ANNEX.match(lines[at].text) for at in above):
            continue
        body_from = title_ends_at(lines, kind_at) if kind_at is not None else place + 1
        closing = read_closing(lines, body_from)
        outline = read_outline(lines[body_from : closing.begins_at])
        if outline.sections or kind_at is not None:
            return Attached(place if kind_at is None else kind_at, closing.begins_at, outline)
    return None
