"""Nodes of the content part, as tasks: their units, times, products, audiences and items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.plans.reading import parties as party
from nhipcau.plans.reading.labels import Kind, Label, labels_in
from nhipcau.plans.reading.outline import BULLET, Node, Outline
from nhipcau.plans.reading.products import languages, product, quantities, split_products
from nhipcau.plans.reading.reading import Item, Product, Quantity, Role, Span, Task, Timing, Words
from nhipcau.plans.reading.roles import role_of_item
from nhipcau.plans.reading.timing import parse

if TYPE_CHECKING:
    pass

_OF_UNITS = {Kind.LEAD, Kind.COORDINATING, Kind.IMPLEMENTING, Kind.ALL_UNITS}
_WITHOUT_TASKS = {
    Role.PURPOSE, Role.SITUATION, Role.FUNDING, Role.ORGANISATION, Role.SLOGANS, Role.SCOPE, Role.SCHEDULE, Role.METHOD,
    Role.TARGETS, Role.ANNEX,
}  # fmt: skip
_ORDERS = re.compile(
    r"(?:tổ chức|xây dựng|triển khai|thực hiện|tuyên truyền|biên soạn|phát hành|sản xuất|đăng|phối hợp|tham mưu|ban hành|quán triệt|phổ biến|giới thiệu|quảng bá|tăng cường|đẩy mạnh|nâng cao|cung cấp|duy trì|hướng dẫn|chỉ đạo|kiểm tra|giám sát|rà soát|cử|mở|in|trưng bày|hợp tác|tiếp tục|chú trọng|chủ động|bồi dưỡng|tập huấn|sơ kết|tổng kết|lồng ghép|huy động|kịp thời|phát huy|khai thác|theo dõi|tổng hợp|bố trí|đề xuất|nghiên cứu|cập nhật|thiết kế|lắp đặt|đầu tư|hỗ trợ|đảm bảo|bảo đảm|xác định|thông tin|tạo|khuyến khích|đa dạng|đổi mới|kết nối|mời|tham gia|thường xuyên|tích cực|vận hành|quản lý|đấu tranh|phát hiện|ngăn chặn|xử lý|đánh giá|báo cáo|khảo sát|dịch|thu thập|lựa chọn|củng cố|kiện toàn|thành lập|phân công|quan tâm|ưu tiên|gắn|đưa|phát động|vận động|ứng dụng|hoàn thiện|chuẩn bị)\b",
    re.IGNORECASE,
)
_INLINE_TIME = re.compile(
    r"\((?P<in>(?:[Tt]hời gian\s*(?:thực hiện|hoàn thành|dự kiến)?\s*:?\s*)?(?P<words>(?:[Hh]oàn thành |[Xx]ong |[Dd]ự kiến )?(?:trước |trong |vào |chậm nhất |từ )*(?:ngày \d|tháng \d|[Qq]uý [IV1-4]|năm \d{4}|\d{1,2}/\d{1,2}/\d{4})[^()]{0,60}))\)"
)
_INLINE_DONE = re.compile(
    r"(?:[Hh]oàn thành|xong)\s+(?P<words>(?:trước|trong|chậm nhất|vào|đến)\s+(?:trước\s+)?(?:ngày|tháng|[Qq]uý|năm|ngày cuối|hết)\s[^.;,()]{1,40}?(?:\d{4}|hằng năm|hàng năm|[Qq]uý [IV]+|/\d{1,2}))(?=[\s.;,)]|$)"
)
_ENDS_TIME = re.compile(r"\.\s+(?=\S)|;\s*(?=[^\W\d])")


@dataclass(slots=True)
class _Gathered:
    """What stands on a node, before its sub-nodes' assignments are added."""

    node: Node
    parties: party.Parties = field(default_factory=party.Parties)
    timing: Timing | None = None
    products: list[Product] = field(default_factory=list)
    audiences: list[Words] = field(default_factory=list)
    targets: list[Quantity] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    role: Role | None = None


def read_tasks(outline: Outline, *, year: int | None) -> tuple[Task, ...]:
    """Tasks of the content sections, in printed order."""
    nodes = [
        node for node in outline.nodes if not node.is_section and node.role not in _WITHOUT_TASKS
    ]
    gathered = {id(node): _gather(node, year) for node in nodes}
    for node in nodes:
        _lend_to_parent(gathered, node)
    return tuple(_task(gathered[id(node)]) for node in nodes)


