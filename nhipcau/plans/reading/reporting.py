"""Who has to report to whom, how often and until when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.normalise import UPPER
from nhipcau.plans.reading.organisation import subject_of
from nhipcau.plans.reading.outline import BULLET, Outline
from nhipcau.plans.reading.reading import Recurrence, ReportingDuty, Role, Span, Words
from nhipcau.plans.reading.tasks import CALENDAR
from nhipcau.plans.reading.timing import recurrence_in
from nhipcau.plans.reading.units import begins_unit, split_units

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPORTS = expression(
    rf"\b(?:[Bb]áo cáo|gửi báo cáo|thông tin, báo cáo)(?! viên| chí)(?:\s+(?:định kỳ|đột xuất))?(?:\s+(?:kết quả|tình hình|tiến độ|việc|công tác|nội dung|kết quả,)[^.;:]{{0,140}}?)?(?:\s+(?:về|gửi|gửi về|cho|với|lên|đến|để))?\s+(?=[{UPPER}])"
)
_DEADLINE = expression(
    rf"(?:(?:định kỳ|hằng|hàng)\s[^.;,()]{{0,20}}\s)?(?P<words>(?:(?:[Tt]rước|[Cc]hậm nhất(?: là| vào)?|[Vv]ào|[Tt]rong|[Đđ]ến|xong trước)\s+(?:ngày\s+)?(?:trước\s+)?(?:{CALENDAR}|ngày\s+\d{{1,2}}(?:\s+(?:của\s+)?(?:tháng cuối (?:quý|kỳ)|hằng tháng|hàng tháng|tháng sau|tháng cuối))?)(?:\s+(?:hằng|hàng)\s+(?:năm|tháng|quý))?)|(?:trong (?:vòng|thời hạn)|chậm nhất)\s+(?:là\s+)?\d{{1,3}}\s+ngày[^.;,]{{0,60}}|ngày\s+\d{{1,2}}\s+(?:của\s+)?tháng cuối quý|ngày\s+\d{{1,2}}\s+(?:hằng|hàng) tháng)"
)
# Rhythms that stand beside each other: "định kỳ 6 tháng và hằng năm", "quý, 6 tháng, năm".
_SERIES = expression(
    r"(?:(?:[Đđ]ịnh kỳ|[Hh]ằng|[Hh]àng|[Mm]ỗi|theo)\s+)?(?P<first>tháng|quý|(?:6|06|sáu) tháng|năm)(?:(?:\s+(?:một|1|01)\s+lần)|\s+đầu năm)?(?P<rest>(?:\s*(?:,|và|hoặc|/)\s*(?:định kỳ\s+|cả\s+|hằng\s+|hàng\s+|(?:01|1)\s+)*(?:quý|(?:6|06|sáu) tháng(?: đầu năm)?|năm|đột xuất))+)"
)
_MEMBERS = (
    (expression(r"(?:6|06|sáu) tháng"), Recurrence.HALF_YEARLY),
    (expression(r"quý"), Recurrence.QUARTERLY),
    (expression(r"năm"), Recurrence.YEARLY),
    (expression(r"đột xuất"), Recurrence.ON_DEMAND),
    (expression(r"tháng"), Recurrence.MONTHLY),
)
_DIFFICULTY = expression(r"(?:khó khăn|vướng mắc|phát sinh)")
_STOP = expression(
    r"\s+(?:(?:6|06|sáu) tháng|cả năm|theo|trước|để|kết quả|tình hình|định kỳ|hằng|hàng|và các|chậm|trong|qua|về|\(|đồng thời|tổng hợp|xem xét|khi|làm|trên|vào|việc|ngay)\b|[.;:(,](?!\s*(?:UBND|Sở|Bộ|Ban|Ủy|Cục|Thường|Tỉnh|Văn phòng|Hội))"
)
_SENTENCES = expression(r"(?<=[.;])\s+(?=\S)")


def read_reporting(outline: Outline) -> tuple[ReportingDuty, ...]:
    duties: list[ReportingDuty] = []
    owners: dict[int, Words | None] = {}
    for node in outline.nodes:
        if node.role in {Role.PURPOSE, Role.SITUATION, Role.FUNDING}:
            continue
        subject = None if node.is_section else subject_of(node.title.text, node.title.span.start)
        own = subject.words if subject is not None else None
        owner = own or (owners.get(id(node.parent)) if node.parent is not None else None)
        owners[id(node)] = owner
        current = owner
        paragraphs = [(node.title.text, node.title.span.start)]
        paragraphs += [(line.text, line.start) for line in node.lines if not line.row]
        for text, start in paragraphs:
            bullet = BULLET.match(text)
            cut = bullet.end() if bullet is not None else 0
            spoken = subject_of(text[cut:], start + cut) if start != node.title.span.start else None
            duties += _of_paragraph(text, start, spoken.words if spoken is not None else current)
    return tuple(duties)


_MENTIONED = expression(r"\b[Bb]áo cáo(?! viên| chí)\b")
_NEXT_REPORT = expression(
    r"[;,]\s+(?:và\s+)?(?=(?:gửi\s+)?báo cáo\b)|\s+và\s+(?=báo cáo năm|báo cáo 6 tháng|báo cáo quý|trước ngày|(?:cả )?năm,? (?:\()?(?:trước|chậm nhất)|(?:6|06) tháng)"
)
_SENT_TO = expression(r"\b(?:gửi(?: báo cáo| kết quả)?(?: về| cho| đến)?|về)\s+(?=[A-ZĐỦƯ])")


def _of_paragraph(text: str, start: int, who: Words | None) -> Iterator[ReportingDuty]:
    if "áo cáo" not in text:
        return
    position = 0
    for sentence in _SENTENCES.split(text):
        at = text.index(sentence, position)
        position = at + len(sentence)
        mention = _MENTIONED.search(sentence)
        if mention is None or _DIFFICULTY.search(sentence):
            continue
        to = _receivers(sentence, mention.start(), start + at)
        if not to and who is None:
            continue
        yield from _duties(sentence, mention.start(), start + at, who, to)


def _receivers(sentence: str, begin: int, start: int) -> list[Words]:
    """Whom the sentence names behind "báo cáo", or behind "gửi"."""
    direct = _REPORTS.search(sentence)
    if direct is not None:
        to = _addressees(sentence, direct.end(), start)
        if to:
            return to
    for sent in _SENT_TO.finditer(sentence, begin):
        to = _addressees(sentence, sent.end(), start)
        if to:
            return to
    return []


def _duties(
    sentence: str, begin: int, start: int, who: Words | None, to: list[Words]
) -> Iterator[ReportingDuty]:
    """One duty for each term that the sentence names; one without a term where it names none."""
    pieces = []
    last = 0
    for found in _NEXT_REPORT.finditer(sentence, begin + 1):
        pieces.append((last, found.start()))
        last = found.end()
    pieces.append((last, len(sentence)))
    by_piece = [(low, high, _terms(sentence, low, high)) for low, high in pieces]
    dated = [term for _, _, terms in by_piece for term in terms]
    own = {terms[0].start(): sentence[low:high] for low, high, terms in by_piece if len(terms) == 1}
    shown = sentence.strip()
    words = Words(shown, Span(start, start + len(shown)), 0.8)
    owner = who and Words(who.text, who.span, 0.7 if dated else 0.5)
    if not dated:
        rhythms = _rhythms(sentence)
        for rhythm in rhythms or ([None] if to else []):
            yield ReportingDuty(words, owner, tuple(to), rhythm, None)
    if dated and to and _ON_DEMAND_TOO.search(sentence):
        yield ReportingDuty(words, owner, tuple(to), Recurrence.ON_DEMAND, None)
        sentence = _ON_DEMAND_TOO.sub(lambda found: " " * len(found.group()), sentence)
    before = 0
    for term in dated:
        first, end = term.span("words")
        around = own.get(term.start(), sentence[before : end + _ASIDE])
        before = end
        raw = sentence[first:end].strip()
        yield ReportingDuty(
            words,
            owner,
            tuple(to),
            _rhythm(around if len(dated) > 1 else sentence),
            Words(raw, Span(start + first, start + first + len(raw)), 0.75),
        )


# "... và đột xuất khi có yêu cầu" beside a term is a duty of its own.
_ON_DEMAND_TOO = expression(
    r"\s*(?:,|và|hoặc)\s+(?:(?:báo cáo )?đột xuất(?: (?:khi có|theo) yêu cầu)?|khi có yêu cầu)|\b[Bb]áo cáo đột xuất(?: (?:khi có|theo) yêu cầu)?(?=\s+và)"
)
# What stands in brackets behind a term may say of which period: "trước ngày 15/6 (6 tháng)".
_ASIDE = 12


def _terms(sentence: str, low: int, high: int) -> list[re.Match[str]]:
    """Every deadline of a part of the sentence."""
    return list(_DEADLINE.finditer(sentence, low, high))


_REPORT_OF = (
    (
        expression(
            r"báo cáo (?:định kỳ )?(?:6|06|sáu) tháng\b(?! (?:đầu|cuối) năm 20)|\(6 tháng\)|6 tháng (?:một|1|01) lần|\b(?:6|06|sáu) tháng(?: đầu năm)?,? \(?(?:trước|chậm nhất)"
        ),
        Recurrence.HALF_YEARLY,
    ),
    (expression(r"báo cáo (?:định kỳ )?quý\b|\(quý\)"), Recurrence.QUARTERLY),
    (
        expression(
            r"báo cáo (?:định kỳ |kết quả )?năm\b(?! 20)|\(năm\)|\b(?:cả )?năm,? \(?(?:trước|chậm nhất)"
        ),
        Recurrence.YEARLY,
    ),
    (expression(r"báo cáo (?:định kỳ )?tháng\b"), Recurrence.MONTHLY),
)


def _rhythms(sentence: str) -> list[Recurrence | None]:
    """Every rhythm that a sentence without a day names, in order."""
    series = _SERIES.search(sentence)
    if series is None:
        rhythm = _rhythm(sentence)
        return [rhythm] if rhythm is not None else []
    rest = re.sub(r"đầu năm", "", series.group("rest"))
    names = [series.group("first"), *re.split(r"\s*(?:,|\bvà\b|\bhoặc\b|/)\s*", rest)]
    found: list[Recurrence | None] = []
    for name in names:
        kind = next((kind for pattern, kind in _MEMBERS if pattern.search(name)), None)
        if kind is not None and kind not in found:
            found.append(kind)
    return found


def _rhythm(text: str) -> Recurrence | None:
    plain = text.casefold()
    stated = recurrence_in(text)
    if stated is not None:
        return stated
    return next((kind for pattern, kind in _REPORT_OF if pattern.search(plain)), None)


def _addressees(sentence: str, begin: int, start: int) -> list[Words]:
    rest = sentence[begin:]
    if not begins_unit(rest):
        return []
    stop = _STOP.search(rest)
    listed = rest[: stop.start()] if stop is not None else rest
    return split_units(listed.rstrip(" ."), start + begin, 0.75)
