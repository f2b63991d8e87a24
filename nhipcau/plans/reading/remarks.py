"""What a plan says about a unit right behind its name: “(theo chức năng, nhiệm vụ)”, “(điểm a)”."""

from __future__ import annotations

import re

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.reading import Span

QUALIFIER = expression(
    r"\s*(?:[,;]\s*)?(?:\b(?:theo|tùy theo|tuỳ theo|căn cứ|trên cơ sở|trong phạm vi)\s+(?:đúng\s+)?(?:chức năng|nhiệm vụ|thẩm quyền|phân cấp|lĩnh vực|quy định|hướng dẫn|phân công|kế hoạch|tình hình|điều kiện|đề nghị)|\bthuộc (?:phạm vi|lĩnh vực)).*$",
    re.DOTALL,
)
_IN_BRACKETS = expression(r"\s*\((?P<inner>[^()]{2,300})\)")


def is_remark(inner: str) -> bool:
    """Words in brackets that say something about the unit, and are not part of its name."""
    return inner[:1].islower() or inner.startswith(("Theo", "Cơ quan", "Đơn vị", "Đầu mối", "Qua"))


def remark_after(text: str, end: int) -> Span | None:
    """The remark that follows a unit's name ending at `end`, without its brackets; None for none."""
    found = _IN_BRACKETS.match(text, end)
    if found is not None:
        return Span(*found.span("inner")) if is_remark(found["inner"]) else None
    line = text.find("\n", end)
    found = QUALIFIER.match(text, end, len(text) if line < 0 else line)
    if found is None:
        return None
    words = re.split(r"[;.]", found[0].lstrip(" ,;"), maxsplit=1)[0].rstrip()
    start = found.end() - len(found[0].lstrip(" ,;"))
    return Span(start, start + len(words))
