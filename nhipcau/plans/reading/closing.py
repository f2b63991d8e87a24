"""The end of a document: who receives it, who signs and in whose name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import folded
from nhipcau.plans.reading.normalise import LOWER, UPPER
from nhipcau.plans.reading.reading import Span, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.plans.reading.normalise import Line

_RECIPIENTS = expression(
    r"^\W*N[ơờớởỡợoƠO][iíìỉĩịI]\s*[nN][hH][ậâấầẩẫạaẬÂ][nN]\b\s*[:.;]?\s*", re.IGNORECASE
)
_BULLET = expression(r"^\s*[-–+•*]\s*")
_AUTHORITY = expression(
    rf"^\W*(?:(?:T\.?M|K\.?T|T\.?L|T\.?U\.?Q|Q)\s?[./]{{1,2}}|(?:T/M|K/T|T/L|TM/|KT/)[.,]?|(?:TM|KT|TL|TUQ)(?=\s))\s?[{UPPER}]"
)
_POST = expression(
    r"^(?:q\.?\s?|quyen )?(?:pho )?(?:chu tich|chu nhiem|giam doc|tong giam doc|bo truong|thu truong|thu tuong|bi thu|truong ban|truong phong|truong doan|truong tieu ban|chanh van phong|chanh thanh tra|cuc truong|tong cuc truong|vu truong|chi cuc truong|hieu truong|vien truong|tong bien tap|chi huy truong|chi huy pho|tu lenh|chinh uy|doi truong|to truong|tong thu ky|uy vien|hieu pho|giam sat|chanh an|thong doc|tong thanh tra|chu tich quoc hoi|don truong|truong dai|thu ky|truong ban chi dao)\b(?: thuong truc| phu trach| ubnd.*| uy ban.*| hdnd.*| hoi dong.*| tinh uy.*| huyen uy.*| thanh uy.*| dang uy.*| ban .*| cong an.*| so .*| thuong truc.*| van phong.*|, (?:chu nhiem|truong ban|bi thu|chu tich)\b.*)?$"
)
_NAME = expression(
    rf"^(?:(?:PGS|GS|TS|ThS|Ths|BS|CN|KS|Th\.S|T\.S)\.?\s*)*(?:(?:Đại tá|Thượng tá|Trung tá|Thiếu tá|Thiếu tướng|Trung tướng|Đại úy)\s+)?(?P<name>[{UPPER}][{LOWER}]*(?:['’][{UPPER}]?[{LOWER}]+)?(?:\s[{UPPER}](?:[{LOWER}]+|['’][{UPPER}]?[{LOWER}]+)?(?:\s?[-–]\s?[{UPPER}][{LOWER}]+)?){{1,5}})\.?$"
)
_NAME_IN_CAPITALS = expression(rf"^(?P<name>[{UPPER}]{{2,}}(?:\s[{UPPER}]{{1,}}){{1,4}})$")
_SIGNED = expression(
    r"^[(\[]?\s*(?:đã ký|đã kí|ký tên|ký, đóng dấu|đã ký, đóng dấu)", re.IGNORECASE
)
_ANNEX = expression(r"^\W*(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU|DANH MỤC)\b")
_FILED = expression(r"^\W*l[ưu]{1,2}\s*[:;.]?\s*(?:[a-zđ]+[,.;:(/\s-]|vt|vp|tt)", re.IGNORECASE)
# The last signs of "Lưu: VT, SNgV," on the next line.
_REST_OF_FILING = expression(r"[\w()&-]{1,12}(?:,\s?[\w()&-]{1,12}){0,3}\.$")
_TRAILING_POST = expression(
    rf"(?<=[;:.,\w)])\s+(?P<post>(?:(?:TM|KT|TL|TUQ|Q)\.\s?)[{UPPER}][{UPPER} ,.]+|(?:PHÓ\s)?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG))$"
)
_NAME_AT_END = expression(
    rf"(?<=[.;)])\s+(?P<name>[{UPPER}][{LOWER}]+(?:\s[{UPPER}][{LOWER}]+){{1,4}})$"
)
_NEXT_RECIPIENT = expression(r";\s*[-–]\s*(?=\S)")
_DOUBTFUL = 0.5
_LONGEST_POST = 40
_BESIDE_A_POST = " *|-,;"
_REACH = 70  # lines from "Nơi nhận" within which recipients and signature stand


@dataclass(slots=True)
class Closing:
    """`begins_at` is the index of the first closing line, `ends_at` that of the line after it."""

    begins_at: int
    ends_at: int
    recipients: list[Words] = field(default_factory=list)
    authority: list[Words] = field(default_factory=list)
    title: Words | None = None
    name: Words | None = None
    found: bool = False


def read_closing(lines: Sequence[Line], body_from: int) -> Closing:
    noted = next(
        (place for place in range(body_from, len(lines)) if _is_recipients(lines[place])), None
    )
    signed = next(
        (place for place in range(body_from, len(lines)) if _is_authority(lines[place].text)), None
    )
    if noted is None and signed is None:
        return Closing(len(lines), len(lines))
    if noted is None or (signed is not None and signed < noted - _REACH):
        begins = signed if noted is None else noted
        assert begins is not None  # noqa: S101 -- one of the two was found
    else:
        begins = min(noted, signed) if signed is not None and noted - signed <= _REACH else noted
    closing = Closing(begins, begins, found=True)
    _read_lines(closing, lines, begins)
    return closing


def _is_recipients(line: Line) -> bool:
    found = _RECIPIENTS.match(line.text)
    return found is not None and (
        found.end() >= len(line.text) - 1
        or ":" in found.group()
        or line.text[found.end() :][:1] in "-–T"
    )


def _is_authority(text: str) -> bool:
    return bool(_AUTHORITY.match(text)) and text.upper() == text


def _is_post(text: str) -> bool:
    return text.upper() == text and bool(_POST.match(folded(text).strip(" .,")))


def _read_lines(closing: Closing, lines: Sequence[Line], begins: int) -> None:  # noqa: PLR0915 -- one pass, each kind of line once
    listing = filed = False
    open_recipient = False
    last = begins
    place = begins
    for place in range(begins, min(len(lines), begins + _REACH)):
        line = lines[place]
        if _ANNEX.match(line.text) or line.row:
            break
        text, start = line.text, line.start
        noted = _RECIPIENTS.match(text)
        if noted is not None and _is_recipients(line):
            listing, last = True, place
            text, start = text[noted.end() :], start + noted.end()
            if not text.strip():
                continue
        if _is_authority(text) or _is_post(text):
            _add_post(closing, text, start)
            last, open_recipient = place, False
            continue
        if text.isupper() and len(text) > _LONGEST_POST:
            break  # the title of what is attached
        text = _cut_tail(closing, text, start)
        beside_filed = filed and place == last + 1
        if listing and (not filed or beside_filed) and (_BULLET.match(text) or noted is not None):
            filed = _add_recipients(closing, text, start, beside=noted is not None) or filed
            open_recipient = not text.rstrip().endswith((";", "."))
            last = place
            continue
        if _SIGNED.match(text):
            last = place
            continue
        name = _name(text, closing)
        if (
            name is not None
            and closing.authority
            and closing.name is None
            and not (open_recipient and not filed)
        ):
            begin = start + name.start("name")
            closing.name = Words(
                name.group("name"), Span(begin, begin + len(name.group("name"))), 0.92
            )
            last = place
            if filed or not _more_recipients(lines, place, listing=listing):
                break
            continue
        if filed and open_recipient and place == last + 1 and _REST_OF_FILING.match(text):
            above = closing.recipients[-1]
            kept = lines[last].text[above.span.start - lines[last].start :].rstrip()
            above = Words(kept, Span(above.span.start, above.span.start + len(kept)), 0.8)
            more = text.rstrip(" ;,.")
            closing.recipients[-1] = above.followed_by(more, Span(start, start + len(more)))
            open_recipient, last = False, place
            continue
        if listing and not filed and text.strip() and len(text) < 120:
            if open_recipient and closing.recipients:
                above = closing.recipients[-1]
                lead = len(text) - len(text.lstrip(" ;.,"))
                more = text.strip(" ;.,")
                place_of_more = Span(start + lead, start + lead + len(more))
                if more:
                    doubt = 0.1 if above.confidence > _DOUBTFUL else 0.0
                    closing.recipients[-1] = above.followed_by(more, place_of_more, doubt=doubt)
                filed = _FILED.match(above.text) is not None and text.rstrip().endswith(".")
            else:
                filed = _add_recipients(closing, text, start)
            open_recipient = not text.rstrip().endswith((";", "."))
            last = place
            continue
        if filed and (closing.name is not None or place - last > 6):
            break
    closing.ends_at = last + 1


def _more_recipients(lines: Sequence[Line], place: int, *, listing: bool) -> bool:
    """Whether recipients stand below the signer's name: the columns were read side by side."""
    below = lines[place + 1 : place + 4]
    return any(_is_recipients(line) for line in below) or (
        listing and bool(below) and _BULLET.match(below[0].text) is not None
    )


