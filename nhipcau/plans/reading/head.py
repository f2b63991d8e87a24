"""What a letter head may hold, and how each of its parts is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.normalise import LOWER, UPPER

if TYPE_CHECKING:
    from nhipcau.plans.reading.reading import Coded, PrintedDate, Stamp, Words

SEARCHED = 60  # lines; a head with stamp and web page residue is never longer

MOTTO = expression(
    r"(?:cong\s*hoa\s*xa\s*hoi(?:\s*chu(?:\s*nghia(?:\s*viet(?:\s*nam)?)?)?)?|cong\s*hoa\s*xa\W*$|(?:\bhoi\s*)?chu\s*nghia\s*viet(?:\s*nam)?|^\W*nghia\s*viet\s*nam|doc\s*lap\s*[-–.]*\s*tu\s*do(?:\s*[-–.]*\s*hanh\s*phuc)?|dang\s*cong\s*san\s*viet\s*nam)"
)
# What is left of a motto that was broken over lines.
END_OF_MOTTO = {"nam", "viet nam", "hanh phuc", "phuc", "chu nghia viet nam"}
BLANK = r"[.…_\s]*"
NUMBER = expression(
    rf"(?:^|(?<=\s))[Ss][ốỐôÔoOóÓồỒ6]\s*[:.;]?\s*(?P<number>\d{{1,5}}[a-zA-Z]?|{BLANK})\s*(?P<separator>[/\-–])\s*(?P<year>(?:19|20)\d\d\s*[/\-–]\s*)?"
    r"(?P<symbol>[A-Za-zĐđ][A-Za-zĐđƯư0-9&.]*(?:\s?[-/–]\s?[A-Za-zĐđƯưÂâÊê0-9&.]+)*)"
)
PLACE = rf"(?:(?:TP|Tp|TX|T\.P)\.?\s?|(?:thành phố|Thành phố|tỉnh|huyện|xã|phường|thị xã|đặc khu)\s)?[{UPPER}][{LOWER}{UPPER}'’]*(?:\s?(?:-\s?)?[{UPPER}][{LOWER}{UPPER}'’]*){{0,5}}"
DAY = expression(
    rf"(?P<place>{PLACE})?\s*[,.;]?\s*(?i:ng[àaáảãạ]y)\s*(?P<day>\d{{1,2}}|{BLANK})\s*(?i:th[áaàảãạ]ng)\s*(?P<month>\d{{1,2}}|{BLANK})\s*(?i:n[ăaâắằẳẵặ]m)\s*(?P<year>\d{{4}}|20[.…_]+)"
)
SLASHED_DAY = expression(
    rf"(?P<place>{PLACE})\s*,\s*ngày\s*(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}})$"
)
DRAFT = expression(r"^[\W_]*(?:ban )?du thao\b")
STAMP = expression(
    r"^(?:cong van den|van ban den|den\b|so\s*(?:den)?\s*:\s*[\d.]+$|ngay\s*(?:den)?\s*:|gio\s*:|chuyen\s*:|luu ho so|ho so so|kinh chuyen)"
)
STAMP_NUMBER = expression(r"^[Ss]ố\s*(?:đến)?\s*:\s*(\d+)\s*$")
STAMP_DAY = expression(r"^[Nn]gày\s*(?:đến)?\s*:?\s*(.+)$")
SUBJECT = expression(r"^(?:V\s?/\s?v|V\.v|v/v|Về việc|VV)\b[.:]?", re.IGNORECASE)
ADDRESSED = expression(r"^kinh (?:gui|trinh)\b")
KEMTHEO = expression(r"^[(\s]*(?:ban hành )?kèm theo\b", re.IGNORECASE)
OPENS = expression(
    r"^(?:(?:Thực hiện|Triển khai|Tiếp tục)\b[^\n]{150,}:$|Căn cứ|Xét |Theo |Trên cơ sở|Để (?:triển khai|thực hiện|tiếp tục)|Nhằm |Ngày \d|Điều 1|Kính gửi|Kính trình"
    r"|(?:Tiếp tục )?(?:[Tt]hực hiện|[Tt]riển khai(?: thực hiện)?|Thi hành|Tiếp theo|Chấp hành)[^\n]{0,40}\s(?:số\s*:?\s*)?\d{1,5}\s?[/-])"
)
HEADING = expression(
    rf"^(?:[IVX]{{1,4}}|[A-D]|\d{{1,2}})\s?[.)/:\-–]+\s?[{UPPER}\"“]|^(?:PHẦN|Phần|CHƯƠNG|Chương|Điều|ĐIỀU)\s+(?:[IVX]+|\d+|(?:thứ|THỨ|MỘT|HAI)\b)"
)
# The body below, where the two lines of the left column have run into one.
# But "CHI CỤC KIỂM LÂM", "VĂN PHÒNG CHÍNH PHỦ" and "ỦY BAN DÂN TỘC" are one name each.
SECOND_BODY = expression(
    r"(?<=\w)(?<!CƠ)(?<!TRỤ)(?<!CÁC)(?<!VÀ)(?<!CỦA)(?<!CHI)(?<!TỔNG)(?<!VĂN)(?<!BIÊN)(?<!QUỐC)(?<!HẢI)(?<![ỦU]Y)(?<!UỶ)"
    r"\s+(?=(?:SỞ|CỤC|CHI CỤC|BAN CHỈ ĐẠO|BCĐ|BAN QUẢN LÝ|BAN TUYÊN|BAN TỔ CHỨC|BAN DÂN|BAN THƯỜNG|VĂN PHÒNG|TRUNG TÂM|PHÒNG(?!\s+CHỐNG)|TỔNG CỤC|THANH TRA)\s)"
)
AUTHORITY_LINE = expression(
    r"^(?:chu tich|pho chu tich|giam doc|bo truong|thu tuong|uy ban nhan dan|ubnd|hoi dong nhan dan|ban thuong vu|ban chap hanh|cuc truong|tong cuc truong|hieu truong|truong ban|chanh van phong|vien truong|tong giam doc|quoc hoi|chinh phu|thong doc|bo chinh tri|ban bi thu)\b"
)


@dataclass(slots=True)
class Header:
    """What the head says; `body_from` is the index of the first line after head and title."""

    doc_type: Coded | None = None
    number: Words | None = None
    symbol: Words | None = None
    bodies: list[Words] = field(default_factory=list)
    acting: Words | None = None
    place: Words | None = None
    date: PrintedDate | None = None
    title: Words | None = None
    draft: Words | None = None
    stamp: Stamp | None = None
    addressed_at: int | None = None
    motto: bool = False
    misprinted: bool = False
    body_from: int = 0
