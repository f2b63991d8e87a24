"""Nodes of the content part, as tasks: their units, times, products, audiences and items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nhipcau.plans.reading import parties as party
from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.labels import Kind, Label, kind_of_label, labels_in
from nhipcau.plans.reading.normalise import UPPER
from nhipcau.plans.reading.outline import BULLET, LETTER, Node, Outline
from nhipcau.plans.reading.products import languages, product, quantities, split_products
from nhipcau.plans.reading.reading import Item, Product, Quantity, Role, Span, Task, Timing, Words
from nhipcau.plans.reading.roles import is_product_item, role_of_item
from nhipcau.plans.reading.timing import parse

if TYPE_CHECKING:
    pass

_OF_UNITS = {Kind.LEAD, Kind.COORDINATING, Kind.IMPLEMENTING, Kind.ALL_UNITS}
_WITHOUT_TASKS = {
    Role.PURPOSE,
    Role.SITUATION,
    Role.FUNDING,
    Role.ORGANISATION,
    Role.SLOGANS,
    Role.TARGETS,
    Role.ANNEX,
}
_ORDERS = expression(
    r"(?:(?:mỗi|hằng|hàng|định kỳ) (?:tuần|tháng|quý|năm),? )?(?:tổ chức|xây dựng|triển khai|thực hiện|tuyên truyền|biên soạn|phát hành|sản xuất|đăng|phối hợp|tham mưu|ban hành|quán triệt|phổ biến|giới thiệu|quảng bá|tăng cường|đẩy mạnh|nâng cao|cung cấp|duy trì|hướng dẫn|chỉ đạo|kiểm tra|giám sát|rà soát|cử|mở|in|trưng bày|hợp tác|tiếp tục|chú trọng|chủ động|bồi dưỡng|tập huấn|sơ kết|tổng kết|lồng ghép|huy động|kịp thời|phát huy|khai thác|theo dõi|tổng hợp|bố trí|đề xuất|nghiên cứu|cập nhật|thiết kế|lắp đặt|đầu tư|hỗ trợ|đảm bảo|bảo đảm|xác định|thông tin|tạo|khuyến khích|đa dạng|đổi mới|kết nối|mời|tham gia|thường xuyên|tích cực|vận hành|quản lý|đấu tranh|phát hiện|ngăn chặn|xử lý|đánh giá|báo cáo|khảo sát|dịch|thu thập|lựa chọn|củng cố|kiện toàn|thành lập|phân công|quan tâm|ưu tiên|gắn|đưa|phát động|vận động|ứng dụng|hoàn thiện|chuẩn bị|gửi|ký kết|cấp|chạy|phát|xuất bản|trao|đón|quay|viết|số hóa|số hoá|niêm yết|chia sẻ|treo|căng|trang bị|bố trí|sưu tầm|công bố|định kỳ|định hướng|giao|yêu cầu|tạo điều kiện|nắm|chấn chỉnh|trao đổi|tăng|giáo dục|nhân rộng|xúc tiến|mời|làm|lập|trình|tham gia|biểu dương|tôn vinh|chấp hành|đặt|dựng|dạy|tiếp|giải quyết|thu hút|kêu gọi|khai trương|khởi động|bổ sung|sửa đổi|nâng cấp|hình thành|phấn đấu|nâng|họp mặt|ghi)\b",
    re.IGNORECASE,
)
CALENDAR = r"(?:(?:ngày\s+)?\d{1,2}/\d{1,2}(?:/\d{4})?|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|tháng\s+\d{1,2}(?:\s+và\s+tháng\s+\d{1,2})?(?:/\d{4}|\s+năm\s+\d{4})?|(?:[Qq]uý|QUÝ)\s+[IV]{1,3}(?:(?:,|\s+và|\s*-)\s*(?:quý\s+)?[IV]{1,3})*(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?)"
_INLINE = (
    expression(
        rf"[,;:]\s+(?P<words>[Dd]ự kiến\s+(?:vào\s+|trong\s+|từ\s+)?{CALENDAR}(?:\s*(?:đến|-|–)\s*{CALENDAR})?)(?=\s*[.;,()]|\s*$)"
    ),
    expression(rf"[;:,]\s+(?P<words>(?:đầu|giữa|cuối)\s+{CALENDAR})(?=\s*[.;,()]|\s*$)"),
    expression(r"\([^()]*[;,]\s+(?P<words>giai đoạn \d{4}\s*[-–]\s*\d{4}|[Tt]hường xuyên)\)"),
    expression(r"\s(?P<words>(?:6|06|sáu) tháng (?:một|1|01) lần)(?=\s*[.;,)]|\s*$)"),
    expression(rf";\s+(?P<words>(?=quý|tháng){CALENDAR})\s*[.;]?$"),
    expression(r"[;:,]\s+(?P<words>định kỳ mỗi (?:tuần|tháng|quý|năm))(?=\s+\d)"),
    expression(
        r"[;.]\s+(?P<words>[Tt]hường xuyên|[Kk]hi có [^.;,]{3,40}|(?:[Hh]ằng|[Hh]àng) (?:năm|quý|tháng))\s*[.;]?$"
    ),
    expression(
        r"(?P<words>đợt 1:?\s[^.;()]{4,60}[,;]\s*đợt 2:?\s[^.;()]{4,80}?)\s*(?=[.)]|$)",
        re.IGNORECASE,
    ),
    expression(
        rf"\([^()]*(?:thực hiện|chủ trì|phối hợp[^()]*?)[,;]?\s+(?P<words>(?:(?:trong|trước|vào|từ)\s+)?{CALENDAR}[^()]{{0,40}}|khi có [^()]+|[Tt]hường xuyên|(?:hằng|hàng) (?:năm|quý|tháng))\)"
    ),
    expression(
        rf"\((?:[Tt]hời gian[^():]{{0,20}}:?\s*)?(?:[Hh]oàn thành\s+|[Xx]ong\s+)?(?P<words>(?:[Dd]ự kiến\s+)?(?:(?:trước|trong|vào|chậm nhất|từ|Trước|Trong|Vào)\s+)?{CALENDAR}(?:[^()]{{0,50}}))\)"
    ),
    expression(
        rf"(?<=[\s,;])(?P<words>(?:trước|trong|vào|chậm nhất(?: là)?|đến hết|[Tt]ừ)\s+{CALENDAR}(?:\s*(?:đến|-|–)\s*(?:hết\s+)?{CALENDAR})?(?:\s+(?:hằng năm|hàng năm|của năm trước))?)\s*(?=[.;)]|$)"
    ),
    expression(
        rf"^[-–+•*\s]*(?P<words>(?:Trước|Trong|Vào|Từ)\s+(?:{CALENDAR}|năm\s+\d{{4}})(?:\s*(?:đến|-|–)\s*(?:hết\s+)?{CALENDAR})?)\s*,"
    ),
    expression(
        rf"^[-–+•*\s]*(?P<words>(?:(?:Trước|Trong|Vào|Từ|Đến)\s+)?(?i:{CALENDAR})(?:\s*(?:đến|-|–)\s*(?:hết\s+)?{CALENDAR})?)\s*:\s"
    ),
    expression(
        rf"(?:[Hh]oàn thành|[Xx]ong|[Tt]rình [^.;,]{{3,60}})\s+(?P<words>(?:trong|trước|vào|chậm nhất(?: là)?)\s+{CALENDAR}(?:\s+(?:hằng|hàng)\s+năm)?)(?=\s*[,.;()]|\s*$)"
    ),
    expression(rf"(?<=\s)(?P<words>vào\s+{CALENDAR})(?=\s+(?:tại|ở|nhân|cho|với|trên|để|nhằm)\s)"),
    expression(
        r"[Hh]oàn thành\s+(?P<words>(?:trong|trước|vào)\s+(?:cuối\s+)?năm\s+\d{4})(?=\s*[.;,)]|\s*$)"
    ),
    expression(
        r"(?<!toán)(?<!sách)(?<!hoạch)(?<!phí)(?<!cáo)(?<!chi)(?<!kỳ)\s(?P<words>(?:định kỳ\s+)?(?:hằng|hàng) (?:năm|quý|tháng|tuần))\s*[.;]?$"
    ),
    expression(
        r"(?<!vụ)(?<!tác)(?<!động)(?<!hoạch)(?<!kiện)(?<!trọng tâm)\s(?P<words>trong năm \d{4})\s*[.;]?$"
    ),
    expression(r"(?<=\s)(?P<words>trong (?:cả )?giai đoạn \d{4}\s*[-–]\s*\d{4})\s*[.;]?$"),
    expression(
        r"^[-–+•*\s]*(?P<words>(?:Định kỳ\s+)?(?:[Hh]ằng|[Hh]àng) (?:năm|quý|tháng|tuần))\s*,"
    ),
    expression(r",\s+(?P<words>(?:định kỳ\s+)?(?:hằng|hàng) (?:năm|quý|tháng|tuần))\s*[.;]?$"),
    expression(r"(?<=\s)(?P<words>định kỳ (?:hằng|hàng) (?:năm|quý|tháng|tuần))\s*[.;]?$"),
)
# "(09/11)" and "(24/6/1967 - 24/6/2022)" are anniversaries, no times of a task.
_NO_TIME = expression(
    r"(?:ngày\s+)?\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/(?:19|20)\d\d\s*[-–]\s*\d{1,2}/\d{1,2}/\d{4}"
)
_REPORTS = expression(r"báo cáo(?! viên)|gửi (?:về|kết quả)|ban hành (?:ngày|kèm)")
_ENDS_TIME = expression(
    r"\.\s+(?=\S)|;\s*(?=[^\W\d])(?!đợt|giai đoạn|lần|tháng|quý|từ|năm|ngày)", re.IGNORECASE
)


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
    labelled: bool = False
    labelled_below: bool = False


def read_tasks(outline: Outline, *, year: int | None) -> tuple[Task, ...]:
    """Tasks of the content sections, in printed order."""
    nodes = [
        node for node in outline.nodes if not node.is_section and node.role not in _WITHOUT_TASKS
    ]
    headings = {id(node.parent) for node in nodes}
    gathered = {id(node): _gather(node, year, heads=id(node) in headings) for node in nodes}
    for node in sorted(nodes, key=lambda node: -node.rank):  # the innermost first
        _lend_to_parent(gathered, node)
    _lend_from_last(gathered, nodes)
    return tuple(_task(gathered[id(node)]) for node in nodes)


# "Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện": no task's words.
_FAREWELL = expression(r"(?!\s*[-–+•])[^.;:]{3,80}\bthông báo (?:để|tới|đến)\s|Trên đây là\s")
_IS_LABEL = expression(
    r"(?:Đơn vị|Cơ quan) (?:chủ trì|phối hợp|thực hiện)(?: thực hiện)?[.:]?", re.IGNORECASE
)


def _gather(node: Node, year: int | None, *, heads: bool) -> _Gathered:
    found = _Gathered(node)
    found.role = role_of_item(node.title.text)
    paragraphs = [(node.title.text, node.title.span.start, True)]
    paragraphs += [
        (line.text, line.start, False) for line in node.lines if not line.row and not line.note
    ]
    labelled = [labels_in(text) for text, _, _ in paragraphs]
    told = labelled.count([])
    pending: Kind | None = None
    under_label = False
    for (text, start, is_title), labels in zip(paragraphs, labelled, strict=True):
        if not is_title and _FAREWELL.match(text):
            break
        first = labels[0].start if labels else len(text)
        bullet = BULLET.match(text)
        if not labels and pending is not None and bullet is not None:
            _value(found, pending, text[bullet.end() :], start + bullet.end(), year, label="")
            continue
        if is_title and _IS_LABEL.fullmatch(text) and not labels:
            pending = kind_of_label(text)  # "a) Cơ quan chủ trì", its units in bullets below
            continue
        head = text[:first]
        assigns = any(label.kind in _OF_UNITS for label in labels)
        found.labelled |= assigns
        found.labelled_below |= assigns and not is_title
        for label in labels:
            inside = bullet is not None and label.start > bullet.end()
            _label(found, label, text, start, year, sure=0.7 if inside else 0.95)
        last = labels[-1] if labels else None
        if last is not None and not text[last.value_start : last.value_end].strip(" ."):
            pending = last.kind if last.kind in _OF_UNITS | {Kind.PRODUCT, Kind.TIMING} else None
            under_label = last.kind in {Kind.OTHER, Kind.AUDIENCE}
        elif bullet is None or labels:
            pending, under_label = None, False
        if not labels or head.strip(" -–+•*(").strip():
            _sentence(
                found,
                head,
                start,
                is_title=is_title,
                assigns_below=heads or len(paragraphs) > 1 or ":" in text,
                listed=under_label,
            )
        timed = [
            (start + label.value_start, start + label.value_end)
            for label in labels
            if label.kind is Kind.TIMING
        ]
        found.targets += [
            quantity
            for quantity in quantities(text, start)
            if not any(begin <= quantity.words.span.start < end for begin, end in timed)
        ]
        found.languages += [tag for tag in languages(text) if tag not in found.languages]
        if found.timing is None and not labels:
            if is_title or told <= _FEW:
                _inline_time(found, text, start, year)
            elif bullet is not None and (said := _ONLY_A_TIME.match(text, bullet.end())):
                words = _trimmed(said.group("words"), start + said.start("words"), 0.7)
                found.timing = None if words is None else parse(words, year=year)
    return found


# A bullet that says when, and nothing else.
_ONLY_A_TIME = expression(
    rf"(?:[Hh]oàn thành|[Xx]ong)\s+(?P<words>(?:trong|trước|vào|chậm nhất(?: là)?)\s+(?:{CALENDAR}|năm\s+\d{{4}}))\s*[.;]?$"
)
# Paragraphs of a node beyond which a time in one of them is not the time of all.
_FEW = 3


def _label(
    found: _Gathered, label: Label, text: str, start: int, year: int | None, *, sure: float
) -> None:
    value = text[label.value_start : label.value_end]
    if value.strip(" ."):
        begin = start + label.value_start
        _value(found, label.kind, value, begin, year, label=label.words, sure=sure)


def _value(
    found: _Gathered,
    kind: Kind,
    text: str,
    start: int,
    year: int | None,
    *,
    label: str,
    sure: float = 0.95,
) -> None:
    if kind in _OF_UNITS:
        found.parties.add(party.of_label(kind, text, start))
    elif kind is Kind.TIMING:
        clause = _first_clause(text)
        aside = _ASIDE.search(clause)
        words = _trimmed(clause[: aside.start()] if aside is not None else clause, start, sure)
        if words is not None and found.timing is None:
            plain = label.casefold() + (aside.group().casefold() if aside is not None else "")
            found.timing = parse(
                words,
                year=year,
                tentative="dự kiến" in plain,
                ends="hoàn thành" in plain or "thời hạn" in plain,
            )
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


# What stands in brackets behind a time: "tháng 9/2016 (01 ngày)".
_ASIDE = expression(r"(?<=\w)\s*\([^()]*\)\s*[.;]?\s*$")


def _first_clause(text: str) -> str:
    stop = _ENDS_TIME.search(text)
    return text[: stop.start()] if stop is not None else text


_SENTENCE = expression(rf"\.\s+(?=[{UPPER}])")


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
    """A time that no label announces: the clause at a sentence's end or start that says when."""
    for pattern in _INLINE:
        inline = pattern.search(text)
        if inline is None or _NO_TIME.fullmatch(inline.group("words")):
            continue
        if _REPORTS.search(text, 0, inline.start()):
            return
        words = _trimmed(inline.group("words"), start + inline.start("words"), 0.6)
        if words is not None:
            found.timing = parse(words, year=year)
        return


