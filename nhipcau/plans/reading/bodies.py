"""Names of issuing bodies: where one begins, which are too general to stand alone."""

from __future__ import annotations

import re

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import folded
from nhipcau.plans.reading.normalise import LOWER, UPPER
from nhipcau.plans.reading.reading import Span, Words
from nhipcau.plans.reading.units import verb_after_units

# First words of a body's name, folded.
BEGINS = expression(
    r"(?:uy ban|ubnd|ub |bcd |bcđ |ubmttq|hoi dong|hdnd|so |bo |ban (?!hanh)|cuc |tong |vu |chi cuc|phong |trung tam|truong "
    r"|vien |van phong|vp |hoi |lien |mat tran|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo|xa doan"
    r"|tinh doan|thanh doan|huyen doan|doan |cong an|bch |thanh tra|toa an|ngan hang|kho bac|dai |bao |tap chi"
    r"|thu tuong|chinh phu|quoc hoi|chu tich|thuong truc|tap doan|cong ty|hoc vien|bql|tieu ban|to |hiep hoi"
    r"|khoi |buu dien|benh vien|bao hiem|quan doi|quan khu|chi bo|bo chi huy|hat kiem lam|don bien phong|quy )"
)
# A line that only goes on with the name above it.
_GOES_ON = expression(
    r"(?:tinh|thanh pho|tp|huyen|quan|thi xa|thi tran|xa|phuong|dac khu|tx|va|cua|thuoc|viet nam|khoa|cap|cac|trung uong)\b(?! uy| doan)"
)
_UNFINISHED = expression(
    r"(?:^thuong truc$|[,&–-]|\b(?:va|cac|cua|ve|cong tac|thuc hien|chi dao|chi huy|tu lenh|chap hanh|quan ly|lien hiep))$"
)
_LEVELS = "tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|tp.|tx."
_BARE_LEVEL = expression(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd)(?: (?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran|dac khu))?"
)
_GENERAL = {
    "tinh uy",
    "thanh uy",
    "huyen uy",
    "dang uy",
    "ban thuong vu",
    "ban thuong vu tinh uy",
    "ban thuong vu thanh uy",
    "ban thuong vu huyen uy",
    "ban chap hanh",
    "ban chi dao",
    "van phong",
    "ban thuong truc",
}
NAME = rf"[{UPPER}][{LOWER}{UPPER}'’]*(?:[ ](?:-[ ])?[{UPPER}][{LOWER}{UPPER}'’]*){{0,4}}"
_ISSUES = (
    "xây dựng|ban hành|triển khai|tổ chức|đề ra|báo cáo|hướng dẫn|yêu cầu|chỉ thị|thông báo|kết luận|đề nghị"
    "|quyết định|trình|kính trình|phát động|lập|cụ thể hóa|cụ thể hoá|thống nhất|kính đề nghị|phê duyệt|nhận được"
    "|tiếp tục|giao|xin|đã|đánh giá|có ý kiến|kính gửi|kính báo cáo"
)
_IN_OPENING = expression(
    rf"(?:^|[;,.]\s*|\s(?:nay|nay,|,)\s)(?P<body>(?:UBND|[ỦU][ỷyY] ban nhân dân|[ỦU][ỷy] ban (?:MTTQ|Mặt trận)|HĐND|Hội đồng nhân dân|Ban Thường vụ"
    rf"|Ban Chấp hành|Ban Chỉ đạo|Ban cán sự|Tỉnh [uủ][ỷy]|Thành [uủ][ỷy]|Huyện [uủ][ỷy]|Đảng [uủ][ỷy]|Sở|Bộ|Ban|Cục|Phòng|Văn phòng|Trung tâm|Hội|Chi cục|Công an|Đài|Báo|Tỉnh đoàn|Liên hiệp|Trường)"
    rf"(?:\s[^;:.\n]{{1,90}}?)?)\s+(?:{_ISSUES})\b",
    re.MULTILINE,
)


def begins_body(text: str) -> bool:
    return bool(BEGINS.match(folded(text).strip() + " "))


def goes_on(above: str, below: str) -> bool:
    """Whether a line of capitals only continues the name in the line above."""
    plain = folded(below).strip()
    if _UNFINISHED.search(folded(above).strip()):
        return True
    if BEGINS.match(plain + " "):
        return False
    return True if _GOES_ON.match(plain) else not begins_body(below)


def is_general(name: str) -> bool:
    """Whether the name says what kind of body it is, but not which."""
    plain = " ".join(folded(name).split())
    return bool(_BARE_LEVEL.fullmatch(plain)) or plain in _GENERAL


_BROKEN_OFF = expression(r"\b(?:và|của|các|về)$", re.IGNORECASE)
_REST = expression(rf"\s+(?P<rest>[{UPPER}][^,;:.\n]{{2,60}})")


