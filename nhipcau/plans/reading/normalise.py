"""From a file's text to lines of plain words: residue of markup gone, broken sentences joined.

What is kept of the form: whether a line was a heading or stood in bold, whether a blank line came
before it, and whether it is a row of a table.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.source import BREAK_IN_CELL, PAGE
from nhipcau.plans.reading.tracked import Tracked

# Letters for character classes; the Vietnamese block alternates capital and small.
_BLOCK = [chr(code) for code in range(0x1EA0, 0x1EFA)]
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(letter for letter in _BLOCK if letter.isupper())
LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơư" + "".join(letter for letter in _BLOCK if letter.islower())

_INVISIBLE = expression("[\u200b-\u200f\u2060\ufeff\u00ad\ue000-\uf8ff]")
_NEWLINE = expression("\r\n?|\u2029|\x0b|\x85")
_TAB = expression(r"\t")
# So many spaces stand between the columns of a letter head that was made without a table.
_GAP = expression(
    r"(?<=\S)(?<!Số)(?<!Số:)(?<!: )(?<!ngày)(?<!tháng)(?<!năm)[ \u00a0]{4,}(?=[^\s/.…–-]|- )"
)
_SPACES = expression(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_TAG = expression(
    r"</?(?:sub|sup|u|b|i|em|strong|span|p|div|center|font|ins|del|mark|small|table|t[rdh]|tbody|thead|a|h[1-6]|img)"
    r"(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
# A table written in HTML inside a text.
_ROW_TAG = expression(
    r"\s*<tr(?:\s[^<>\n]{0,200})?>\s*(?:<t[dh](?:\s[^<>\n]{0,200})?>)?", re.IGNORECASE
)
_BETWEEN_CELLS = expression(r"\s*</t[dh]>\s*<t[dh](?:\s[^<>\n]{0,200})?>\s*", re.IGNORECASE)
_CELL_END = expression(r"\s*</t[dh]>", re.IGNORECASE)
_FOOTNOTE = expression(
    r"(?<=[^\s>])(?<!\bm)(?<!\bkm)\s?<sup>\s*\(?\d{1,2}\)?\s*</sup>", re.IGNORECASE
)
# At a line's start it is the footnote itself.
_FOOTNOTE_TEXT = expression(r"(?m)^[ \t]*<sup>\s*\(?(\d{1,2})\)?\s*</sup>[ \t]*", re.IGNORECASE)
_HARD_SPACE = expression("[\u00a0\u2007\u202f]")
_SUPERSCRIPT = expression(r"\$\s?\^\{?\(?\d{1,3}\)?\}?\s?\$")
_ENTITY = expression(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,5}|#x[0-9a-fA-F]{1,5});")
_PICTURE = expression(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
_LINK = expression(r"\[([^\]\n^][^\]\n]{0,300})\]\((?:https?:|mailto:|#|/)[^)\n]{0,1000}\)")
_ESCAPE = expression(r"\\([-.*_()#+!\[\]|>~`])")
_EMPHASIS = expression(r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=[\w.:;,])_{1,2}(?![\w_])|~~|`")
_ENDS_BOLD = expression(r"(?:\*\*|__)\W*$")
_BULLET_STAR = expression(r"^\*(?=\s+\S)")
_HEADING = expression(r"^#{1,6}\s*")
_QUOTE = expression(r"^>\s+")
_RULE = expression(r"^[\s|:\-–—_=.*~•·…⸺⸻─━]*$")
_PAGE_NUMBER = expression(
    r"^(?:-+\s*)?\d{1,3}(?:\s*-+)?$|^(?:trang|page)\s+\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?$",
    re.IGNORECASE,
)
_RUNNING_SIGNATURE = expression(
    r"^(?:người ký\s*:|ký bởi\s*:|signature not verified|digitally signed|thời gian ký\s*:|ngày ký\s*:|email\s*:\s*\S+@)",
    re.IGNORECASE,
)

# A line that opens a new paragraph whatever stands before it.
STARTS_ANEW = expression(
    rf"^(?:(?:[IVXL]{{1,6}}|[A-HĐ])\s?[.)/:–-]\s?(?=[^\W\d])|\d{{1,2}}(?:\.\d{{1,2}})*\s?[.)/]\s|\d{{1,2}}\s?[-–]\s?(?![A-ZĐ][A-Za-zĐđƯ]{{0,4}}/[A-ZĐ])[{UPPER}]|\d{{1,2}}(?:\.\d{{1,2}})+\s"
    rf"|[a-zđ]\s?[.)/]\s|\(\d{{1,2}}\)|[-–+•●▪◦*■□§→]\s|\[\^\d|\((?:ban hành |đính )?kèm\s|(?:điều|chương|phần|mục|phụ lục|biểu)\s+(?:[ivx]{{1,5}}|\d{{1,3}}|thứ\s\w+)\b"
    rf"|(?:căn cứ|nơi nhận|kính gửi|kính trình)\b|(?:đơn vị|cơ quan|thời gian|thời hạn|sản phẩm|kết quả|kinh phí|đối tượng|địa điểm|hình thức|nội dung|phối hợp|chủ trì|quy mô|số lượng|chỉ tiêu|tiến độ|lực lượng|dự kiến|thành phần|phân công)[^:.;]{{0,60}}:"
    rf"|(?-i:(?:Đơn vị|Cơ quan) (?:chủ trì|phối hợp|thực hiện) [{UPPER}]|Thời gian (?:Quý|Tháng|Năm|Từ|Trước|Hoàn|Thường|Hằng)|Sản phẩm \d)"
    rf"|(?-i:Số\s?:|(?:TM|KT|TL|TUQ|Q)\s?\.|(?:T/M|K/T|T/L)\s?[{UPPER}]))",
    re.IGNORECASE,
)
# First words of an opening or an order, which no sentence has in its middle with a capital.
_STARTS_TEXT = expression(
    r"(?:Thực hiện|Triển khai|Căn cứ|Thời gian qua|Trong thời gian qua|Nhằm|Để|Trên cơ sở|Phân công\s*:|Giao|Trên đây là)[\s,]"
)
_ENDS_SENTENCE = expression(r"[.;:!?…][\"”’)\]]*$|\./\.$")
# A line that ends so goes on in the next, whatever letter that begins with.
_UNFINISHED = expression(
    r"(?:\s(?:và|của|các|về|với|cho|để|theo|tại|số|ngày|tháng|năm|từ|đến|do|là|trong|trên|việc|hoặc|số:|giai đoạn|[Qq]uý|tiếng|lần thứ)|,|\s[-–]|^Số\s?:?|^(?:CỘNG|ỦY|UỶ|Ủy|Uỷ)|(?:ỦY|UỶ) BAN NHÂN)$"
)
_LISTS_UNITS = expression(
    r"\W*(?:Đơn vị|Cơ quan|Chủ trì|Phối hợp|Thành phần|Đối tượng)\b[^:]{0,40}:"
)
_NUMBER_TO_COME = expression(r"^Số\s?:?$")
_PLACE_IN_TWO = expression(rf"^[{UPPER}][{LOWER}]+(?:\s(?:[-–]\s)?[{UPPER}][{LOWER}]+){{0,3}}$")
_PLACE_AND_DAY = expression(rf"^[{UPPER}][{LOWER}{UPPER} -]{{1,20}},\s*ngày\b")
_CAPITALS_ONLY = expression(rf"^[^{LOWER}]*$")
_STARTS_LOW = expression(rf"^[{LOWER},;)]")
_HEADING_IN_TEXT = expression(
    rf"(?<=[.;:!?/])[ ](?=[IVX]{{1,4}}[.\-]\s(?:[{UPPER}]{{2,}}[ ,]+){{1,}}[{UPPER}]{{2,}})"
)
_ITEM_AFTER_HEADING = expression(
    rf"(?m)^([IVX]{{1,4}}[.\-]\s[{UPPER} ,\-–]{{6,}}[{UPPER}])[ ](?=1\.\s?[{UPPER}][{LOWER}])"
)
# "22-NQ/TWngày 10/4", "hành độngsố 45-CTr/TU": what a web page left without its spaces.
_GLUED = expression(
    rf"(?<=[{LOWER}{UPPER}])(?=ng[àa]y\s?\d{{1,2}}\s?(?:/|tháng))|(?<=[{LOWER}])(?=số\s\d{{1,5}}\s?[-/])"
)
_LAYOUT_WORDS = expression(
    r"cộng h[oò][àa]|độc lập\s*[-–]|đảng cộng sản|nơi nhận|^số\s*:|\bsố:?\s*[\d.…]*\s*[/-]\s*[A-ZĐ]|(?:^|\s)(?:TM|KT|TL|TUQ)\.",
    re.IGNORECASE,
)
_BAR = expression(r"\|")
_BREAK = expression(rf"{BREAK_IN_CELL}|<br\s*/?\s*>", re.IGNORECASE)
# In a letter head or signature, bold words after bold words were lines of their own.
_BOLD_LINES = expression(r"(?<=\S)(?<=\*\*)\s+(?=\*\*\S)")
# Lines of a file that wraps are shorter than this, and nearly as long as each other.
_WIDEST = 135
_FULL = 0.72
_SPACED = 0.85
# Where the letter head is over: the text, or a heading, has begun.
_BODY = expression(r"(?:Căn cứ|Thực hiện|Triển khai|Kính gửi|I[.\-]|1[.\-]|Điều 1|PHẦN|Phần thứ)\s")
_RECIPIENTS = expression(r"\W*n[ơờớởỡợo][iíìỉĩị] nh[ậâấầẩẫạa]n\s*:", re.IGNORECASE)
_ANNEX = expression(r"\W*(?:phụ lục|phụ biểu|biểu mẫu|danh mục)\b", re.IGNORECASE)
_COLUMNS_OF_LAYOUT = 3
_FOOT_LINES = 40
# The letter head never reaches further down than this.
_HEAD_LINES = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading or table row; `text` is `Normalised.text[start:end]`."""

    text: str
    start: int
    end: int
    heading: bool = False
    bold: bool = False
    blank_before: bool = False
    row: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Normalised:
    """The text that every span counts in, its lines, and where they came from."""

    text: str
    lines: tuple[Line, ...]
    origins: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Draft:
    parts: list[Tracked]
    heading: bool = False
    bold: bool = False
    ends_bold: bool = False
    blank_before: bool = False
    row: bool = False

    @property
    def tail(self) -> str:
        return self.parts[-1].text

    @property
    def length(self) -> int:
        return sum(len(part.text) for part in self.parts[-2:])


