"""Where the money comes from: phrases that name a source, never amounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.outline import BULLET, Node, Outline
from nhipcau.plans.reading.reading import Role, Span, Words
from nhipcau.plans.reading.roles import role_of_section

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = r"(?:(?:các |từ )?(?:nguồn|khoản)|(?:nguồn )?ngân sách|kinh phí (?!thực hiện|để)|vốn|xã hội hóa|xã hội hoá|lồng ghép|tài trợ|đóng góp|dự toán|quỹ|vận động|hỗ trợ|viện trợ|huy động|(?:các )?dự án (?:hợp tác|quốc tế|tài trợ|viện trợ)|hợp tác quốc tế|doanh nghiệp [^,;:.]{0,30}đóng góp)"
_SOURCE = expression(_HEAD, re.IGNORECASE)
_TRIGGER = expression(
    rf"(?:\b(?:từ|bằng|gồm|bao gồm|do|sử dụng|trong|trong đó|huy động(?: từ)?|lấy từ)\s*:?\s+|[:;,]\s+|^)(?=(?:các\s+)?{_HEAD})",
    re.IGNORECASE,
)
_AT_START = expression(rf"(?=(?:các\s+)?{_HEAD})", re.IGNORECASE)
# "Nguồn kinh phí thực hiện:" announces sources and is none.
_ANNOUNCES = expression(
    r"(?:các )?(?:nguồn )?(?:kinh phí|vốn|lực)(?: (?:thực hiện|bảo đảm|đảm bảo|triển khai)(?: kế hoạch)?)?(?:,? (?:bao )?gồm)?$",
    re.IGNORECASE,
)
# "nguồn vận động, tài trợ của các tổ chức": two words for one source.
_ONE_SOURCE = expression(
    r"(?:nguồn|khoản)\s+(?:vận động|tài trợ|viện trợ|hỗ trợ|đóng góp|ủng hộ)$", re.IGNORECASE
)
_OF_ONE_SOURCE = expression(r"(?:tài trợ|viện trợ|hỗ trợ|đóng góp|ủng hộ)\b", re.IGNORECASE)
_PARTED = expression(
    rf"\s*[;,]\s*(?:và\s+|ngoài ra,?\s+)?(?=(?:từ\s+|các\s+)?{_HEAD})|\s+và\s+(?:từ\s+)?(?=(?:các\s+)?(?:nguồn|khoản|kinh phí|vốn|ngân sách|tài trợ|vận động|huy động|lồng ghép|xã hội h|đóng góp|hỗ trợ|hợp tác quốc tế|dự án)[^\W\d_]*\b)",
    re.IGNORECASE,
)
_STOPS = expression(
    r"\.\s|\.$|:|;\s+(?:các cơ quan|đơn vị|giao|Sở)|\s+để\s+(?:thực hiện|triển khai|tổ chức)(?=.*(?:đồng(?! bào)|;))|\s+\d[\d.,]*\s*(?:triệu|tỷ|đồng)|\s*\(\d|,\s+trong đó|\s*\./\."
)
_PROCEDURE = expression(
    r"(?:lập|xây dựng|tổng hợp)\s+(?:dự toán|nhu cầu)|Đối với (?:các )?(?:nội dung|nhiệm vụ)|\b(?:chịu trách nhiệm|có trách nhiệm) (?:lập|xây dựng|bố trí)|Việc (?:lập|quản lý|sử dụng)|[Tt]hanh quyết toán|thanh toán"
)
_INTRODUCED = expression(
    r"^(?:được\s+)?(?:bố trí|đảm bảo|bảo đảm|cân đối|sử dụng|lấy|huy động)?\s*(?:từ|bằng|trong)?\s+",
    re.IGNORECASE,
)


_LED = expression(
    r"\s*(?:[Kk]inh phí[^;]{0,80}?\s)?(?:từ|bằng)\s+(?=các|nguồn|ngân sách|kinh phí)|\s*[Kk]inh phí (?:tổ chức|hoạt động)[^;,]{0,60}?\s(?:từ|do)\s+"
)
_ASIDE = expression(
    r"(?:kinh phí|vốn)\b[^.;]{0,60}?\b(?:từ|trong|bằng)\s+(?=(?:các\s+)?(?:nguồn|ngân sách|dự toán))"
)


def read_funding(outline: Outline) -> tuple[Words, ...]:
    found: list[Words] = []
    for node in outline.nodes:
        if not _is_of_money(node):
            continue
        if not node.is_section or ":" in node.title.text:
            title = node.title.text
            cut = title.find(":") + 1 if node.is_section else 0
            found += _of_paragraph(title[cut:], node.title.span.start + cut)
        for line in node.lines:
            if not line.row and not line.note:
                found += _of_paragraph(line.text, line.start)
    if not any(_is_of_money(node) for node in outline.nodes):
        found += _asides(outline)
    kept: dict[str, Words] = {}
    for words in found:
        kept.setdefault(words.text.casefold(), words)
    return tuple(kept.values())


def _is_of_money(node: Node) -> bool:
    """A node of the part on funding, or a task that says "Về kinh phí: ..."."""
    if node.role is Role.FUNDING:
        return True
    head, colon, _ = node.title.text.partition(":")
    return bool(colon) and node.role is None and role_of_section(head) is Role.FUNDING


def _asides(outline: Outline) -> Iterator[Words]:
    """Sources that the part on organisation mentions, where no part is about money."""
    for node in outline.nodes:
        if node.role is not Role.ORGANISATION:
            continue
        for text, start in [
            (node.title.text, node.title.span.start),
            *((line.text, line.start) for line in node.lines),
        ]:
            aside = _ASIDE.search(text)
            if aside is not None:
                stop = _STOPS.search(text, aside.end())
                yield from _parts(
                    text, aside.end(), stop.start() if stop is not None else len(text), start
                )


def _of_paragraph(text: str, start: int) -> Iterator[Words]:
    bullet = BULLET.match(text)
    position = bullet.end() if bullet is not None else 0
    position += len(text[position:]) - len(text[position:].lstrip())
    procedure = _PROCEDURE.search(text)
    while (
        trigger := _AT_START.match(text, position) or _TRIGGER.search(text, position)
    ) is not None:
        if procedure is not None and trigger.start() > procedure.start():
            return
        stop = _STOPS.search(text, trigger.end())
        end = stop.start() if stop is not None else len(text)
        announced = _ANNOUNCES.fullmatch(text[trigger.end() : end].strip())
        if announced is None:
            yield from _parts(text, trigger.end(), end, start)
        following = text.find(";", end) if stop is not None and stop.group()[:1] not in ".:" else -1
        position = max(end, following, trigger.end() + 1)
        if (
            stop is not None
            and announced is None
            and stop.group().startswith(":")
            and _SOURCE.match(text[trigger.end() :])
            and trigger.start() == 0
        ):
            return
        if stop is None:
            return


# A source that says so by its first word, in few words; a longer one may hold two.
_PLAIN = expression(
    r"(?:các |từ )?(?:nguồn|ngân sách|kinh phí|vốn)\b(?!.*\b(?:bảo đảm|đảm bảo|cấp qua|giao)\b)",
    re.IGNORECASE,
)
_SURE, _UNSURE = 0.88, 0.65
_LONG = 75


def _parts(text: str, begin: int, end: int, start: int) -> Iterator[Words]:
    last = begin
    for found in _PARTED.finditer(text, begin, end):
        if text.count("(", begin, found.start()) > text.count(")", begin, found.start()):
            continue
        if _ONE_SOURCE.search(text, last, found.start()) and _OF_ONE_SOURCE.match(
            text, found.end()
        ):
            continue
        yield from _source(text, last, found.start(), start)
        last = found.end()
    yield from _source(text, last, end, start)


def _source(text: str, begin: int, end: int, start: int) -> Iterator[Words]:
    piece = text[begin:end]
    led = _LED.match(piece)
    if led is not None:
        begin += led.end()
        piece = text[begin:end]
    lead = len(piece) - len(piece.lstrip(" -+.,;:"))
    shown = piece.strip(" -+.,;:/")
    if len(shown) > 5 and _SOURCE.search(shown):
        sure = _SURE if _PLAIN.match(shown) and len(shown) < _LONG else _UNSURE
        yield Words(shown, Span(start + begin + lead, start + begin + lead + len(shown)), sure)