def whole_name(body: Words, text: str) -> Words:
    """Complete "BỘ THÔNG TIN VÀ", whose next line was lost, with the whole name further on."""
    if not _BROKEN_OFF.search(body.text):
        return body
    plain = folded(text)
    if len(plain) != len(text):
        return body
    at = plain.find(folded(body.text) + " ", body.span.end)
    if at < 0:
        return body
    found = _REST.match(text, at + len(body.text))
    if found is None:
        return body
    rest = found.group("rest")
    if not rest.isupper():
        verb = verb_after_units(rest)
        rest = rest[: verb.start()] if verb is not None else rest
    span = Span(found.start("rest"), found.start("rest") + len(rest.rstrip()))
    return Words(f"{body.text} {rest.rstrip()}", body.span, 0.7, (*body.also, span))


_OFFICE = expression(
    r"\bvăn phòng\s+(?P<of>(?:tỉnh|thành|huyện|đảng|quận|thị) [uủ][ỷy]|(?:ubnd|hđnd|[ủu][ỷy] ban nhân dân|hội đồng nhân dân)(?:\s(?:và ubnd\s)?(?:tỉnh|thành phố|huyện|xã|phường))?)",
    re.IGNORECASE,
)


def whose_office(body: Words, text: str, *, parent: Words | None) -> Words:
    """Complete "VĂN PHÒNG" alone, with the name of the body it serves from elsewhere in the document."""
    if folded(body.text).strip() != "van phong":
        return body
    above = folded(parent.text).replace("uy ban nhan dan", "ubnd")[:4] if parent is not None else ""
    found_all = list(_OFFICE.finditer(text))
    of_parent = [found for found in found_all if folded(found.group("of")).startswith(above)]
    found = next(iter(of_parent or found_all), None)
    if found is None:
        return body
    return Words(f"{body.text} {found.group('of')}", body.span, 0.6, (Span(*found.span("of")),))


def same_family(printed: str, acting: str) -> bool:
    """Whether the body that acts may be the one that the head names by its kind only."""
    heads = {"uy": "ub", "ubnd": "ub", "ub": "ub", "hdnd": "hoi"}
    first, second = (folded(name).split()[:1] for name in (printed, acting))
    return [heads.get(word, word) for word in first] == [heads.get(word, word) for word in second]


def issuer_in_opening(text: str, offset: int) -> Words | None:
    """The body that acts in the opening sentences: "..., UBND tỉnh X xây dựng kế hoạch"."""
    best: re.Match[str] | None = None
    for found in _IN_OPENING.finditer(text):
        name = found.group("body")
        if name.count(",") > 1 or re.search(r"\b(?:số|ngày|về|của|tại|theo)\b", name):
            continue
        best = found
    if best is None:
        return None
    return Words(
        best.group("body").strip(),
        Span(offset + best.start("body"), offset + best.end("body")),
        0.8,
    )


_AT_LINE_START = expression(
    r"^(?P<body>(?:UBND|[ỦU][ỷy] ban nhân dân)\s(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|đặc khu))\b",
    re.MULTILINE,
)


def body_at_line_start(text: str, offset: int) -> Words | None:
    """The authority that begins a line of the opening, where its verb was lost in recognition."""
    found = _AT_LINE_START.search(text)
    if found is None:
        return None
    span = Span(offset + found.start("body"), offset + found.end("body"))
    return Words(found.group("body"), span, 0.5)


_ENDS_IN_LEVEL = expression(rf"(?:^|\s)({_LEVELS})$", re.IGNORECASE)


def completed(body: Words, *, text: str, until: int, place: Words | None) -> Words:
    """The name with the place that it lacks: "Ủy ban nhân dân tỉnh" and "tỉnh Hà Tĩnh" further on.

    `text` is the normalised text, searched from its start to `until`.
    """
    level = _ENDS_IN_LEVEL.search(body.text)
    if level is None:
        return body
    word = level.group(1)
    pattern = expression(rf"(?i:\b{re.escape(word)})\s+({NAME})")
    candidates = [
        found for found in pattern.finditer(text, 0, until) if not found.group(1).isupper()
    ]
    near = [
        found
        for found in candidates
        if text[max(0, found.start() - 14) : found.start()].endswith("địa bàn ")
    ]
    chosen = next(iter(near or candidates), None)
    if chosen is not None:
        span = Span(chosen.start(1), chosen.end(1))
        return Words(f"{body.text} {chosen.group(1)}", body.span, 0.75, (*body.also, span))
    if place is not None:
        name = re.sub(r"^(?:TP\.?|TX\.?|thành phố)\s*", "", place.text, flags=re.IGNORECASE)
        return Words(f"{body.text} {name}", body.span, 0.6, (*body.also, place.span))
    return body
