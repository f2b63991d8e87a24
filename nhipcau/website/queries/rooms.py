"""What the blocks of a page hold at a moment: chosen works, works by rules, gates, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.queries.public import First, Wanted, first_out, first_with_picture
from nhipcau.publishing.queries.public_works import corrections_told, withdrawals_told
from nhipcau.translation.enums import Mode
from nhipcau.translation.manuscript import Block, from_body
from nhipcau.translation.models import Subject
from nhipcau.website.enums import TAGS, Look
from nhipcau.website.queries.cards import Card, cards_of, listed
from nhipcau.website.queries.places import GateNow, gates_now
from nhipcau.website.queries.words import no_medium
from nhipcau.website.rules.tags import GATES, corrections_tag, subject_tag
from nhipcau.website.store.tags import shows

LEADS_AMONG = 8  # the newest works of which the first with a picture leads
CORRECTIONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Room:
    """One block of a page with what it holds just now."""

    kind: str
    title: str = ""
    look: str = Look.CARDS
    cards: Sequence[Card] = ()
    more: str = ""
    blocks: Sequence[Block] = ()
    gates: Sequence[GateNow] = ()
    rows: Sequence[ReleasedVersion] = ()
    withdrawn: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.cards or self.blocks or self.gates or self.rows)


@dataclass(slots=True)
class _Gathering:
    """Texts for all blocks of a page, so that what they show is fetched at once."""

    language: str
    at: datetime
    shown: set[int] = field(default_factory=set)
    firsts: list[First] = field(default_factory=list)

    def by_rule(self, wanted: Wanted, *, most: int) -> list[First]:
        found = listed(wanted, at=self.at, most=most)
        return self.take(found)

    def chosen(self, short_ids: Sequence[str]) -> list[First]:
        subjects = list(Subject.objects.filter(short_id__in=short_ids))
        numbers = {subject.pk: subject.short_id for subject in subjects}
        wanted = Wanted(language=self.language, subjects=frozenset(numbers))
        shows(*(subject_tag(subject.uuid) for subject in subjects))
        found = {numbers[first.subject]: first for first in first_out(wanted, at=self.at)}
        return self.take([found[each] for each in short_ids if each in found])

    def take(self, found: list[First]) -> list[First]:
        self.shown |= {first.subject for first in found}
        self.firsts += found
        return found


def rooms_of(stream: Iterable[Any], *, language: str, at: datetime) -> list[Room]:
    """The blocks of a page in their order; those that hold nothing are left out.

    `language` is that of the interface. One query for each rule, two for each choice, and seven
    for all their works together; five for gates, two for corrections.
    """
    gathering = _Gathering(TAGS.get(language, language), at)
    parts = [(str(block.block_type), block.value) for block in stream]
    found = [_texts(kind, value, gathering) for kind, value in parts]
    every = cards_of(list(dict.fromkeys(gathering.firsts)), frame=language, at=at)
    cards = {card.entry.version_id: card for card in every}
    rooms = []
    for (kind, value), texts in zip(parts, found, strict=True):
        held = [cards[text.version] for text in texts if text.version in cards]
        rooms.append(_room(kind, value, held, language=language, at=at))
    return [room for room in rooms if not room.is_empty]


def _texts(kind: str, value: Mapping[str, Any], gathering: _Gathering) -> list[First]:
    """The texts that a block asks for; those that a lead shows are not shown again below it."""
    language = gathering.language
    if kind == "lead":
        chosen = value.get("work") or ""
        if chosen:
            return gathering.chosen([chosen])
        newest = listed(
            Wanted(language=language, mode=Mode.WRITTEN), at=gathering.at, most=LEADS_AMONG
        )
        leading = first_with_picture(newest, at=gathering.at)
        return gathering.take([leading] if leading is not None else [])
    if kind == "works":
        return gathering.by_rule(wanted_by(value, language, gathering.shown), most=value["number"])
    if kind == "picks":
        return gathering.chosen([each for each in value["works"] if each])
    if kind == "listen":
        return gathering.by_rule(
            Wanted(mode=Mode.SPOKEN, without=frozenset(gathering.shown)), most=value["number"]
        )
    return []


def wanted_by(value: Mapping[str, Any], language: str, shown: Iterable[int]) -> Wanted:
    """What a rule wants, without what stands on the page already."""
    return Wanted(
        language=language,
        topics=frozenset(value.get("topics") or ()),
        kinds=frozenset(value.get("kinds") or ()),
        without=frozenset(shown),
    )


def _room(
    kind: str, value: Mapping[str, Any], cards: Sequence[Card], *, language: str, at: datetime
) -> Room:
    title = str(value.get("title") or "")
    if kind == "gates":
        shows(GATES)
        return Room(kind, title, gates=gates_now(at=at))
    if kind == "corrections":
        tag = TAGS.get(language, language)
        shows(corrections_tag(tag))
        return Room(
            kind,
            title,
            rows=list(corrections_told(at=at, language=tag)[:CORRECTIONS_SHOWN]),
            withdrawn=withdrawals_told(at=at, language=tag).count(),
        )
    if kind == "words":
        raw = [{"type": "text", "value": str(value["text"].source), "id": "w"}]
        return Room(kind, title, blocks=from_body(raw, no_medium, language=language).blocks)
    more = value.get("more")
    return Room(
        kind,
        title,
        look=str(value.get("look") or Look.CARDS),
        cards=cards,
        more=more.url_path if more is not None and more.live else "",
    )
