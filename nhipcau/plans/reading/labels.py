"""Labels in front of values: "Đơn vị chủ trì: ...", "Thời gian thực hiện: ...", "Sản phẩm: ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import folded
from nhipcau.plans.reading.normalise import LOWER, UPPER
from nhipcau.plans.reading.outline import BULLET


class Kind(StrEnum):
    """What the words behind a label are."""

    LEAD = "lead"
    COORDINATING = "coordinating"
    IMPLEMENTING = "implementing"
    ALL_UNITS = "all_units"
    TIMING = "timing"
    PRODUCT = "product"
    AUDIENCE = "audience"
    TARGET = "target"
    OTHER = "other"


_WHO = r"(?:(?:cac |nhung )?(?:don vi|co quan|bo phan|luc luong|thanh phan|chu the|so|nganh|phong|ban|to chuc|dia phuong|cap|ca nhan|nguoi|dau moi|lanh dao|linh vuc|can bo|cong chuc)(?:,? (?:va )?(?:don vi|co quan|bo phan|nganh|phong|ban|to chuc|dia phuong|ca nhan))*(?: (?:duoc )?(?:giao|phan cong))? )"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.ALL_UNITS,
        expression(
            rf"{_WHO}?(?:thuc hien va phoi hop|chu tri,? (?:va )?phoi hop(?: thuc hien)?|chu tri/phoi hop)$|phan cong(?: to chuc)?(?: thuc hien| nhiem vu| trach nhiem)?$|to chuc thuc hien$|trach nhiem(?: thuc hien| to chuc thuc hien)?$|phan cong, to chuc thuc hien$"
        ),
    ),
    (
        Kind.LEAD,
        expression(
            rf"{_WHO}?(?:lam )?(?:(?:dau moi )?chu tri(?:,? (?:thuc hien|to chuc|tham muu|trien khai|xay dung|soan thao|chinh|to chuc thuc hien|tham muu thuc hien|va thuc hien|trinh|nhiem vu))*|dau moi(?: thuc hien| tham muu)?|chiu trach nhiem chinh|giao chu tri|thuong truc)$|phan cong chu tri$|don vi dau moi.{{0,20}}$"
        ),
    ),
    (
        Kind.COORDINATING,
        expression(
            rf"{_WHO}?(?:cung )?(?:phoi hop(?:,? (?:thuc hien|to chuc|tham gia|trien khai|voi|tham muu|xay dung|chinh))*|tham gia(?: phoi hop)?(?: thuc hien)?)$"
        ),
    ),
    (
        Kind.IMPLEMENTING,
        expression(
            rf"{_WHO}(?:to chuc thuc hien|thuc hien|trien khai(?: thuc hien)?|to chuc|chiu trach nhiem(?: thuc hien)?|dam nhiem|phu trach|tham muu|tham muu thuc hien|dam nhan|xay dung|soan thao)$|thuc hien$|chiu trach nhiem$|nguoi thuc hien$"
        ),
    ),
    (
        Kind.TIMING,
        expression(
            r"giai doan(?: (?:thuc hien|trien khai))?$|(?:du kien )?(?:thoi gian|thoi han|tien do|thoi diem|lo trinh|ky han)(?:,? (?:va )?(?:thuc hien|hoan thanh|du kien|to chuc|trien khai|tien hanh|trinh|bao cao|ban hanh|cong bo|dang tai|phat song|xay dung|bat dau|dien ra|hoan tat|ket thuc|tap huan|phat hanh|tuyen truyen|xong|tham muu))*$|hoan thanh(?: truoc| trong)?$|thoi gian,? (?:va )?dia diem.{0,20}$|(?:thoi gian|tien do) (?:to chuc|thuc hien|hoan thanh|trien khai).{0,30}$"
        ),
    ),
    (
        Kind.PRODUCT,
        expression(
            r"(?:du kien |yeu cau |cac )?(?:san pham|ket qua|dau ra)(?:,? (?:va )?(?:du kien|dau ra|dat duoc|can dat|thuc hien|san pham|ket qua|hoan thanh|yeu cau|phai dat|nhiem vu|cua nhiem vu|ban giao|cu the|chu yeu|chinh))*$|san pham/ket qua$|ket qua/san pham$"
        ),
    ),
    (Kind.AUDIENCE, expression(r"(?:doi tuong|thanh phan)(?: .{0,45})?$")),
    (
        Kind.TARGET,
        expression(
            r"(?:chi tieu|so luong|quy mo|muc tieu den|so lop|so luong dai bieu|khoi luong)(?: .{0,30})?$"
        ),
    ),
    (
        Kind.OTHER,
        expression(
            r"(?:dia diem|noi dung|hinh thuc|phuong thuc|cach thuc|kinh phi|nguon kinh phi|muc tieu|yeu cau|muc dich|ngon ngu|pham vi|dia ban|tan suat|thoi luong|chu de|phuong tien|giai phap|bien phap|cu the|luu y|ghi chu|y nghia|nhiem vu|hoat dong|chu de)(?: .{0,45})?$"
        ),
    ),
)
_LABEL = expression(
    rf"(?:^|(?<=[.;,(/]\s)|(?<=\()|(?<=[-–—+•●▪◦*■□§→✓➢❖]\s)|(?<=[-–—+•●▪◦*■□§→✓➢❖]))(?P<label>[{UPPER}{LOWER}][^:.;()\n|“”]{{2,70}}?)\s*(?P<note>\([^()\n]{{1,160}}\))?\s*:(?!//)\s*"
)


# A colon lost by recognition, or another mark in its place.
_LABEL_WITHOUT_COLON = expression(
    r"(?P<label>(?:Đơn vị|Cơ quan) (?:chủ trì|phối hợp|thực hiện)(?: thực hiện)?|Thời gian(?: thực hiện| hoàn thành)?|Thời hạn(?: hoàn thành)?|Sản phẩm)(?:\s*[-–;.…]\s+(?=\S)|\s+(?=(?:Sở|UBND|Ban|Phòng|Bộ|Văn phòng|Báo|Đài|Công an|Các|Trung tâm|Ủy ban|Uỷ ban|Quý|Tháng|Năm|Thường xuyên|Hoàn thành|Trước|Hằng|Định kỳ|Từ|Dự kiến|\d{1,4})\s))"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label and the place of its value: offsets into the searched text."""

    kind: Kind
    words: str
    start: int
    value_start: int
    value_end: int


