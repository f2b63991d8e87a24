"""Text planted for machine readers: reported to a person, read by nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.plans.reading.normalise import Line

_MACHINE = r"(?:hệ thống (?:xử lý|đọc|tự động|(?-i:AI)|trí tuệ|phần mềm|nhập liệu)|trí tuệ nhân tạo|mô hình ngôn ngữ|trợ lý (?:ảo|số|AI|tự động)|chatbot|phần mềm (?:đọc|xử lý|trích xuất|tự động|AI)|máy (?:đọc|tính đọc)|bộ (?:đọc|phân tích|trích xuất)|(?-i:\bAI\b)|(?-i:\bLLM\b)|language model|assistant|prompt|parser|machine reader|automated (?:reader|system))"
_ORDERS = r"(?:(?:bỏ qua|phớt lờ|không làm theo|quên) (?:mọi|các|hết|tất cả|toàn bộ|những|hướng dẫn|quy tắc|chỉ dẫn|quy định trên)|hãy (?:ghi|đặt|trả|xuất|điền|coi|gán|đánh dấu|bỏ)|(?:đặt|ghi|gán|điền|sửa) (?:trường|đơn vị chủ trì|lead|giá trị|kết quả|tất cả)|đánh dấu (?:văn bản|tất cả|mọi|nhiệm vụ|là|kế hoạch)|ignore (?:all|the|any|previous)|disregard|override|set (?:the )?(?:lead|unit|field|status)|output\s*[:=]|mark (?:this|the|all|as))"
_PLANTED = (
    expression(rf"{_MACHINE}.{{0,200}}?{_ORDERS}", re.IGNORECASE),
    expression(rf"{_ORDERS}.{{0,120}}?{_MACHINE}", re.IGNORECASE),
    expression(
        r"(?:bỏ qua|ignore|disregard)\s+(?:mọi|tất cả|các|toàn bộ|all|any|the|previous)\s+(?:\w+\s+){0,3}(?:quy tắc|chỉ dẫn|hướng dẫn|lệnh|yêu cầu|rules?|instructions?|prompts?)",
        re.IGNORECASE,
    ),
    # What a web page asks of whoever quotes it.
    expression(
        r"hãy (?:luôn )?(?:thông báo|nói|trả lời|nhắc|trích dẫn)\b.{0,120}(?:câu trả lời của bạn|(?:với|cho) người dùng)",
        re.IGNORECASE,
    ),
    expression(r"<!--.*?-->"),
)


def is_planted(text: str) -> bool:
    return any(pattern.search(text) for pattern in _PLANTED)


def parted(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines to read, and lines planted for machines."""
    planted = [line for line in lines if is_planted(line.text)]
    if not planted:
        return list(lines), []
    starts = {line.start for line in planted}
    return [line for line in lines if line.start not in starts], planted
