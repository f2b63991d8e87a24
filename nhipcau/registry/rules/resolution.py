"""Which unit is meant by the words of a document: curated names first, then acronyms, then typos.

`NameIndex` is built once over a snapshot of names and answers thousands of look-ups without a
query. It never guesses: two units that answer equally well are reported as ambiguous.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from nhipcau.registry.enums import Verdict
from nhipcau.registry.rules.naming import (
    Word,
    accented_key,
    bears_accents,
    cleaned,
    folded_key,
    initials,
    readings,
    words_of,
)
from nhipcau.registry.rules.variants import (
    Candidate,
    KnownArea,
    KnownGroup,
    KnownName,
    KnownUnit,
    Resolution,
    Variant,
    group_variants_of,
    variants_of,
)

SHORTEST_NAME_WITH_TYPOS = 14  # letters, folded: shorter names lie too close to one another
FEWEST_WORDS_WITH_TYPOS = 4
LETTERS_PER_TYPO = 12
MOST_TYPOS = 3
MOST_CANDIDATES = 8


@dataclass(slots=True)
class NameIndex:
    """Names of a moment's snapshot, looked up by `resolve`."""

    units: Mapping[int, KnownUnit]
    areas: Mapping[int, KnownArea]
    groups: Mapping[int, KnownGroup]
    _folded: dict[str, list[Variant]] = field(default_factory=lambda: defaultdict(list))
    _initials: dict[str, list[Variant]] = field(default_factory=lambda: defaultdict(list))
    _by_length: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def build(
        cls,
        *,
        units: Iterable[KnownUnit],
        names: Iterable[KnownName],
        areas: Iterable[KnownArea] = (),
        groups: Iterable[KnownGroup] = (),
    ) -> NameIndex:
        index = cls(
            units={unit.id: unit for unit in units},
            areas={area.id: area for area in areas},
            groups={group.id: group for group in groups},
        )
        for name in names:
            index._add(variants_of(name, index.units[name.unit_id], index.areas))
        for group in index.groups.values():
            index._add(group_variants_of(group))
        for key in index._folded:
            if len(key) >= SHORTEST_NAME_WITH_TYPOS:
                index._by_length[len(key)].append(key)
        return index

    def _add(self, variants: Iterable[Variant]) -> None:
        for variant in variants:
            self._folded[folded_key(variant.words)].append(variant)
            self._initials[initials(variant.words)].append(variant)

    def resolve(
        self, text: str, *, on: date, scope: int | None = None, head: str | None = None
    ) -> Resolution:
        """The unit that `text` names on that day, read in a document of the area `scope`.

        `head` is the head word of the list in which the text stood ("Sở" of "Các Sở: TTTT, NgV").
        """
        plain = cleaned(text)
        spoken = [plain] if head is None else [f"{head} {plain}", plain]
        for way in (self._by_name, self._by_acronym, self._by_parts, self._by_typing_error):
            for said in spoken:
                if said and (found := way(said, text, on, scope)):
                    return found
        return Resolution(
            text,
            Verdict.UNKNOWN,
            self._near(plain, on, scope),
            _("No unit on record bears this name."),
        )

    def _by_name(self, said: str, text: str, on: date, scope: int | None) -> Resolution | None:
        """A curated name as written; one with wrong accents only is a typing error."""
        words = words_of(said)
        same = self._folded.get(folded_key(words), ())
        accented = accented_key(words)
        right = [variant for variant in same if accented_key(variant.words) == accented]
        if found := self._settle(right, text, Verdict.EXACT, on, scope):
            return found
        if not bears_accents(words):
            return self._settle(same, text, Verdict.EXACT, on, scope)
        return self._settle(
            [variant for variant in same if _same_place(words, variant)],
            text,
            Verdict.TYPO,
            on,
            scope,
        )

    def _by_acronym(self, said: str, text: str, on: date, scope: int | None) -> Resolution | None:
        fitting: dict[Variant, None] = {}
        head_is_short = False
        for reading in readings(said):
            if not any(word.is_prefix for word in reading):
                continue
            count = bears_accents(reading)
            for variant in self._initials.get(initials(reading), ()):
                pairs = zip(reading, variant.words, strict=True)
                if all(short.stands_for(word, accents_count=count) for short, word in pairs):
                    fitting[variant] = None
                    head_is_short = head_is_short or reading[0].is_prefix
        return self._settle(fitting, text, Verdict.ACRONYM, on, scope, head_is_short=head_is_short)

    def _by_parts(self, said: str, text: str, on: date, scope: int | None) -> Resolution | None:
        """X among the units below Y in "Cục X - Bộ Y" and "Cục X thuộc Bộ Y"."""
        for mark in (" - ", " – ", " thuộc "):
            part, found, whole = said.partition(mark)
            above = self._plainly(whole, on, scope) if found else None
            below = self._plainly(part, on, scope) if above is not None and above.only else None
            if above is None or above.only is None or below is None:
                continue
            inside = tuple(
                candidate
                for candidate in below.candidates
                if not candidate.is_group and self.units[candidate.id].parent_id == above.only.id
            )
            if len(inside) == 1:
                verdict = Verdict.ACRONYM if below.verdict == Verdict.AMBIGUOUS else below.verdict
                return Resolution(
                    text,
                    verdict,
                    inside,
                    _("“%(unit)s” is the one below “%(parent)s”.")
                    % {"unit": inside[0].label, "parent": above.only.label},
                )
        return None

    def _plainly(self, said: str, on: date, scope: int | None) -> Resolution | None:
        """By name or acronym alone: what is looked up in parts is not taken apart again."""
        return self._by_name(said, said, on, scope) or self._by_acronym(said, said, on, scope)

    def _by_typing_error(
        self, said: str, text: str, on: date, scope: int | None
    ) -> Resolution | None:
        words = words_of(said)
        key = folded_key(words)
        if len(key) < SHORTEST_NAME_WITH_TYPOS or len(words) < FEWEST_WORDS_WITH_TYPOS:
            return None
        allowed = min(MOST_TYPOS, max(1, len(key) // LETTERS_PER_TYPO))
        near = [
            length
            for length in range(len(key) - allowed, len(key) + allowed + 1)
            if length in self._by_length
        ]
        best: dict[int, list[Variant]] = defaultdict(list)
        for length in near:
            for found, distance, _position in process.extract(
                key,
                self._by_length[length],
                scorer=Levenshtein.distance,
                score_cutoff=allowed,
                limit=MOST_CANDIDATES,
            ):
                best[int(distance)] += [
                    variant for variant in self._folded[found] if _same_place(words, variant)
                ]
        for distance in sorted(best):
            if settled := self._settle(best[distance], text, Verdict.TYPO, on, scope):
                return settled
        return None

    def _near(self, plain: str, on: date, scope: int | None) -> tuple[Candidate, ...]:
        """Names to offer a person when nothing answers; never taken without one."""
        key = folded_key(words_of(plain))
        if len(key) < FEWEST_WORDS_WITH_TYPOS:
            return ()
        offered: dict[int, Candidate] = {}
        window = range(max(0, len(key) - 8), len(key) + 9)
        choices = [name for length in window for name in self._by_length.get(length, ())]
        for found, _score, _position in process.extract(
            key, choices, scorer=Levenshtein.normalized_similarity, score_cutoff=0.7, limit=20
        ):
            for variant in self._folded[found]:
                if not variant.is_group and self._rank(variant, on, scope) is not None:
                    offered.setdefault(variant.owner_id, self._candidate(variant, on))
        return tuple(offered.values())[:MOST_CANDIDATES]

    def _settle(
        self,
        variants: Iterable[Variant],
        text: str,
        verdict: Verdict,
        on: date,
        scope: int | None,
        *,
        head_is_short: bool = False,
    ) -> Resolution | None:
        ranked: dict[tuple[int, int], list[Variant]] = defaultdict(list)
        for variant in variants:
            if (rank := self._rank(variant, on, scope)) is not None:
                ranked[rank].append(variant)
        if not ranked:
            return None
        nearest = ranked[min(ranked)]
        if head_is_short:
            # "BTC" may be a Bộ as well as a Ban: nearness does not decide between head words.
            alive = [
                variant for rank in ranked if rank[0] == min(ranked)[0] for variant in ranked[rank]
            ]
            if len({variant.words[0].folded for variant in alive}) > 1:
                nearest = alive
        candidates = {
            (variant.is_group, variant.owner_id): self._candidate(variant, on)
            for variant in reversed(nearest)
        }
        found = tuple(sorted(candidates.values(), key=lambda each: (each.is_group, each.label)))
        if len(found) > 1:
            return Resolution(
                text,
                Verdict.AMBIGUOUS,
                found[:MOST_CANDIDATES],
                _("%(count)d units answer to this name; a person has to choose.")
                % {"count": len(found)},
            )
        verdict = Verdict.GROUP if found[0].is_group else verdict
        return Resolution(text, verdict, found, _reason(verdict, found[0]))

    def _rank(self, variant: Variant, on: date, scope: int | None) -> tuple[int, int] | None:
        """(being, nearness), smaller is better; nothing where it cannot be meant here."""
        if variant.is_group:
            group = self.groups[variant.owner_id]
            here = None if scope is None else {scope, *self._above(scope, on)}
            if here is not None and group.area_id is not None and group.area_id not in here:
                return None
            return (0 if on in group.span else 2, 0)
        unit = self.units[variant.owner_id]
        being = 2 if on not in unit.span else 0 if on in variant.span else 1
        # Where the unit is no more, its place is looked up as it was on its last days.
        day = on if on in unit.span or unit.span.start is None else max(unit.span.start, date.min)
        if scope is None:
            return (being, 0)
        if unit.area_id == scope:
            return (being, 0)
        if unit.area_id is None:
            return (being, 3)
        if unit.area_id in self._above(scope, on) or unit.area_id in self._above(scope, day):
            return (being, 1)
        if scope in self._above(unit.area_id, day) or scope in self._above(unit.area_id, on):
            return (being, 2)
        return (being, 4) if variant.names_place else None

    def _above(self, area_id: int, on: date) -> list[int]:
        found: list[int] = []
        current: int | None = area_id
        while current is not None and (area := self.areas.get(current)) is not None:
            current = next((parent for parent, span in area.parents if on in span), None)
            if current is None or current in found:
                break
            found.append(current)
        return found

    def _candidate(self, variant: Variant, on: date) -> Candidate:
        if variant.is_group:
            group = self.groups[variant.owner_id]
            return Candidate(group.id, group.label, variant.text, is_group=True)
        unit = self.units[variant.owner_id]
        return Candidate(unit.id, unit.label, variant.text, in_being=on in unit.span)


def _same_place(words: tuple[Word, ...], variant: Variant) -> bool:
    """A typing error may sit in the common words of a name, never in its place or its number."""
    count = bears_accents(words)
    if variant.place_words:
        pairs = zip(
            words[-variant.place_words :], variant.words[-variant.place_words :], strict=False
        )
        if not all(said.stands_for(word, accents_count=count) for said, word in pairs):
            return False
    numbers = [word.folded for word in words if word.folded.isdigit()]
    return numbers == [word.folded for word in variant.words if word.folded.isdigit()]


def _reason(verdict: Verdict, found: Candidate) -> str:
    names = {"matched": found.matched, "label": found.label}
    if not found.in_being:
        return _("“%(label)s” bore this name but is not in being on that day.") % names
    if verdict == Verdict.ACRONYM:
        return _("Read as an acronym of “%(matched)s”.") % names
    if verdict == Verdict.TYPO:
        return _("Read as “%(matched)s” with a typing error.") % names
    if verdict == Verdict.GROUP:
        return _("The group “%(label)s”.") % names
    return _("“%(matched)s” is a name on record.") % names