def _gather(node: Node, year: int | None) -> _Gathered:
    found = _Gathered(node)
    found.role = role_of_item(node.title.text)
    paragraphs = [(node.title.text, node.title.span.start, True)]
    paragraphs += [
        (line.text, line.start, False) for line in node.lines if not line.row and not line.note
    ]
    pending: Kind | None = None
    under_label = False
    for text, start, is_title in paragraphs:
        labels = labels_in(text)
        first = labels[0].start if labels else len(text)
        bullet = BULLET.match(text)
        if not labels and pending is not None and bullet is not None:
            _value(
                found, pending, text[bullet.end() :], start + bullet.end(), year, tentative=False
            )
            continue
        head = text[:first]
        for label in labels:
            _label(found, label, text, start, year)
        last = labels[-1] if labels else None
        if last is not None and not text[last.value_start : last.value_end].strip(" ."):
            pending = last.kind if last.kind in _OF_UNITS | {Kind.PRODUCT, Kind.TIMING} else None
            under_label = last.kind in {Kind.OTHER, Kind.AUDIENCE}
        elif bullet is None or labels:
            pending, under_label = None, False
        if not labels or head.strip(" -–+•*(").strip():
            _sentence(found, head, start, is_title=is_title, listed=under_label)
        found.languages += [tag for tag in languages(text) if tag not in found.languages]
        if found.timing is None and not labels:
            _inline_time(found, text, start, year)
    return found


def _label(found: _Gathered, label: Label, text: str, start: int, year: int | None) -> None:
    value = text[label.value_start : label.value_end]
    if value.strip(" ."):
        _value(
            found, label.kind, value, start + label.value_start, year, tentative=label.is_tentative
        )


def _value(
    found: _Gathered, kind: Kind, text: str, start: int, year: int | None, *, tentative: bool
) -> None:
    if kind in _OF_UNITS:
        found.parties.add(party.of_label(kind, text, start))
    elif kind is Kind.TIMING:
        words = _trimmed(_first_clause(text), start, 0.95)
        if words is not None and found.timing is None:
            found.timing = parse(words, year=year, tentative=tentative)
    elif kind is Kind.PRODUCT:
        found.products += [
            product(words) for words in split_products(_first_sentence(text), start, 0.85)
        ]
    elif kind is Kind.AUDIENCE:
        position = 0
        for piece in text.split(";"):
            words = _trimmed(piece, start + position, 0.8)
            position += len(piece) + 1
            if words is not None:
                found.audiences.append(words)
        found.targets += quantities(text, start)
    elif kind is Kind.TARGET:
        found.targets += quantities(text, start)


def _first_clause(text: str) -> str:
    stop = _ENDS_TIME.search(text)
    return text[: stop.start()] if stop is not None else text


_SENTENCE = re.compile(r"\.\s+(?=[A-ZĐÀ-Ỹ])")


def _first_sentence(text: str) -> str:
    stop = _SENTENCE.search(text)
    return text[: stop.start()] if stop is not None else text


def _trimmed(text: str, start: int, confidence: float) -> Words | None:
    lead = len(text) - len(text.lstrip(" -–+•*:;,."))
    shown = text.strip(" -–+•*:;,.")
    if shown.endswith(")") and shown.count("(") < shown.count(")"):
        shown = shown[:-1].rstrip()
    if not shown:
        return None
    return Words(shown, Span(start + lead, start + lead + len(shown)), confidence)


def _inline_time(found: _Gathered, text: str, start: int, year: int | None) -> None:
    inline = _INLINE_TIME.search(text) or _INLINE_DONE.search(text)
    if inline is None:
        return
    words = _trimmed(inline.group("words"), start + inline.start("words"), 0.65)
    if words is not None:
        found.timing = parse(words, year=year)


def _sentence(found: _Gathered, text: str, start: int, *, is_title: bool, listed: bool) -> None:
    parties = party.of_sentence(text, start)
    found.parties.add(parties)
    found.targets += [
        quantity for quantity in quantities(text, start) if quantity not in found.targets
    ]
    bullet = BULLET.match(text)
    if is_title or bullet is None or listed:
        return
    body = text[bullet.end() :]
    words = _trimmed(body, start + bullet.end(), 0.8)
    actors = party.unique([*parties.lead, *parties.implementing, *parties.actors])
    if words is not None and (actors or _ORDERS.match(body)):
        found.items.append(Item(words, tuple(actors)))


def _lend_to_parent(gathered: dict[int, _Gathered], node: Node) -> None:
    """A sub-item that only assigns or dates speaks for the node above it."""
    own = gathered[id(node)]
    above = gathered.get(id(node.parent)) if node.parent is not None else None
    if above is None or own.role not in {Role.ASSIGNMENT, Role.SCHEDULE}:
        if own.role is Role.SCHEDULE and own.timing is None:
            own.role = None
        return
    above.parties.add(own.parties)
    own.parties = party.Parties()
    if above.timing is None:
        above.timing, own.timing = own.timing, None


def _task(found: _Gathered) -> Task:
    node = found.node
    found.parties.tidy()
    return Task(
        path=node.path,
        title=node.title,
        span=Span(node.start, node.end),
        lead_units=tuple(found.parties.lead),
        coordinating_units=tuple(found.parties.coordinating),
        implementing_units=tuple(found.parties.implementing),
        actors=tuple(found.parties.actors),
        timing=found.timing,
        products=tuple(found.products),
        audiences=tuple(found.audiences),
        targets=tuple(found.targets),
        items=tuple(found.items),
        languages=tuple(found.languages),
        role=found.role,
    )
