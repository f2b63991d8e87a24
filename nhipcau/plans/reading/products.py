"""What is to be made: kinds, how many, in which languages."""

from __future__ import annotations

import re

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import folded
from nhipcau.plans.reading.normalise import LOWER
from nhipcau.plans.reading.reading import Product, Quantity, Span, Words

_KINDS: tuple[tuple[str, str], ...] = (
    ("video", r"video|clip|phim|phong su"),
    ("broadcast", r"phat thanh|truyen hinh|chuong trinh"),
    ("leaflet", r"to roi|to gap|ap phich|poster|pano|pa no|bang ron"),
    ("infographic", r"infographic|do hoa"),
    ("book", r"sach|so tay|cam nang|an pham|ky yeu"),
    ("news", r"tin|bai|chuyen muc|chuyen trang|ban tin"),
    ("picture", r"anh|hinh anh|bo anh"),
    ("event", r"hoi nghi|hoi thao|toa dam|trien lam|su kien|le |cuoc|lien hoan|hoi cho|giao luu"),
    ("training", r"lop|khoa|tap huan|boi duong"),
    (
        "document",
        r"ke hoach|quyet dinh|bao cao|to trinh|van ban|cong van|quy che|de an|huong dan|nghi quyet|chuong trinh|chi thi|thong bao",
    ),
    ("database", r"co so du lieu|phan mem|he thong|cong |trang thong tin|bo du lieu|nen tang"),
)
_THINGS = expression(
    r"(?:các |những |\d+ )?(?:kế hoạch|quyết định|báo cáo|tờ trình|văn bản|công văn|nghị quyết|hướng dẫn|quy chế|video|clip|phim|tin|bài|ảnh|tờ rơi|tờ gấp|sách|hội nghị|lớp|bản tin|chuyên mục|chuyên trang|infographic|phóng sự|chương trình|hồ sơ|danh sách|danh mục|biên bản|tài liệu|đề án|chỉ thị|thông báo|ấn phẩm|pano|áp phích|bộ|cơ sở dữ liệu|hình ảnh|bản đồ|sổ tay|cẩm nang|podcast|postcard|bưu ảnh)\b",
    re.IGNORECASE,
)
_SEPARATOR = expression(r"\s*;\s*(?:và\s+)?|\s*,\s*(?:và\s+)?|\s+và\s+")
_SHORT = 4
# "24 tin, bài" is one product.
_NEWS = expression(r"\d\s+tin$", re.IGNORECASE)
_AND_NEWS = expression(r"bài\b", re.IGNORECASE)
_LANGUAGES: tuple[tuple[str, str], ...] = (
    (
        "vi",
        r"tiếng việt|việt\s*[-–]\s|[-–]\s*việt\b|song ngữ việt|ngữ việt|chữ việt|tiếng phổ thông",
    ),
    ("en", r"tiếng anh|[-–,]\s*anh\b|\banh\s*[-–]\s|\bngữ anh"),
    ("zh", r"tiếng trung|[-–,]\s*trung\b|tiếng hoa|[-–,]\s*hoa\b|chữ hán|tiếng quảng đông"),
    ("lo", r"tiếng lào|[-–,]\s*lào\b"),
    ("km", r"tiếng khmer|[-–,]\s*khmer\b|chữ khmer|tiếng campuchia|tiếng cam-pu-chia"),
    ("th", r"tiếng thái lan|[-–]\s*thái lan\b"),
    ("fr", r"tiếng pháp|[-–,]\s*pháp\b(?! luật)"),
    ("ja", r"tiếng nhật|[-–,]\s*nhật\b"),
    ("ko", r"tiếng hàn|[-–,]\s*hàn\b"),
    ("ru", r"tiếng nga|[-–,]\s*nga\b"),
    ("de", r"tiếng đức|[-–]\s*đức\b"),
    ("es", r"tiếng tây ban nha"),
    ("tyz", r"tiếng (?:dân tộc )?tày\b|,\s*tày\b(?=[^.]*tiếng)"),
    ("nut", r"tiếng (?:dân tộc )?nùng\b|tày\s*(?:[-–,]|và)\s*nùng"),
    ("hmn", r"tiếng (?:dân tộc )?(?:h.?)?mông\b"),
    ("ium", r"tiếng (?:dân tộc )?dao\b"),
    ("blt", r"tiếng (?:dân tộc )?thái\b(?! lan)"),
    ("mtq", r"tiếng (?:dân tộc )?mường\b"),
    ("cja", r"tiếng (?:dân tộc )?chăm\b"),
    ("jra", r"tiếng (?:dân tộc )?(?:gia|j)\s?-?rai\b"),
    ("rad", r"tiếng (?:dân tộc )?ê\s?-?đê\b"),
    ("bdq", r"tiếng (?:dân tộc )?ba\s?-?na\b"),
    ("bru", r"tiếng (?:dân tộc )?(?:bru|vân kiều)"),
    ("ktv", r"tiếng (?:dân tộc )?cơ\s?-?tu\b"),
)
_LANGUAGE_PATTERNS = tuple((tag, expression(pattern)) for tag, pattern in _LANGUAGES)
_SPEAKS = expression(r"tiếng|ngữ|ngôn ngữ|chữ ")
_MINORITY = expression(
    r"tiếng (?:các )?dân tộc(?: thiểu số)?(?! (?:tày|nùng|h|mông|dao|thái|mường|khmer|chăm|gia|ê|ba|bru|cơ|hoa|j))"
)
_MORE_LANGUAGES = expression(r"tiếng ([^.;:()]{2,80})")
_AFTER_TIENG = {
    "anh": "en", "trung": "zh", "trung quốc": "zh", "hoa": "zh", "lào": "lo", "khmer": "km", "pháp": "fr", "nhật": "ja",
    "nhật bản": "ja", "hàn": "ko", "hàn quốc": "ko", "nga": "ru", "đức": "de", "tày": "tyz", "nùng": "nut", "mông": "hmn",
    "hmông": "hmn", "h'mông": "hmn", "dao": "ium", "thái": "blt", "mường": "mtq", "xơ đăng": "sed", "xtiêng": "sti", "stiêng": "sti", "hà nhì": "hni", "la hủ": "lhu", "k'ho": "kpm", "cơ ho": "kpm", "mnông": "mng", "m'nông": "mng", "sán chay": "mlc", "thái lan": "th", "tây ban": "es", "cơ tu": "ktv", "bru": "bru", "vân kiều": "bru", "chăm": "cja", "việt": "vi", "ê đê": "rad", "ba na": "bdq", "gia rai": "jra",
}  # fmt: skip

