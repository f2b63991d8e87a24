"""Who does what: units behind labels, and units that sentences set to work."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.labels import Kind
from nhipcau.plans.reading.outline import BULLET
from nhipcau.plans.reading.reading import Words
from nhipcau.plans.reading.units import (
    begins_named_unit,
    begins_unit,
    split_units,
    verb_after_units,
)

_LEADS = expression(r"\s*(?:,\s*)?(?:là (?:cơ quan|đơn vị)\s+)?(?:chịu trách nhiệm\s+)?\bchủ trì\b")
_WITH = expression(
    r"\s*[,;.]?\s*\(?(?:và\s+)?(?:\b(?:chủ trì,?\s*(?:và\s+)?)?\b[Pp]hối hợp(?:\s+chặt chẽ)?(?:\s+thực hiện)?\s*:?\s*(?:với|cùng(?:\s+với)?|giữa)?\s*:?)\s+"
)
_ROLE_IN_BRACKETS = expression(r"\((?P<role>[^()]*(?:chủ trì|phối hợp|thực hiện)[^()]*)\)")
_LEAD_SENTENCE = expression(
    r"(?P<subject>[^.;:\n]{2,300}?)\s+(?:là (?:cơ quan|đơn vị) |chịu trách nhiệm )?(?:chủ trì|chủ trì,)(?P<middle>(?:,? (?:tham mưu|hướng dẫn|tổ chức|thực hiện|triển khai|xây dựng))?)(?P<with>,?\s*(?:và )?phối hợp (?:chặt chẽ )?(?:với |cùng (?:với )?))?"
)
GIVES = expression(r"^(?:Giao(?: cho| nhiệm vụ cho)?|Đề nghị|Yêu cầu|Phân công|Ủy quyền)\s+")
_FOR = expression(r"^(?:Đối với)\s+(?P<units>[^:.\n]{2,200}?)\s*(?::|$)")


@dataclass(slots=True)
class Parties:
    """Units by role, in the order of the text."""

    lead: list[Words] = field(default_factory=list)
    coordinating: list[Words] = field(default_factory=list)
    implementing: list[Words] = field(default_factory=list)
    actors: list[Words] = field(default_factory=list)

    def add(self, other: Parties) -> None:
        self.lead += other.lead
        self.coordinating += other.coordinating
        self.implementing += other.implementing
        self.actors += other.actors

    def doubted(self, by: float) -> Parties:
        """The same, each less sure."""
        lists = (self.lead, self.coordinating, self.implementing, self.actors)
        return Parties(
            *([replace(unit, confidence=unit.confidence * by) for unit in units] for units in lists)
        )

    def tidy(self) -> None:
        """Each unit once in its role; who has a role is no mere actor."""
        for units in (self.lead, self.coordinating, self.implementing):
            units[:] = unique(units)
        held = {key(unit) for unit in (*self.lead, *self.coordinating, *self.implementing)}
        self.actors = [unit for unit in unique(self.actors) if key(unit) not in held]


def key(words: Words) -> str:
    return " ".join(words.text.casefold().split())


def unique(units: list[Words]) -> list[Words]:
    kept: dict[str, Words] = {}
    for unit in units:
        kept.setdefault(key(unit), unit)
    return list(kept.values())


def of_label(kind: Kind, text: str, offset: int) -> Parties:
    """Units of a label's value: "Đơn vị thực hiện: A chủ trì, phối hợp với B, C"."""
    parties = Parties()
    marked = list(_ROLE_IN_BRACKETS.finditer(text))
    if marked and kind in {Kind.ALL_UNITS, Kind.IMPLEMENTING, Kind.LEAD}:
        last = 0
        for found in marked:
            role = found.group("role").casefold()
            units = split_units(text[last : found.start()], offset + last, 0.85)
            _role_list(parties, role, kind).extend(units)
            last = found.end()
        if text[last:].strip(" .;,"):
            _fill(parties, kind, text[last:], offset + last)
        return parties
    position = 0
    for piece in _role_segments(text) if kind is not Kind.COORDINATING else [text]:
        at = text.index(piece, position)
        position = at + len(piece)
        stated = _STATED_ROLE.search(piece)
        if stated is None:
            _fill(parties, kind, piece, offset + at)
        else:
            units = _role_list(parties, stated.group("role"), kind)
            units += units_of_list(piece[: stated.start()], offset + at, 0.9)
    return parties