_SENTENCES = expression(rf"(?<=[^\W\d_][^\W\d_][.;])\s+(?=[{UPPER}])")


def _sentence(
    found: _Gathered, text: str, start: int, *, is_title: bool, assigns_below: bool, listed: bool
) -> None:
    parties = party.Parties()
    position = 0
    for place, sentence in enumerate(_SENTENCES.split(text)):
        at = text.index(sentence, position)
        position = at + len(sentence)
        if place == 0 and is_title and assigns_below:
            parties.add(party.of_heading(sentence, start + at))
        else:
            parties.add(party.of_sentence(sentence, start + at))
        parties.add(party.of_clauses(sentence, start + at))
        parties.add(party.of_brackets(sentence, start + at))
    found.parties.add(parties)
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
    if above is not None and own.products and is_product_item(node.title.text):
        above.products += own.products
        own.products = []
    if above is None or own.role not in {Role.ASSIGNMENT, Role.SCHEDULE}:
        if own.role is Role.SCHEDULE and own.timing is None:
            own.role = None
        return
    above.parties.add(own.parties)
    own.parties = party.Parties()
    if above.timing is None:
        above.timing, own.timing = own.timing, None


def _lend_from_last(gathered: dict[int, _Gathered], nodes: list[Node]) -> None:
    """Labels below the last of several lettered points, where no other point has any, are for all.

    "a) ... b) ... - Cơ quan chủ trì: ..." assigns the whole of the number above.
    """
    by_parent: dict[int, list[Node]] = {}
    for node in nodes:
        if node.rank == LETTER and node.parent is not None and id(node.parent) in gathered:
            by_parent.setdefault(id(node.parent), []).append(node)
    for parent, children in by_parent.items():
        above, last = gathered[parent], gathered[id(children[-1])]
        others = [gathered[id(child)] for child in children[:-1]]
        if (
            not others
            or not last.labelled_below
            or above.labelled
            or any(other.labelled or other.timing is not None for other in others)
        ):
            continue
        if last.role is not None or any(other.role is not None for other in others):
            continue
        above.parties.add(last.parties.doubted(_LENT))
        last.parties = party.Parties()
        above.products += last.products
        last.products = []
        if above.timing is None and last.timing is not None:
            words = last.timing.words
            less = replace(words, confidence=words.confidence * _LENT)
            above.timing, last.timing = replace(last.timing, words=less), None


# It may be the last point's own assignment.
_LENT = 0.75
_STATED = {Role.SCOPE, Role.METHOD, Role.SCHEDULE}


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
        role=found.role or (node.role if node.role in _STATED else None),
    )