# What follows a number and is no thing counted: times, money, measures.
_NOT_COUNTED = "năm|tháng|ngày|quý|giờ|giây|triệu|tỷ|tỉ|nghìn|ngàn|đồng|km|ha|m|tuổi|trở|đến|và|hoặc|của|về|tại|là|cho|theo|như|tuần|đ|usd|mb|gb|lít|kg|nêu|này|trên|dưới|để|khi|từ|vào|trong|do|với|hằng|hàng|nhằm|thực|đã|được|sẽ|ban|phê"
_QUANTITY = expression(
    rf"(?P<about>(?:[Kk]hoảng|[Dd]ự kiến|ước|gần|trên dưới|tầm)\s+)?(?P<at_least>(?:ít nhất|[Tt]ối thiểu|không dưới|hơn|trên|từ)\s+)?(?P<at_most>(?:không quá|tối đa|dưới)\s+)?(?P<about2>khoảng\s+)?(?<![\d/.,\w-])(?P<first>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}})(?:\s*(?:-|–|đến|tới)\s*(?P<second>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}))?\s+(?P<counted>(?!(?:{_NOT_COUNTED})(?![{LOWER}]))[{LOWER}]{{1,12}})(?![{LOWER}\d])"
)
_NUMBERS_SOMETHING = expression(
    r"(?:/|\b(?:số|điều|khoản|mục|năm|tháng|quý|ngày|thứ|cấp|giai đoạn|phần|khóa|khoá|nghị quyết|lớp|đợt|quyết định|đạo|tuổi|trang|kỳ|kênh|loại|hạng|nhóm|bước|phụ lục|biểu|mẫu|điểm|chương|dự án|đề án|tiểu dự án|ngày \d+[,-]))\s*$",
    re.IGNORECASE,
)