def _name(text: str, closing: Closing) -> re.Match[str] | None:
    found = _NAME.match(text.strip())
    if found is not None and not _is_post(text):
        return _NAME.match(text)
    capitals = _NAME_IN_CAPITALS.match(text)
    return (
        capitals
        if capitals is not None and closing.title is not None and not _is_post(text)
        else None
    )


def _add_post(closing: Closing, text: str, start: int) -> None:
    lead = len(text) - len(text.lstrip(_BESIDE_A_POST))
    shown = text.strip(_BESIDE_A_POST)
    words = Words(shown, Span(start + lead, start + lead + len(shown)), 0.93)
    if _is_authority(shown):
        closing.authority.append(words)
    elif closing.name is None:
        closing.title = words
        if not closing.authority:
            closing.authority.append(words)


def _cut_tail(closing: Closing, text: str, start: int) -> str:
    """A recipient's line into which the signature beside it has run."""
    post = _TRAILING_POST.search(text)
    if post is not None:
        _add_post(closing, post.group("post"), start + post.start("post"))
        return text[: post.start()]
    if closing.authority and closing.name is None and _FILED.match(text):
        name = _NAME_AT_END.search(text)
        if name is not None:
            begin = start + name.start("name")
            closing.name = Words(
                name.group("name"), Span(begin, begin + len(name.group("name"))), 0.75
            )
            return text[: name.start()]
    return text


def _add_recipients(closing: Closing, text: str, start: int, *, beside: bool = False) -> bool:
    """Add every recipient of the line; true once the filing line is among them.

    `beside`: the line is that of "Nơi nhận:" itself, which may hold the whole list.
    """
    filed = False
    position = 0
    parts = _NEXT_RECIPIENT.split(text)
    if beside and len(parts) == 1:
        parts = text.split(";")
    for piece in parts:
        at = text.index(piece, position)
        position = at + len(piece)
        bullet = _BULLET.match(piece)
        cut = bullet.end() if bullet is not None else 0
        cut += len(piece[cut:]) - len(piece[cut:].lstrip())
        shown = piece[cut:].rstrip(" ;,.")
        if not any(letter.isalpha() for letter in shown):
            continue
        begin = start + at + cut
        closing.recipients.append(
            Words(shown, Span(begin, begin + len(shown)), 0.93 if bullet else 0.7)
        )
        filed = filed or _FILED.match(shown) is not None
    return filed
