"""Is this an official document at all? Told by its form; its subject is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.reading import Role

if TYPE_CHECKING:
    from nhipcau.plans.reading.closing import Closing
    from nhipcau.plans.reading.head import Header
    from nhipcau.plans.reading.opening import Opening
    from nhipcau.plans.reading.outline import Outline

_ENOUGH = 2.5
_ORDERS = expression(r"như sau\s*[:.]|QUYẾT ĐỊNH\s*:|QUYẾT NGHỊ\s*:|Điều 1\.")
_ATTACHED = expression(
    r"\((?:Ban hành )?[Kk]èm theo (?:Quyết định|Công văn|Kế hoạch|Nghị quyết|Tờ trình|Hướng dẫn|Thông báo)"
)


def weight(
    header: Header, opening: Opening, outline: Outline, closing: Closing, text: str
) -> float:
    """How much of an official document's form is there."""
    signs = (
        (header.motto, 2.0),
        (header.symbol is not None, 2.0),
        (header.date is not None and header.place is not None, 1.0),
        (header.doc_type is not None, 1.0),
        (header.addressed_at is not None, 0.5),
        (bool(header.bodies), 0.5),
        (bool(opening.bases), 1.0),
        (bool(_ORDERS.search(text)), 0.5),
        (bool(_ATTACHED.search(text[:3000])), 1.0),
        (len(closing.recipients) > 1, 2.0),
        (bool(closing.authority), 1.0),
        (len(outline.sections) > 1, 0.5),
        # A text without a head: its opening orders, and its parts come in the usual order.
        (
            opening.orders
            and bool(opening.bases)
            and len(outline.sections) > 1
            and outline.sections[0].role is Role.PURPOSE,
            1.5,
        ),
    )
    return sum(value for holds, value in signs if holds)


def refuse_unless_official(value: float) -> None:
    if value >= _ENOUGH:
        return
    raise NotReadable(
        Refusal.NOT_OFFICIAL,
        vi="Tệp này không có thể thức của văn bản hành chính (không thấy số, ký hiệu, tên loại, căn cứ, nơi nhận hay chữ ký): "
        "hãy chọn bản chính thức của kế hoạch, quyết định hoặc công văn.",
        en="This file does not have the form of an official document (no number, kind, legal basis, recipients or signature): "
        "choose the official text of the plan, decision or letter.",
    )