def split_products(text: str, offset: int, confidence: float) -> list[Words]:
    """Things of a list. A comma parts them only where each side can be a thing of its own."""
    words = []
    start = 0
    bounds = [found for found in _SEPARATOR.finditer(text) if not _in_brackets(text, found.start())]
    pieces = _SEPARATOR.split(text)
    all_short = all(len(piece.split()) <= _SHORT for piece in pieces)
    for found in bounds:
        right = text[found.end() :]
        if ";" not in found.group():
            left = text[start : found.start()]
            if _NEWS.search(left) and _AND_NEWS.match(right):
                continue
            if not ((_THINGS.match(right) and len(left.split()) > 0) or all_short):
                continue
            if "và" in found.group() and not all_short and not _THINGS.match(left.strip()):
                continue
        words.append(_piece(text, start, found.start(), offset, confidence))
        start = found.end()
    words.append(_piece(text, start, len(text), offset, confidence))
    return [word for word in words if any(letter.isalpha() for letter in word.text)]


def _in_brackets(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position)


def _piece(text: str, start: int, end: int, offset: int, confidence: float) -> Words:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(" -–+•*.,;:"))
    shown = piece.strip(" -–+•*.,;:")
    return Words(shown, Span(offset + start + lead, offset + start + lead + len(shown)), confidence)


def product(words: Words) -> Product:
    plain = folded(words.text)
    kind = next(
        (name for name, pattern in _KINDS if re.match(rf"(?:\d+ )?(?:{pattern})", plain)), None
    )
    if kind is None:
        kind = next(
            (name for name, pattern in _KINDS if re.search(rf"\b(?:{pattern})\b", plain)), None
        )
    return Product(
        words, kind, tuple(quantities(words.text, words.span.start)), languages(words.text)
    )


def _number(text: str) -> int:
    return int(text.replace(".", ""))


_EACH = expression(r"\b(?:[Mm]ỗi|từng|hằng|hàng)\s+\w+\s*$")


def quantities(text: str, offset: int) -> list[Quantity]:
    """Numbers with a counted noun; a range keeps both ends, "ít nhất" leaves the upper end open."""
    found_all = []
    for found in _QUANTITY.finditer(text):
        before = text[max(0, found.start() - 24) : found.start()]
        if _NUMBERS_SOMETHING.search(before) and not _EACH.search(before):
            continue
        first, second = _number(found.group("first")), found.group("second")
        shown = found.group().strip()
        start = offset + found.start() + len(found.group()) - len(found.group().lstrip())
        at_most = bool(found.group("at_most")) and not second
        at_least = bool(found.group("at_least")) and not second and not at_most
        found_all.append(
            Quantity(
                None if at_most else first,
                None if at_least else (_number(second) if second else first),
                found.group("counted"),
                bool(found.group("about") or found.group("about2")),
                Words(shown, Span(start, start + len(shown)), 0.7),
            )
        )
    return found_all


def languages(text: str) -> tuple[str, ...]:
    """BCP-47 tags of the languages that the words name as languages, not as countries."""
    plain = text.casefold()
    if not _SPEAKS.search(plain):
        return ()
    tags = [tag for tag, pattern in _LANGUAGE_PATTERNS if pattern.search(plain)]
    for found in _MORE_LANGUAGES.finditer(plain):
        for part in re.split(r"\s*,\s*(?:tiếng )?|\s+và\s+(?:tiếng )?|\s*[-–]\s*", found.group(1)):
            words = part.split()
            tag = _AFTER_TIENG.get(" ".join(words[:2])) or _AFTER_TIENG.get(
                words[0] if words else ""
            )
            if tag is None:
                break
            tags.append(tag)
    if _MINORITY.search(plain):
        tags.append("mis")
    return tuple(dict.fromkeys(tags))
