"""What a person must look at before the tasks are accepted."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import folded
from nhipcau.plans.reading.normalise import LOWER, UPPER
from nhipcau.plans.reading.outline import ARABIC, LETTER, ROMAN, Node, Outline
from nhipcau.plans.reading.reading import Notice, Span, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhipcau.plans.reading.head import Header
    from nhipcau.plans.reading.normalise import Line
    from nhipcau.plans.reading.reading import Reference, Task

_ROMANS = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
}
# Each begins with letters that a search leaps to: a paper has few strokes and many figures.
_DAY_BEFORE = expression(r"(?<![\d/.])\d{1,2}$")
_MONTH_AFTER = expression(r"/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
_DATE_IN_WORDS = expression(r"ngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?")
_ATTACHED = expression(
    r"[Kk]èm theo (?:Quyết định|Kế hoạch|Công văn|Hướng dẫn|Chương trình|Nghị quyết|Tờ trình|Thông báo) số\s*:?\s*(\d{1,5})\s*[/-]"
)
_FAREWELL = expression(r"Trên đây là [^.;\n]{5,300}?năm (\d{4})")
_NOISE = expression(
    rf"(?<![^\W_])(?:[{LOWER}]+\d+[{LOWER}]{{2,}}|[{LOWER}]{{2,}}[{UPPER}][{LOWER}]+)(?![^\W_])|[{LOWER}][|¦][{LOWER}]|�|(?<=\s)(?:[b-dghk-np-tvxđ])\s[ếấáàềảạắộọ][{LOWER}]*\s"
)
_NOT_NOISE = expression(
    r"MobiFone|iPhone|YouTube|TikTok|PowerPoint|InfoGraphic|LinkedIn|[A-Z]{2,}|www|http|@|\d{3,}",
    re.IGNORECASE,
)
# Words of every plan; the same letters under other marks are slips of a scanner ("phôi hợp").
_USUAL = (
    "kế hoạch|yêu cầu|thực hiện|đối ngoại|tuyên truyền|phối hợp|chủ trì|biên giới|tổ chức|kinh phí|thời gian|nhiệm vụ|thông tin|lãnh thổ"
    "|tiết kiệm|cơ quan|đơn vị|nội dung|mục đích|nhân dân|ủy ban|quyết định|căn cứ|triển khai|quản lý|xây dựng|địa phương"
)
_USUAL_LETTERS = expression(rf"(?<![a-z])(?:{folded(_USUAL)})(?![a-z])")
_RIGHT = {
    *_USUAL.split("|"),
    "uỷ ban",
    "quản lí",
    "có quan",
    "cố quan",
    "cần cù",
    "nói đúng",
    "nhãn dán",
}
_AMBIGUOUS = expression(r"\bSở\s+(?:NV|TT)\b(?!\s?&)|^(?!.*\bNgV\b).*[:,]\s*NV\s*(?:[,;]|$)")
_BLANK_YEAR = 4


def notices(
    *,
    header: Header,
    outline: Outline,
    tasks: Sequence[Task],
    bases: Iterable[Reference],
    recipients: Iterable[Words],
    planted: Iterable[Line],
    text: str,
) -> tuple[Notice, ...]:
    found = [
        *_of_header(header),
        *_of_numbers(outline),
        *_of_dates(text, header),
        *_of_order(header, tasks, bases),
        *_of_contradictions(header, text),
        *_of_times(tasks),
        *_of_words(header, recipients, tasks, planted, text),
    ]
    kept: dict[tuple[str, int], Notice] = {}
    for notice in found:
        kept.setdefault((notice.code, notice.span.start if notice.span else -1), notice)
    return tuple(kept.values())


def _of_header(header: Header) -> Iterator[Notice]:
    if header.symbol is None and header.number is None and header.date is None:
        yield Notice(
            "missing_header",
            "Văn bản không có số, ký hiệu và ngày tháng: hãy bổ sung từ bản chính thức.",
            "The document has neither number nor date: add them from the official copy.",
        )
        return
    if header.symbol is not None and header.number is None:
        yield Notice(
            "blank_number",
            "Số văn bản còn để trống: văn bản có thể chưa được ban hành.",
            "The number is blank: the document may not have been issued yet.",
            header.symbol.span,
        )
    if header.date is not None and len(header.date.iso.split("-")) < 3:
        yield Notice(
            "blank_date",
            "Ngày hoặc tháng ban hành còn để trống.",
            "The day or month of issue is blank.",
            header.date.words.span,
        )
    if header.misprinted and header.symbol is not None:
        yield Notice(
            "number_grammar",
            "Số, ký hiệu văn bản trình bày không đúng quy định: hãy đối chiếu với bản chính thức.",
            "The number is not printed as the rules say: compare it with the official copy.",
            header.symbol.span,
        )


def _value(node: Node) -> int | None:
    label = node.steps[-1]
    if label.isdigit():
        return int(label)
    if node.rank == ROMAN or label in _ROMANS:
        return _ROMANS.get(label)
    if node.rank == LETTER:
        letters = "abcdđeghiklmnopqrstuvxy"
        return letters.index(label) + 1 if label in letters else None
    return None


def _of_numbers(outline: Outline) -> Iterator[Notice]:
    last: dict[tuple[int, int, int], tuple[int, Node]] = {}
    for node in outline.nodes:
        if "#" in node.path.rsplit(".", 1)[-1]:
            yield Notice(
                "repeated_numeral",
                f"Số mục “{'.'.join(node.steps)}” xuất hiện hơn một lần: mục này được ghi là “{node.path}”.",
                f"The number “{'.'.join(node.steps)}” is printed more than once: this one is called “{node.path}”.",
                node.title.span,
            )
            continue
        value = _value(node)
        if value is None:
            continue
        key = (id(node.parent), node.rank, len(node.steps) if node.rank >= ARABIC else 0)
        before = last.get(key)
        if before is None and value > 1 and node.is_section and node.rank == ROMAN:
            yield Notice(
                "numbering_gap",
                f"Mục đầu tiên là “{node.path}”: phần trước đó có thể bị mất.",
                f"The first section is “{node.path}”: what stood before it may be lost.",
                node.title.span,
            )
        if before is not None and value > before[0] + 1:
            yield Notice(
                "numbering_gap",
                f"Thiếu số mục giữa “{before[1].path}” và “{node.path}”.",
                f"A number is missing between “{before[1].path}” and “{node.path}”.",
                node.title.span,
            )
        last[key] = (value, node)


def _of_dates(text: str, header: Header) -> Iterator[Notice]:
    year = int(header.date.iso[:_BLANK_YEAR]) if header.date is not None else 2000
    for span, day, month, printed in _dates_in(text):
        if month == 0 or day == 0 or _is_day(printed or year, month, day):
            continue
        said = text[span.start : span.end]
        yield Notice(
            "impossible_date",
            f"Ngày “{said}” không có trong lịch.",
            f"The date “{said}” does not exist.",
            span,
        )


def _dates_in(text: str) -> Iterator[tuple[Span, int, int, int | None]]:
    """Where a date stands, with its day, month and printed year, in the order of the text."""
    found = []
    for end in _MONTH_AFTER.finditer(text):
        begin = _DAY_BEFORE.search(text[max(0, end.start() - 3) : end.start()])
        if begin is None:
            continue
        start = end.start() - len(begin.group())
        day, month, year = int(begin.group()), int(end.group(1)), end.group(2)
        # Without a year, 30/4 is a date after such a word, a fraction elsewhere.
        before = text[max(0, start - 8) : start].rstrip()
        if year or (month <= 12 and day <= 31 and before.endswith(("ngày", "trước", "đến"))):
            found.append((Span(start, end.end()), day, month, int(year) if year else None))
    for whole in _DATE_IN_WORDS.finditer(text):
        numbers = [int(figures) if figures else None for figures in whole.groups()]
        found.append(
            (Span(whole.start(), whole.end()), numbers[0] or 0, numbers[1] or 0, numbers[2])
        )
    yield from sorted(found, key=lambda one: one[0].start)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        # 29 February of a year that is not printed may be right.
        return (month, day) == (2, 29)
    return True


def _of_order(
    header: Header, tasks: Sequence[Task], bases: Iterable[Reference]
) -> Iterator[Notice]:
    own = header.date.iso if header.date is not None else None
    if own is not None:
        for base in bases:
            if base.date is not None and len(base.date) >= len(own) and base.date[: len(own)] > own:
                yield Notice(
                    "date_order",
                    f"Văn bản căn cứ “{base.number or base.name}” có ngày sau ngày của văn bản này.",
                    f"The cited “{base.number or base.name}” is dated after this document.",
                    base.words.span,
                )
    for task in tasks:
        for window in task.timing.windows if task.timing else ():
            backwards = window.starts_on and window.ends_on and window.ends_on < window.starts_on
            early = (
                own is not None
                and window.ends_on is not None
                and window.ends_on.isoformat()[: len(own)] < own
            )
            if task.timing is not None and (
                backwards or (early and task.timing.recurrence is None)
            ):
                yield Notice(
                    "date_order",
                    f"Thời gian của nhiệm vụ {task.path} (“{task.timing.words.text}”) không hợp lý so với ngày văn bản.",
                    f"The time of task {task.path} (“{task.timing.words.text}”) does not fit the document's date.",
                    task.timing.words.span,
                )


def _of_contradictions(header: Header, text: str) -> Iterator[Notice]:
    if header.number is not None:
        for found in _ATTACHED.finditer(text):
            if found.group(1).lstrip("0") != header.number.text.lstrip("0"):
                yield Notice(
                    "title_number_mismatch",
                    f"Phần kèm theo ghi số {found.group(1)}, khác số {header.number.text} ở đầu văn bản.",
                    f"The attached part names number {found.group(1)}, the head says {header.number.text}.",
                    Span(found.start(1), found.end(1)),
                )
    farewell = _FAREWELL.search(text)
    title_years = (
        re.findall(r"năm (\d{4})\b", header.title.text, re.IGNORECASE) if header.title else []
    )
    if farewell is not None and len(title_years) == 1 and farewell.group(1) != title_years[0]:
        yield Notice(
            "title_number_mismatch",
            f"Tên văn bản ghi năm {title_years[0]} nhưng đoạn kết ghi năm {farewell.group(1)}.",
            f"The title says {title_years[0]}, the closing sentence {farewell.group(1)}.",
            Span(farewell.start(1), farewell.end(1)),
        )


def _of_times(tasks: Sequence[Task]) -> Iterator[Notice]:
    for task in tasks:
        if task.timing is not None and task.timing.relative:
            yield Notice(
                "relative_time",
                f"Thời gian của nhiệm vụ {task.path} phụ thuộc một sự kiện khác: “{task.timing.words.text}”.",
                f"The time of task {task.path} hangs on another event: “{task.timing.words.text}”.",
                task.timing.words.span,
            )


def _of_words(
    header: Header,
    recipients: Iterable[Words],
    tasks: Sequence[Task],
    planted: Iterable[Line],
    text: str,
) -> Iterator[Notice]:
    for line in planted:
        yield Notice(
            "planted_text",
            "Đoạn này viết cho máy đọc, không phải cho người thực hiện; nội dung không được dùng.",
            "These words address machine readers, not people; nothing in them was used.",
            Span(line.start, line.end),
        )
    noise = next(
        (found for found in _NOISE.finditer(text) if not _NOT_NOISE.search(found.group())), None
    )
    noise = noise or _slip(text)
    kind = header.doc_type.words if header.doc_type is not None else None
    if noise is not None or (kind is not None and kind.text.isupper() and _is_broken(kind.text)):
        span = (
            Span(noise.start(), noise.end())
            if noise is not None
            else kind.span
            if kind is not None
            else None
        )
        yield Notice(
            "ocr_noise",
            "Có chữ bị mất hoặc sai do nhận dạng: hãy đối chiếu với bản gốc.",
            "Letters were lost or mangled by recognition: compare with the original.",
            span,
        )
    named = [
        unit
        for task in tasks
        for unit in (*task.lead_units, *task.coordinating_units, *task.implementing_units)
    ]
    for unit in (*recipients, *named):
        if _AMBIGUOUS.search(unit.text):
            yield Notice(
                "ambiguous_unit",
                f"Tên viết tắt trong “{unit.text}” có thể chỉ nhiều đơn vị.",
                f"An abbreviation in “{unit.text}” may mean more than one unit.",
                unit.span,
            )


def _slip(text: str) -> re.Match[str] | None:
    """The first word of every plan that stands there with the wrong marks."""
    plain = folded(text)
    if len(plain) != len(text):
        return None
    for found in _USUAL_LETTERS.finditer(plain):
        if text[found.start() : found.end()].casefold() not in _RIGHT:
            return found
    return None


def _is_broken(kind: str) -> bool:
    """A kind whose letters stand apart: "K Ế HOẠCH"."""
    return any(len(word) == 1 for word in kind.split())
