"""Names of units in running text: where a list of them ends, and where to cut it.

A comma or "và" parts two units only if a unit's first word follows: "Sở Văn hóa, Thể thao và Du
lịch" stays whole, and so does a group that is named in one breath ("UBND các huyện, thành phố").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.normalise import LOWER, UPPER
from nhipcau.plans.reading.reading import Span, Words
from nhipcau.plans.reading.remarks import QUALIFIER, is_remark

if TYPE_CHECKING:
    from collections.abc import Iterator

# First words of a unit's name, told apart from things to be done ("Ban hành", "Hội nghị").
_NAMED_HEADS = (
    "Sở|S[ờớỏợ](?= [A-ZĐ])|Bộ(?! (?:máy|phận|nhận|công cụ|chỉ số|tài liệu|tiêu chí|quy|sách|ảnh|dữ|cơ sở|ấn|video|phim))|Ban(?! hành)|UBND|[ỦU][ỷyY] ban|UB|HĐND|Hội(?! (?:nghị|thảo|thi|chợ|nhập|diễn|đàm|họp))"
    "|Liên đoàn|Liên hiệp|Liên minh|Trung tâm|TT(?= )|Phòng(?!,| (?:chống|ngừa|tránh))|Văn phòng|VP|Cục|Chi cục|Vụ(?! việc)|Tổng (?:cục|công ty|liên đoàn|hội|giám đốc)|Tỉnh đoàn"
    "|Thành đoàn|Huyện đoàn|Đoàn(?! (?:kết|công|vào|khách|đại|ra|phóng|đi|sang|thăm))|Trường(?! hợp)|Viện(?! (?:trợ|dẫn))|BCH|Tỉnh [uủ][ỷy]|Thành [uủ][ỷy]|Huyện [uủ][ỷy]|Thị [uủ][ỷy]|Đảng [uủ][ỷy]|Đảng bộ|Mặt trận|MTTQ|UBMTTQ|Khối [Cc]ác|Khối thi đua"
    "|Cổng [Tt]|Cổng TT|Trang [Tt]hông tin|Ngân hàng|Kho bạc|Thanh tra(?!,| kiểm)|T[oò][àa] án|Bưu điện|Viễn thông|VNPT|Viettel|MobiFone|Mobifone|Công an|Báo(?! (?:cáo|chí|động|đảm|hiệu))|Đài|Tạp chí|Thông tấn xã"
    "|Trạm(?! (?:dừng|sạc))|Thống kê (?:tỉnh|thành phố)|Vùng Cảnh sát|Chỉ huy|Cơ quan (?:[Tt]hường trực|Hội|Đảng|Văn phòng|MTTQ|UBMTTQ|Công đoàn)|Thường trực|Bảo hiểm|Hiệp hội|Học viện|Đại học|Bệnh viện|Tập đoàn|Công ty|Đồn|Bộ đội|Hải quan|Quân khu|Cảng vụ|Chủ tịch|Giám đốc|Thủ trưởng|Lãnh đạo(?= (?:[A-ZĐỦ]|các|phòng|đơn vị|cơ quan|xã|tỉnh))|Chánh|Trưởng|Bí thư"
    "|Thư viện|Bảo tàng|Nhà (?:văn|thiếu|hát|xuất)|Câu lạc bộ|Tiểu ban|Chính phủ|Quốc hội|Thủ tướng|Hạt [Kk]iểm|Quỹ|BQL|Công đoàn|Hợp tác xã|Chi hội|Chi đoàn|Doanh nghiệp|Lực lượng|Tổ(?! (?:chức|quốc))|Đội(?! ngũ)"
    "|Các (?:sở|cơ quan|đơn vị|phòng|ban|địa phương|tổ chức|đồn|doanh nghiệp|trường|xã|huyện|hội|bộ|báo|đài|thành viên|cấp|Sở|Phòng|Ban|Cơ quan|Bộ|trưởng|đồng chí|thành phố|phường|đoàn thể|ngành|khoa|chi|đảng|trung tâm|lực lượng|nhà|Đồn|Hội|UBND|Trường|cục|vụ|thôn|công ty|hãng|tỉnh|ủy viên|đại biểu|viện|tạp chí|đội|tổ(?! chức)|trạm|chốt|bản(?! tin)|ấp|khóm|quận|huyện ủy|thành ủy|tổng cục)"
)
# And of groups or persons, which a list may hold as well.
_HEADS = f"{_NAMED_HEADS}|Cơ quan|Đơn vị|Các|Những|Toàn thể|Mọi|Cán bộ|Cộng đồng|Phóng viên|Tổ chức (?!hội|lớp|các|cuộc)|Địa phương|Đội|Tổ (?!chức)|Nhân dân"
_GROUP_HEADS = "các|những|toàn thể|mọi|tất cả"
_COMMON = "cơ quan|đơn vị|tổ chức|doanh nghiệp|địa phương|sở|ban|ngành|phòng|đoàn thể|hội|trường|cá nhân|cấp"
_HEAD = expression(rf"(?:{_HEADS})(?![{LOWER}{UPPER}])")
_GROUP = expression(
    rf"(?:{_GROUP_HEADS})\s(?![Kk]hu |lĩnh vực|nội dung|hoạt động|nhiệm vụ|dân tộc|vùng|nước|hình thức)"
)
_NOUN = expression(rf"(?:{_COMMON})(?![{LOWER}])")
_SEPARATOR = expression(
    r"\s*[;,](?:\s*(?:và|cùng(?:\s+với)?)\s+|\s*)|\s+và\s+|\s+cùng(?:\s+với)?\s+|\s*&\s*"
)
# Ends of a name that only "và UBND" or "và HĐND" completes.
_UNFINISHED = expression(
    r"(?:^|\s)(?:Văn phòng|VP|Thường trực|Lãnh đạo|Chánh Văn phòng)\s+(?:Đoàn\s(?:ĐBQH|đại biểu Quốc hội)|HĐND|Hội đồng nhân dân)$|^Báo$|^Bộ đội$|^HĐND$|Liên đoàn$|^Báo chí$|Khối [Cc]ác cơ quan$"
)
_BRACKETS = expression(r"\s*\((?P<inner>[^()]*)\)")
_NOT_A_VERB = "các|những|Các|chính trị|nhiệm vụ|được giao|được|về|việc|công tác|để|Dịch vụ|dịch vụ"
_VERBS = (
    "tham mưu|chủ trì|chủ động|phối hợp|tổ chức|xây dựng|triển khai|thực hiện|hướng dẫn|chịu trách nhiệm|có trách nhiệm|có nhiệm vụ|theo dõi|đôn đốc|tổng hợp|báo cáo|rà soát"
    "|đề xuất|chỉ đạo|tăng cường|đẩy mạnh|tiếp tục|ban hành|bố trí|cử|căn cứ|cung cấp|khai thác|định dạng|sản xuất|tuyên truyền|kiểm tra|giám sát|quán triệt|phân công|cần"
    "|lồng ghép|trên cơ sở|quan tâm|tạo điều kiện|tích cực|thường xuyên|kịp thời|nghiên cứu|biên soạn|phát hành|duy trì|hỗ trợ|bảo đảm|đảm bảo|vận động|giới thiệu|quảng bá|lập"
    "|trình|gửi|nâng cao|phát huy|phổ biến|thẩm định|cân đối|sử dụng|lựa chọn|xác định|cập nhật|quản lý|đưa|đăng|mở|in|thiết kế|chuẩn bị|huy động|phê duyệt|giao|yêu cầu|đề nghị"
    "|là|phải|sẽ|khẩn trương|nghiêm túc|tiếp nhận|hoàn thành|hoàn thiện|trao đổi|mời|đón|kết nối|ứng dụng|số hóa|số hoá|dịch|thu thập|lắp đặt|vận hành|in ấn|phát động|phát sóng|đăng tải|đầu tư|bồi dưỡng|tập huấn|trưng bày|quyết định|ký|cụ thể hóa|cụ thể hoá|nắm|đánh giá|xem xét|phát hiện|ngăn chặn|đấu tranh|xử lý|tăng|đa dạng|đổi mới|xúc tiến|đặt|viết|chọn|tận dụng|tranh thủ|gắn|chuyển|công bố|góp ý|lấy ý kiến|điều chỉnh|bám sát|định hướng|phản ánh|thông báo|thông tin|tư vấn|sưu tầm|giúp|làm|vào cuộc|định kỳ|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng|trước ngày|ngoài|trong quá trình|tự|đăng ký|phụ trách|điều phối|thống kê|rút kinh nghiệm|sơ kết|tổng kết|chia sẻ|khảo sát|lên|thành lập|kiện toàn|củng cố|đặt hàng|nhân rộng|khuyến khích|động viên|biên tập|quản trị|tiếp sóng|tiếp đón|kết hợp|liên hệ|tìm hiểu|tham gia|điều hành|lãnh đạo|tuyển chọn|vinh danh|khen thưởng|xem|đề cử|thanh tra|bảo vệ|giữ|tuyên dương|treo|tiếp nối|cấp phát|cấp kinh phí|phát|quay|ghi|thu|phân bổ|nộp|soạn thảo|dự thảo|ra mắt|khởi động|cắt|dàn dựng|tiếp thu|bổ sung|sửa đổi|niêm yết|chú trọng|ưu tiên|kêu gọi|đồng hành|thẩm tra|đón tiếp|tuyển|phản biện|đào tạo|đối chiếu|cho ý kiến|chịu|hợp đồng|đa dạng hóa|gặp|nêu|trả lời|xuất bản|trực tiếp|bình chọn|công nhận|trao|chấm|phục dựng|mỗi tuần|mỗi tháng|mỗi quý|mỗi năm|thống nhất|nhắc nhở|khôi phục|bảo tồn"
)
_VERB = expression(rf"(?<=[\w)])(?P<comma>,?)\s+(?P<verb>{_VERBS})(?![{LOWER}])")
_GUARDED = expression(rf"(?:^|[\s(])(?:{_NOT_A_VERB})$")
_ORGANISATIONS = expression(
    r"(?:chính trị|xã hội|đoàn thể|có liên quan|liên quan|quốc tế|tôn giáo|hữu nghị|phi chính phủ|đảng(?! viên)|cơ sở|công đoàn|nghề nghiệp|hội(?! nghị| thảo| thi| chợ| diễn| đàm)|kinh tế|cá nhân|và cá nhân|thành viên|nước ngoài)"
)
# First syllables of words in names whose second syllable is also a verb: "Ngoại giao", "Bầu cử".
_COMPOUND = expression(
    r"(?:^|\s)(?:Xây|Đào|Ngoại|ngoại|Bầu|bầu|Đề|Thành|Công|Tiếp|Xuất|Phát|Truyền|Độc|Dân|Đối|Giáo|Tư|Thu|Ứng|Trung|Bảo|Tái|Tuyển|Lưu|Phân|Biên|Kiểm|Thẩm|Hậu|hậu)$"
)
# Verbs that are also names of rooms: "Phòng Tổng hợp" is often written with a small letter.
_IN_NAMES = {
    "tổng hợp",
    "quản lý",
    "tổ chức",
    "kiểm tra",
    "nghiên cứu",
    "xúc tiến",
    "điều phối",
    "tuyên truyền",
    "điều hành",
}
_AFTER_HEAD = expression(
    r"(?:^|[,;]\s|và\s)(?:Phòng|phòng|Sở|Ban|Trung tâm|trung tâm|Văn phòng|Cục|Vụ|Tổ)$"
)
_AFTER_BAN = {"tổ chức", "quản lý", "chỉ đạo", "điều hành", "tuyên truyền", "vận động"}
_AFTER_OFFICE = {"chủ trì", "quản lý", "thông tin", "sử dụng"}
_INFORMING = expression(r"(?:quan|vị|Trang|Cổng|cổng|trang|tiện|đài|báo|báo,|quan báo chí,)$")
# "các đơn vị được giao nhiệm vụ chủ trì": still a name
_GIVEN = expression(
    r"\s+(?:được (?:giao|phân công)(?: nhiệm vụ| chủ trì| thực hiện| phụ trách| tham mưu)*(?: nội dung)?)$"
)
_DROPPED_HEAD = expression(
    r"^(?:(?:Căn cứ|Theo|Trên cơ sở|Tùy theo|Tuỳ theo)\s[^:;]*?,\s+(?=(?:các|Các|Sở|UBND|Ban|Phòng|Ủy ban))|(?:Giao|Đề nghị|Yêu cầu|Phân công|Giao cho|Đối với)\s+(?:đồng chí\s+)?|(?:là|do)\s+)"
)


# Verbs that also describe a unit ("đơn vị có kinh nghiệm về tập huấn"): no end of a list.
_DESCRIBING = {
    "in", "tập huấn", "bồi dưỡng", "thông tin", "thiết kế", "sản xuất", "quản lý", "tuyên truyền", "sử dụng", "mở", "đăng",
    "báo cáo", "cần", "đưa", "khai thác", "quảng bá", "phát hành", "giới thiệu", "in ấn", "tư vấn", "kiểm tra", "giám sát",
    "nghiên cứu", "dịch", "số hóa", "số hoá", "đầu tư", "ứng dụng", "xúc tiến", "phát sóng", "trong quá trình", "chuyển",
    "ngoài", "giúp", "làm", "biên soạn", "là", "đào tạo", "xuất bản", "trực tiếp", "đồng hành", "bổ sung", "ưu tiên", "đặt hàng", "vận hành", "theo dõi", "phụ trách", "lên", "tự",
}  # fmt: skip


def verb_after_units(text: str, *, sure: bool = False) -> re.Match[str] | None:
    """Where a list of units, standing at the start of `text`, meets its verb.

    `sure`: only at verbs that never describe a unit, for a list that needs no verb.
    """
    for found in _VERB.finditer(text):
        if sure and (
            " " not in found.group("verb")
            or found.group("verb") in _DESCRIBING
            or found.group("comma")
        ):
            continue
        before = text[: found.start()]
        after = text[found.end() :]
        if found.group("verb") == "tổ chức" and (
            _ORGANISATIONS.match(after.lstrip()) or before.endswith((",", "các", "Các"))
        ):
            continue
        if found.group("verb") == "tổ chức" and after.startswith((",", ";", ".")):
            continue
        if found.group("verb") in {"thông tin", "quản lý", "báo cáo", "in", "thông báo"} and (
            _INFORMING.search(before) or found.group("comma")
        ):
            continue
        if found.group("verb") in _IN_NAMES and _AFTER_HEAD.search(before):
            continue
        if before.endswith(" và") or (" " not in found.group("verb") and _COMPOUND.search(before)):
            continue
        if found.group("verb") == "xây dựng" and after.startswith(" Đảng"):
            continue
        if found.group("verb") in {"đầu tư", "xây dựng"} and before.casefold().endswith(
            ("xúc tiến", "dự án", "đầu tư", "kế hoạch và")
        ):
            continue
        if found.group("verb") == "ngoài" and before.endswith("nước"):
            continue
        if found.group("verb") in _AFTER_BAN and before.endswith(("Ban", " ban")):
            continue
        if found.group("verb") in _AFTER_OFFICE and before.endswith(
            ("cơ quan", "đơn vị", "bộ phận", "Cơ quan", "Đơn vị")
        ):
            continue
        if _GUARDED.search(before) or before.endswith(("được giao", "nhiệm vụ")):
            continue
        return found
    return None


def begins_unit(text: str) -> bool:
    return bool(_HEAD.match(text) or _GROUP.match(text))


_NAMED = expression(
    rf"(?:{_NAMED_HEADS})(?![{LOWER}{UPPER}])|các (?:sở|cơ quan|đơn vị|phòng|ban|địa phương|tổ chức|doanh nghiệp|Sở|Phòng|Ban|Cơ quan|xã|huyện|đồn|hội|đội|trạm|quận ủy|huyện ủy|đảng ủy)(?![{LOWER}])|cơ quan thường trực(?![{LOWER}])"
)


def begins_named_unit(text: str) -> bool:
    """Stricter than `begins_unit`: the words cannot be a thing to be done."""
    return bool(_NAMED.match(text))


def split_units(text: str, offset: int, confidence: float) -> list[Words]:
    """The units of a list; `offset` is the place of `text` in the whole."""
    return [
        words
        for words in map_units(text, offset, confidence)
        if words.text and not _NO_UNIT.match(words.text)
    ]


# What may stand in a list of units and names none: when, how, what for.
_NO_UNIT = expression(
    r"(?:hoàn thành|thực hiện|cung cấp|bắt đầu|dự kiến|giai đoạn|thường xuyên|định kỳ|(?:hằng|hàng) (?:năm|quý|tháng|tuần)|từ (?:quý|tháng|năm|ngày)|thời gian|thời hạn|trong (?:tháng|quý|năm|ngày)|trước (?:ngày|tháng)|xong trước|để\s|nhằm\s|chậm nhất|[Qq]uý [IV]|[Tt]háng \d|[Nn]ăm \d|\d+$|[Kk]hông(?: có)?$|[Nn]hư (?:mục|trên)|v\.v|…|\.\.)"
)


def map_units(text: str, offset: int, confidence: float) -> Iterator[Words]:
    start = 0
    depth_end = 0
    position = 0
    doubt = 1.0
    brackets = [found.span() for found in _BRACKETS.finditer(text)]
    while (found := _SEPARATOR.search(text, position)) is not None:
        position = found.end()
        inside = next((span for span in brackets if span[0] <= found.start() < span[1]), None)
        if inside is not None:
            position = inside[1]
            continue
        if found.start() <= start or position <= depth_end:
            continue
        if _parts(text[start : found.start()], text[found.end() :], found.group()):
            joined = found.group().strip() == "và"
            doubt = _JOINED if joined or doubt < 1 else 1.0
            yield _unit(text, start, found.start(), offset, confidence * doubt)
            doubt = _JOINED if joined else 1.0
            start = found.end()
    yield _unit(text, start, len(text), offset, confidence * doubt)


# "Đài Phát thanh - Truyền hình và Báo Bình Phước" may be two units, or one that was merged.
_JOINED = 0.78


# Above its member schools: "Trường Đại học Ngoại ngữ, Đại học Quốc gia Hà Nội".
_UNIVERSITY = expression(r"Đại học (?:Quốc gia|Thái Nguyên|Huế|Đà Nẵng)\b")


def _parts(left: str, right: str, separator: str) -> bool:
    """Whether the separator stands between two units."""
    if not right:
        return True
    bare = _BRACKETS.sub("", left).rstrip()
    if ";" in separator:
        return True
    if _UNFINISHED.search(bare) and ("và" in separator or "," in separator):
        return False
    if _GROUP.match(right):
        return True
    if _UNIVERSITY.match(right) and "Trường" in left:
        return False
    is_group = bool(
        _GROUP.match(left.casefold()) or " các " in left or re.match(r"(?:Cơ quan|Đơn vị)\s", left)
    )
    if _HEAD.match(right):
        # "các Sở, Ban, ngành": capitals inside a group, not a second unit
        word = right.split(",", maxsplit=1)[0].split(" và ", maxsplit=1)[0].strip(" .")
        return not (
            is_group
            and word
            in {
                "Sở",
                "Ban",
                "Ngành",
                "Phòng",
                "Hội",
                "Đoàn thể",
                "Đoàn",
                "Đơn vị",
                "Cơ quan",
                "Địa phương",
                "Phường",
                "Xã",
                "Thành phố",
                "Huyện",
                "Tổ chức",
            }
        )
    if _NOUN.match(right):
        return (
            not is_group
            and not left.startswith(("Cơ quan", "Lãnh đạo", "Thủ trưởng"))
            and bool(re.match(r"(?:cơ quan|đơn vị|tổ chức|doanh nghiệp|địa phương)\s", right))
        )
    return False


def _unit(text: str, start: int, end: int, offset: int, confidence: float) -> Words:
    piece = text[start:end]
    dropped = _DROPPED_HEAD.match(piece)
    if dropped is not None:
        start += dropped.end()
    shown = text[start:end]
    qualifier = QUALIFIER.search(shown)
    if qualifier is not None:
        shown = shown[: qualifier.start()]
    shown = shown.rstrip(" .;,(")
    trailing = re.search(r"\s*\((?P<inner>[^()]*)\)?\s*$", shown)
    if trailing is not None and trailing.start() > 0 and is_remark(trailing.group("inner")):
        shown = shown[: trailing.start()]
    lead = len(shown) - len(shown.lstrip(" -–+•*:;,.("))
    shown = shown.strip(" -–+•*:;,.")
    if shown.startswith("(") and ")" not in shown:
        shown = shown[1:]
    if shown.endswith(")") and "(" not in shown:
        shown = shown[:-1].rstrip()
    begin = offset + start + lead
    return Words(shown, Span(begin, begin + len(shown)), confidence * _plainness(shown))


_PLAIN_LENGTH = 45


def _plainness(name: str) -> float:
    """How sure it is that the words are one unit: a list may hide in a long name or one with commas."""
    sure = 1.0
    if "," in name or " và " in name:
        sure *= 0.72 if not _GROUP.match(name.casefold()) and "UBND" not in name else 0.88
    if len(name) > _PLAIN_LENGTH or "(" in name or ":" in name:
        sure *= 0.8
    if not (_NAMED.match(name) or _GROUP.match(name)):
        sure *= 0.75
    return sure