def kind_of_label(words: str) -> Kind | None:
    plain = " ".join(folded(words).split()).strip(" .,-–")
    plain = BULLET.sub("", plain)
    plain = re.sub(r"^(?:ve |va |[a-zd]\) )", "", plain)
    # "Cơ quan/đơn vị chủ trì" says the same as with a comma.
    for words_of_it in (plain, plain.replace("/", ", ")):
        for kind, pattern in _KINDS:
            if pattern.match(words_of_it):
                return kind
    return None


def labels_in(text: str) -> list[Label]:
    """Labels of one paragraph, in order; each value runs to the next label or the end."""
    starts: list[tuple[Kind, re.Match[str]]] = []
    skipped = BULLET.match(text)
    position = skipped.end() if skipped is not None else 0
    bare = _LABEL_WITHOUT_COLON.match(text, position)
    if bare is not None and (kind := kind_of_label(bare.group("label"))) is not None:
        starts.append((kind, bare))
        position = bare.end()
    while (found := _LABEL.search(text, position)) is not None:
        at_start = found.start() == (skipped.end() if skipped is not None else 0)
        kind = _kind_at(text, found, at_start=at_start)
        if kind is not None:
            starts.append((kind, found))
            position = found.end()
            continue
        # The label may begin later: "..., đơn vị phối hợp:".
        position = found.start() + 1
        following = expression(r"[.;,(]\s?").search(text, position, found.end())
        position = following.end() if following is not None else found.end()
        if following is not None:
            position = max(position - 1, found.start() + 1)
    labels = []
    for place, (kind, found) in enumerate(starts):
        end = starts[place + 1][1].start() if place + 1 < len(starts) else len(text)
        if text[: found.start("label")].endswith("("):
            closed = text.find(")", found.end(), end)
            end = closed if closed >= 0 else end
        labels.append(
            Label(
                kind, found.group("label"), found.start("label"), found.end(), max(found.end(), end)
            )
        )
    return labels


def _kind_at(text: str, found: re.Match[str], *, at_start: bool) -> Kind | None:
    kind = kind_of_label(found.group("label"))
    if kind is None or at_start:
        return kind
    # In the middle of a paragraph only the labels that assign are sure to be labels.
    if kind in {Kind.OTHER, Kind.TARGET}:
        before = text[: found.start("label")].rstrip()
        return (
            kind
            if before.endswith((".", ";", "(")) and found.group("label")[:1].isupper()
            else None
        )
    if text[: found.start("label")].rstrip().endswith(",") and kind in {
        Kind.AUDIENCE,
        Kind.PRODUCT,
    }:
        return None
    return kind