def normalise(text: str) -> Normalised:
    """Plain lines; every pass over the text is linear in its length."""
    tracked = Tracked.raw(text)
    tracked = tracked.sub(_NEWLINE, "\n").sub(_INVISIBLE, "").sub(_PICTURE, "")
    tracked = tracked.sub(_ESCAPE, lambda found: found.group(1))
    tracked = tracked.sub(_LINK, lambda found: found.group(1))
    tracked = tracked.sub(_ENTITY, lambda found: html.unescape(found.group()))
    tracked = tracked.sub(_ROW_TAG, "\n| ").sub(_BETWEEN_CELLS, " | ").sub(_CELL_END, " |")
    tracked = tracked.sub(_FOOTNOTE_TEXT, lambda found: f"[^{found.group(1)}] ")
    tracked = tracked.sub(_SUPERSCRIPT, "").sub(_FOOTNOTE, "").sub(_HARD_SPACE, " ")
    tracked = tracked.sub(_TAB, "    ").sub(_HEADING_IN_TEXT, "\n")
    tracked = tracked.sub(_GLUED, " ")
    tracked = tracked.sub(_ITEM_AFTER_HEADING, lambda found: found.group(1) + "\n")
    drafts = _joined(_drafts(tracked))
    whole = Tracked.joined(
        (part, separator) for draft in drafts for part, separator in _parted(draft)
    )
    lines = []
    start = 0
    for draft in drafts:
        end = start + sum(len(part.text) + 1 for part in draft.parts) - 1
        words = whole.text[start:end]
        lines.append(
            Line(
                words,
                start,
                end,
                draft.heading,
                draft.bold,
                draft.blank_before,
                draft.row,
                words.startswith(_NOTES),
            )
        )
        start = end + 1
    return Normalised(whole.text, tuple(lines), whole.breakpoints())


