"""The registry as a book of names: units by every way of writing them, areas by theirs.

Built once for many drafts (`names_on_record`); looking up costs none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from nhipcau.kernel.folding import folded
from nhipcau.kernel.intervals import Interval
from nhipcau.registry.enums import NameKind, Verdict
from nhipcau.registry.models import Area, AreaName, UnitName
from nhipcau.registry.queries.areas import area_changes
from nhipcau.registry.queries.names import name_index
from nhipcau.registry.queries.units import unit_changes
from nhipcau.registry.rules.resolution import NameIndex
from nhipcau.registry.rules.succession import Change, successors
from nhipcau.translation.proofreading.context import NameAnswer, NameVerdict

_VERDICTS = {
    Verdict.EXACT: NameVerdict.KNOWN,
    Verdict.ACRONYM: NameVerdict.KNOWN,
    Verdict.GROUP: NameVerdict.KNOWN,
    Verdict.TYPO: NameVerdict.MISSPELT,
    Verdict.AMBIGUOUS: NameVerdict.AMBIGUOUS,
    Verdict.UNKNOWN: NameVerdict.UNKNOWN,
}


_ALL_ON_RECORD = ("tỉnh ", "cửa khẩu ")


@dataclass(frozen=True, slots=True)
class Bearer:
    """A unit or area that bears, or bore, a name."""

    id: int
    label: str
    named: Interval
    being: Interval


class RecordedNames:
    """Fulfils `NameBook`. `scope` is the area in which the drafts are written."""

    def __init__(
        self,
        index: NameIndex,
        *,
        units: Mapping[str, Iterable[Bearer]],
        areas: Mapping[str, Iterable[Bearer]],
        labels: Mapping[tuple[str, int], str],
        changes: Mapping[str, Iterable[Change]],
        scope: int | None = None,
    ) -> None:
        self._index = index
        self._units = {name: tuple(bearers) for name, bearers in units.items()}
        self._areas = {name: tuple(bearers) for name, bearers in areas.items()}
        self._labels = labels
        self._changes = {kind: tuple(found) for kind, found in changes.items()}
        self._scope = scope
        self._asked: dict[tuple[str, date], NameAnswer] = {}

    def look_up(self, name: str, *, on: date) -> NameAnswer:
        key = (folded(name), on)
        if key not in self._asked:
            self._asked[key] = self._answer(name, key[0], on)
        return self._asked[key]

    def _answer(self, name: str, said: str, on: date) -> NameAnswer:
        if area := self._recorded("area", self._areas.get(said, ()), on):
            return area
        if unit := self._recorded("unit", self._units.get(said, ()), on):
            return unit
        found = self._index.resolve(name, on=on, scope=self._scope)
        right = tuple(candidate.label for candidate in found.candidates)
        if found.only is not None and not found.only.is_group and not found.only.in_being:
            ended = self._index.units[found.only.id].span.end
            return NameAnswer(
                NameVerdict.FORMER, self._successors("unit", found.only.id, on), ended
            )
        if found.verdict == Verdict.TYPO and found.only is not None:
            right = (found.only.matched,)
        if found.verdict == Verdict.UNKNOWN and (near := self._nearly_an_area(said)):
            return NameAnswer(NameVerdict.MISSPELT, (near,))
        return NameAnswer(_VERDICTS[Verdict(found.verdict)], right)

    def _nearly_an_area(self, said: str) -> str:
        """One letter off the name of a province or gate, of which all are on record."""
        if not said.startswith(_ALL_ON_RECORD):
            return ""
        kin = [name for name in self._areas if name.partition(" ")[0] == said.partition(" ")[0]]
        found = process.extract(said, kin, scorer=Levenshtein.distance, score_cutoff=1, limit=2)
        return self._areas[found[0][0]][0].label if len(found) == 1 else ""

    def _recorded(self, kind: str, bearers: Iterable[Bearer], on: date) -> NameAnswer | None:
        """By the exact name alone: who bears it today, else who bore it."""
        known = tuple(bearers)
        if not known:
            return None
        if any(on in bearer.named and on in bearer.being for bearer in known):
            return NameAnswer(NameVerdict.KNOWN)
        last = max(known, key=lambda bearer: _ended(bearer) or date.max)
        ended = _ended(last)
        if ended is None or ended > on:
            return NameAnswer(NameVerdict.KNOWN)
        if on in last.being:
            return NameAnswer(NameVerdict.FORMER, (last.label,), ended)
        return NameAnswer(NameVerdict.FORMER, self._successors(kind, last.id, on), ended)

    def _successors(self, kind: str, number: int, on: date) -> tuple[str, ...]:
        found = successors(number, self._changes[kind], as_of=on) - {number}
        return tuple(sorted(self._labels[kind, each] for each in found))


def _ended(bearer: Bearer) -> date | None:
    ends = [span.end for span in (bearer.named, bearer.being) if span.end is not None]
    return min(ends) if ends else None


def names_on_record(*, scope: int | None = None) -> RecordedNames:
    """All names of units and areas, with what became of those who bore them. Fifteen queries."""
    index = name_index()
    beings = {
        pk: (label, _interval(born, died))
        for pk, label, born, died in Area.objects.values_list(
            "pk", "label", "valid_from", "valid_to"
        )
    }
    areas: dict[str, list[Bearer]] = defaultdict(list)
    area_rows = AreaName.objects.filter(kind__in=[NameKind.OFFICIAL, NameKind.FORMER])
    for pk, text, start, end in area_rows.values_list("area_id", "text", "valid_from", "valid_to"):
        label, being = beings[pk]
        areas[_folded(text)].append(Bearer(pk, label, _interval(start, end), being))
    units: dict[str, list[Bearer]] = defaultdict(list)
    unit_rows = UnitName.objects.filter(kind=NameKind.FORMER)
    for pk, text, start, end in unit_rows.values_list("unit_id", "text", "valid_from", "valid_to"):
        unit = index.units[pk]
        being = _interval(unit.span.start, unit.span.end)
        units[_folded(text)].append(Bearer(pk, unit.label, _interval(start, end), being))
    labels = {("area", pk): label for pk, (label, _being) in beings.items()}
    labels |= {("unit", pk): unit.label for pk, unit in index.units.items()}
    return RecordedNames(
        index,
        units=units,
        areas=areas,
        labels=labels,
        changes={"area": area_changes(), "unit": unit_changes()},
        scope=scope,
    )


@lru_cache(maxsize=20_000)  # the same names come again with every text that is handed in
def _folded(text: str) -> str:
    return folded(text)


def _interval(start: date | None, end: date | None) -> Interval:
    if start is not None and end is not None and end <= start:
        return Interval(start, start + timedelta(days=1))
    return Interval(start, end)