# "A chủ trì; B, C phối hợp": what each segment ends with is its units' role.
_STATED_ROLE = expression(
    r"\s+(?:là (?:(?:cơ quan|đơn vị) )?)?(?P<role>chủ trì|phối hợp|(?<=là )đầu mối)(?:(?:,? (?:thực hiện|tham mưu|tổ chức|triển khai))*|(?<=phối hợp)\s(?!với|cùng|các|những|cơ quan|đơn vị)(?=[a-zà-ỹđ])[^.;,:]{3,60})\s*\.?\s*$"
)
_ENDS_OF_SEGMENTS = expression(
    r"(?<=chủ trì)\s*[;,.]\s*(?!phối hợp|và phối|tham mưu|hướng dẫn)|;\s*"
)


def _role_segments(text: str) -> list[str]:
    pieces = [piece for piece in _ENDS_OF_SEGMENTS.split(text) if piece.strip()]
    stated = [piece for piece in pieces if _STATED_ROLE.search(piece)]
    return pieces if len(pieces) > 1 and any("phối hợp" in piece for piece in stated) else [text]


def _role_list(parties: Parties, role: str, kind: Kind) -> list[Words]:
    if "chủ trì" in role or "đầu mối" in role:
        return parties.lead
    if "phối hợp" in role:
        return parties.coordinating
    return parties.lead if kind is Kind.LEAD else parties.implementing


def _fill(parties: Parties, kind: Kind, text: str, offset: int) -> None:
    main = {
        Kind.LEAD: parties.lead,
        Kind.COORDINATING: parties.coordinating,
        Kind.IMPLEMENTING: parties.implementing,
        Kind.ALL_UNITS: parties.implementing,
    }[kind]
    joint = _WITH.search(text) if kind is not Kind.COORDINATING else None
    left_end = joint.start() if joint is not None else len(text)
    left = text[:left_end]
    leads = _LEADS.search(left)
    if leads is not None or (joint is not None and "chủ trì" in joint.group()):
        main = parties.lead
        if leads is not None:
            left = left[: leads.start()]
    main += units_of_list(left, offset, 0.95)
    if joint is not None:
        parties.coordinating += units_of_list(text[joint.end() :], offset + joint.end(), 0.9)


_SENTENCE_END = expression(r"\.\s+(?=\S)")


def units_of_list(text: str, offset: int, confidence: float) -> list[Words]:
    """A list of units that may run on into what they are to do."""
    lead = leading_phrase(text)
    text, offset = text[lead:], offset + lead
    stop = _SENTENCE_END.search(text)
    if stop is not None and stop.start() > 3:
        text = text[: stop.start()]
    verb = verb_after_units(text, sure=True)
    if verb is not None:
        return split_units(text[: verb.start()], offset, confidence - 0.15)
    return split_units(text, offset, confidence)


_LEADING_PHRASE = expression(
    r"\s*(?:(?:Căn cứ|Theo|Trên cơ sở|Tùy theo|Tuỳ theo)\s[^:;]*?,\s+(?=các|Các|Sở|UBND|Ban|Phòng|Ủy ban|Bộ)|[Gg]iao(?: cho)?\s+|Đề nghị\s+|[Dd]o\s+|Là\s+)"
)


def leading_phrase(text: str) -> int:
    found = _LEADING_PHRASE.match(text)
    return found.end() if found is not None else 0


# Units that are also things to be made: a heading that names one is a task about it.
_CHANNELS = (
    "Trang",
    "Cổng",
    "Tạp chí",
    "Quỹ",
    "Câu lạc bộ",
    "Trường hợp",
    "Bảo hiểm",
    "Lực lượng",
    "Doanh nghiệp",
)


def of_heading(text: str, offset: int) -> Parties:
    """A numbered heading: one that is only units, or "Đối với X", gives them all below it."""
    head = text.split(":", maxsplit=1)[0].rstrip(" .")
    if len(head) < 250 and _all_units(head) and not head.startswith(_CHANNELS):
        parties = Parties()
        units = split_units(head, offset, 0.7)
        rest = _LEADS_BELOW.match(text, len(text.split(":", maxsplit=1)[0]))
        if rest is None:
            parties.implementing += units
            return parties
        # "Sở Ngoại vụ: chủ trì, phối hợp với ..." says what the colon leaves open.
        parties.lead += units
        if rest.group("joint"):
            parties.coordinating += _listed(text, rest.end(), offset)
        return parties
    return of_sentence(text, offset)


_LEADS_BELOW = expression(
    r"\s*:\s*(?:là (?:cơ quan|đơn vị) )?[Cc]hủ trì\b(?P<joint>,?\s*(?:và\s+)?phối hợp (?:chặt chẽ )?(?:với|cùng(?: với)?)\s+)?"
)
_BRACKETS = expression(
    r"\((?P<inner>(?:Giao\s+|giao\s+|do\s+)?[^()]{4,300}?(?:chủ trì|phối hợp|thực hiện)[^()]{0,200})(?:\)|$)"
)