# How the line of a footnote begins.
_NOTES = ("[^", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹")


def _parted(draft: _Draft) -> list[tuple[Tracked, str]]:
    return [(part, " ") for part in draft.parts[:-1]] + [(draft.parts[-1], "\n")]


def _drafts(tracked: Tracked) -> list[_Draft]:
    """Cleaned lines; layout tables (letter head, signatures) unfolded into lines of their own."""
    drafts: list[_Draft] = []
    blank = open_bold = False
    in_head = True
    foot_until = 0
    for raw in tracked.lines():
        line = raw.strip()
        if not line.text or line.text == PAGE or PAGE in line.text:
            line = line.sub(expression(PAGE), "").strip()
            if not line.text:
                blank = True
                open_bold = False
                continue
        in_head = (
            in_head and len(drafts) < _HEAD_LINES and not (drafts and _BODY.match(drafts[-1].tail))
        )
        if _RECIPIENTS.match(line.text):
            foot_until = len(drafts) + _FOOT_LINES
        elif _ANNEX.match(line.text):
            foot_until = 0
        for piece in _unfolded(line, in_layout=in_head or len(drafts) < foot_until):
            carried = open_bold
            open_bold ^= piece.text.count("**") % 2 == 1
            draft = _cleaned(piece)
            if draft is None:
                blank = True
                continue
            draft.blank_before = blank
            draft.bold |= carried and not blank
            draft.ends_bold = draft.bold and (
                open_bold or _ENDS_BOLD.search(piece.text) is not None
            )
            blank = False
            drafts.append(draft)
    return drafts


def _unfolded(line: Tracked, *, in_layout: bool) -> list[Tracked]:
    """The lines of a layout table's row, cell after cell; any other line as it is."""
    text = line.text
    if "|" not in text:
        pieces = _split(line, _BREAK)
        return [part for piece in pieces for part in _split(piece, _GAP)] if in_layout else pieces
    if _RULE.match(text):
        return []
    cells = text.strip("| ").count("|") + 1
    if cells <= _COLUMNS_OF_LAYOUT and (in_layout or _LAYOUT_WORDS.search(text)):
        return [
            part
            for cell in _split(line, _BAR)
            for piece in _split(cell, _BREAK)
            for part in _split(piece, _BOLD_LINES)
        ]
    return [line]


def _split(line: Tracked, pattern: re.Pattern[str]) -> list[Tracked]:
    pieces = []
    last = 0
    for found in pattern.finditer(line.text):
        pieces.append(line.slice(last, found.start()).strip())
        last = found.end()
    pieces.append(line.slice(last, len(line.text)).strip())
    return [piece for piece in pieces if piece.text]


def _cleaned(line: Tracked) -> _Draft | None:
    """One line without its marks; None where nothing but marks, a page number or a rule is left."""
    row = line.text.startswith("|") and line.text.count("|") > 1
    line = line.sub(_BREAK, " ").sub(_TAG, "").sub(_SPACES, " ").strip()
    heading = bool(_HEADING.match(line.text))
    line = line.sub(_QUOTE, "").sub(_HEADING, "").strip()
    bold = line.text.startswith(("**", "__"))
    line = line.sub(_BULLET_STAR, "•").sub(_EMPHASIS, "").sub(_SPACES, " ").strip()
    if (
        _RULE.match(line.text)
        or _PAGE_NUMBER.match(line.text)
        or _RUNNING_SIGNATURE.match(line.text)
    ):
        return None
    return _Draft([line], heading=heading, bold=bold, row=row)


def _joined(drafts: list[_Draft]) -> list[_Draft]:
    """Sentences that a line or page end had broken, whole again."""
    full = _full_line(drafts)
    if full < _WIDEST and sum(draft.blank_before for draft in drafts) > _SPACED * len(drafts):
        for draft in drafts:  # a blank line after every line says nothing
            draft.blank_before = False
    result: list[_Draft] = []
    for draft in drafts:
        if result and _continues(result[-1], draft, full):
            result[-1].parts += draft.parts
            result[-1].ends_bold = draft.ends_bold
        else:
            result.append(draft)
    return result


def _full_line(drafts: list[_Draft]) -> int:
    """From what length a line may have been broken for want of room; beyond all in prose files."""
    lengths = sorted(len(draft.tail) for draft in drafts if not draft.row)
    if not lengths or lengths[int(len(lengths) * 0.96)] > _WIDEST:
        return len(max((draft.tail for draft in drafts), key=len, default="")) + 1
    return max(40, int(lengths[int(len(lengths) * 0.9)] * _FULL))


def _continues(above: _Draft, below: _Draft, full: int) -> bool:
    head, tail = above.tail, below.tail
    if above.row or below.row or below.heading:
        return False
    if _NUMBER_TO_COME.match(head) and tail[:1].isdigit():
        return True
    if STARTS_ANEW.match(tail) or _STARTS_TEXT.match(tail):
        return False
    if _ENDS_SENTENCE.search(head):
        # A list of units, or a sentence, may be broken behind a semicolon.
        return (
            head.endswith(";")
            and len(head) >= full
            and not below.blank_before
            and (tail[0].islower() or _LISTS_UNITS.match(above.parts[0].text) is not None)
        )
    if _STARTS_LOW.match(tail):
        return not (above.heading and below.blank_before) and not head.startswith("[^")
    if _UNFINISHED.search(head) and not (
        (head.endswith("số") and not tail[0].isdigit())  # "chuyển đổi số" is whole
        or head.startswith("Kính gửi")
        or (head.startswith("-") and not head[-1].isalpha())
    ):
        return (
            not below.blank_before
            or (len(head) > _SHORT and not _CAPITALS_ONLY.match(tail))
            or head.startswith("Số")
        )
    if _PLACE_IN_TWO.match(head) and _PLACE_AND_DAY.match(tail) and not below.blank_before:
        return True
    if head.startswith("Kính gửi"):
        return False
    if below.blank_before:
        return head.endswith(",") and not _CAPITALS_ONLY.match(tail) and len(head) > _SHORT
    if tail[0].isdigit() and not _CAPITALS_ONLY.match(head):
        return len(head) >= full
    if _CAPITALS_ONLY.match(head) or _CAPITALS_ONLY.match(tail) or above.ends_bold != below.bold:
        return False
    return len(head) >= full


# A recipient's line may end with a comma; a sentence broken there is longer.
_SHORT = 60
