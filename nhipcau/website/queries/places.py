"""Border gates with their hours and languages, and the official accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from nhipcau.publishing.queries.public import First, Wanted
from nhipcau.registry.models import Language, Province
from nhipcau.registry.queries.gates import GateRow, gates_on
from nhipcau.website.models import Account, GateHours
from nhipcau.website.queries.cards import Card, cards_of, listed
from nhipcau.website.rules.maps import GateMap, Spot, gate_map

GATE_TOPICS = frozenset({"official/border-gates"})
WORKS_OF_A_GATE = 4
GENERAL_WORKS = 6


@dataclass(frozen=True, slots=True)
class GateNow:
    """A border gate on a day; `hours` is None where nobody has told them."""

    row: GateRow
    hours: GateHours | None
    cards: Sequence[Card] = ()

    @property
    def name(self) -> str:
        return str(self.row.gate.area.label)

    @property
    def is_open(self) -> bool:
        return self.hours is not None and self.hours.opens is not None

    @property
    def is_closed(self) -> bool:
        """Whether it is told to be closed on these days."""
        return self.hours is not None and self.hours.opens is None

    @property
    def tongues(self) -> Sequence[Language]:
        """The languages spoken there. No query: they came with the hours."""
        return list(self.hours.languages.all()) if self.hours else []

    @property
    def spot(self) -> Spot | None:
        """Where it lies, if that is on record."""
        area = self.row.gate.area
        if area.latitude is None or area.longitude is None:
            return None
        return Spot(self.row.gate.pk, area.label, float(area.latitude), float(area.longitude))


def gates_now(*, at: datetime) -> list[GateNow]:
    """The border gates of the province with their hours on the day. Seven queries at most."""
    province = Province.objects.select_related("area").defer("emblem").first()
    if province is None:
        return []
    day = timezone.localdate(at)
    rows = gates_on(day, within=province.area)
    hours = hours_on(day, gates=[row.gate.pk for row in rows])
    return [GateNow(row, hours.get(row.gate.pk)) for row in rows]


def hours_on(day: date, *, gates: Sequence[int]) -> Mapping[int, GateHours]:
    """The hours in force on the day, by gate. Two queries, none for no gate."""
    found: dict[int, GateHours] = {}
    if gates:
        for hours in (
            GateHours.objects.filter(gate__in=gates, valid_from__lte=day)
            .prefetch_related("languages")
            .order_by("-valid_from", "-pk")
        ):
            found.setdefault(hours.gate_id, hours)
    return found


@dataclass(frozen=True, slots=True)
class GatesPage:
    gates: Sequence[GateNow]
    general: Sequence[Card]
    map: GateMap | None


def gates_page(*, language: str, tag: str, at: datetime) -> GatesPage:
    """Every gate with the works about it, and works about all gates.

    Seven queries, one for each gate, one for works about all, and seven for their cards.
    """
    gates = gates_now(at=at)
    of_gate = {
        gate.row.gate.pk: listed(
            Wanted(language=tag, areas=frozenset({gate.row.gate.area_id})),
            at=at,
            most=WORKS_OF_A_GATE,
        )
        for gate in gates
    }
    taken = {first.subject for firsts in of_gate.values() for first in firsts}
    general = listed(
        Wanted(language=tag, topics=GATE_TOPICS, without=frozenset(taken)),
        at=at,
        most=GENERAL_WORKS,
    )
    every = [first for firsts in of_gate.values() for first in firsts] + general
    cards = {
        card.entry.version_id: card
        for card in cards_of(list(dict.fromkeys(every)), frame=language, at=at)
    }
    return GatesPage(
        [GateNow(gate.row, gate.hours, _held(of_gate[gate.row.gate.pk], cards)) for gate in gates],
        _held(general, cards),
        gate_map([gate.spot for gate in gates if gate.spot is not None]),
    )


def _held(firsts: Sequence[First], cards: Mapping[int, Card]) -> list[Card]:
    return [cards[first.version] for first in firsts if first.version in cards]


def accounts_on(day: date) -> list[Account]:
    """The official accounts that are listed on the day. One query."""
    listed = Account.objects.filter(listed_on__lte=day).exclude(closed_on__lte=day)
    return list(listed.select_related("unit", "language"))