def of_brackets(text: str, offset: int) -> Parties:
    """An assignment in brackets: "(Sở A chủ trì, phối hợp với Sở B)"."""
    parties = Parties()
    for found in _BRACKETS.finditer(text):
        inner, at = found.group("inner"), offset + found.start("inner")
        said = leading_phrase(inner)
        if begins_named_unit(inner[said:]) and ("chủ trì" in inner or _DONE_BY.search(inner)):
            parties.add(of_label(Kind.ALL_UNITS, inner[said:], at + said))
    return parties


_DONE_BY = expression(r"thực hiện\s*(?:$|[,;]|khi |trong |trước |vào |từ )")


_CLAUSE = expression(r"(?<=[:;])\s+(?=\S)")
_ASSIGNS = expression(
    r",?\s+(?:là (?:cơ quan|đơn vị) (?:đầu mối,? )?|chịu trách nhiệm )?(?:chủ trì|thực hiện|tham mưu|phụ trách|đảm nhiệm|triển khai|tổ chức thực hiện)\b"
)


def of_clauses(text: str, offset: int) -> Parties:
    """Clauses of a sentence that assign it: "Làm mới 05 pa nô: Phòng A chủ trì; trước 30/4"."""
    parties = Parties()
    starts = [found.end() for found in _CLAUSE.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        clause = text[start:end].rstrip(" ;:")
        if not begins_named_unit(clause):
            continue
        verb = verb_after_units(clause)
        told = text[:start].rstrip().endswith(";")
        if verb is not None and (told or _ASSIGNS.match(clause, verb.start())):
            parties.add(of_sentence(clause, offset + start))
    return parties


def of_sentence(text: str, offset: int) -> Parties:
    """Units that a sentence or bullet sets to work; empty where no unit is its subject."""
    parties = Parties()
    bullet = BULLET.match(text)
    start = bullet.end() if bullet is not None else 0
    gives = GIVES.match(text[start:])
    given = gives is not None
    if gives is not None:
        start += gives.end()
    body = text[start:]
    offset += start
    named = _FOR.match(body)
    if named is not None and begins_unit(named.group("units")):
        parties.implementing += split_units(
            named.group("units"), offset + named.start("units"), 0.7
        )
        return parties
    joint = _LEADS_WITH.match(body)
    if joint is not None:
        parties.coordinating += _listed(body, joint.end(), offset)
        return parties
    lead = leading_phrase(body)
    if not begins_named_unit(body[lead:]):
        return parties
    body, offset = body[lead:], offset + lead
    verb = verb_after_units(body)
    colon = body.find(":")
    if verb is None or (0 <= colon < verb.start()):
        if 0 < colon < 200 and _all_units(body[:colon]):
            parties.actors += split_units(body[:colon], offset, 0.7)
        return parties
    subject = body[: verb.start()]
    if "." in subject.rstrip(". ") and ". " in subject:
        return parties
    units = split_units(subject, offset, 0.75)
    rest = body[verb.start() :]
    if re.match(
        r",?\s+(?:là (?:cơ quan|đơn vị) (?:đầu mối,? )?|chịu trách nhiệm )?chủ trì\b", rest
    ):
        parties.lead += units
        joint = re.match(r"[^.;:\n]{0,60}?\bphối hợp (?:chặt chẽ )?(?:với |cùng (?:với )?)", rest)
        if joint is not None:
            parties.coordinating += _listed(body, verb.start() + joint.end(), offset)
    elif given:
        parties.actors += units
    else:
        parties.actors += units
    return parties


# Below the heading of a unit, which leads.
_LEADS_WITH = expression(
    r"Chủ trì,?\s*(?:và\s+)?phối hợp (?:chặt chẽ )?(?:với|cùng(?: với)?)\s+(?=\S)"
)


def _listed(body: str, begin: int, offset: int) -> list[Words]:
    """The units behind "phối hợp với", up to what they are to do."""
    tail = re.split(r"[.;:\n]", body[begin:], maxsplit=1)[0]
    stop = verb_after_units(tail)
    listed = tail[: stop.start()] if stop is not None else tail
    if not (begins_unit(listed) or listed[:1].isupper()) or len(listed) > _LONGEST_LIST:
        return []
    return split_units(listed, offset + begin, 0.8)


_LONGEST_LIST = 400


def _all_units(text: str) -> bool:
    return begins_named_unit(text) and verb_after_units(text + " ") is None
