"""The snapshot of names that look-ups work on, and the ways in which each may be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nhipcau.kernel.intervals import Interval
from nhipcau.registry.enums import NameKind, UnitKind, Verdict
from nhipcau.registry.rules.naming import Word, form_and_place, without_place, words_of

NEEDS_ITS_LEVEL = frozenset({UnitKind.PEOPLES_COMMITTEE, UnitKind.PEOPLES_COUNCIL})
ALWAYS = Interval(None, None)


@dataclass(frozen=True, slots=True)
class KnownUnit:
    id: int
    kind: str
    label: str
    area_id: int | None = None
    parent_id: int | None = None
    span: Interval = ALWAYS


@dataclass(frozen=True, slots=True)
class KnownName:
    unit_id: int
    text: str
    kind: str = NameKind.OFFICIAL
    span: Interval = ALWAYS


@dataclass(frozen=True, slots=True)
class KnownArea:
    """`names` are all names ever borne ("Tỉnh Lạng Sơn"); `parents` with the days they held."""

    id: int
    names: tuple[str, ...] = ()
    parents: tuple[tuple[int, Interval], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownGroup:
    id: int
    label: str
    names: tuple[str, ...]
    area_id: int | None = None
    span: Interval = ALWAYS


@dataclass(frozen=True, slots=True)
class Candidate:
    """One unit, or one group of units when `is_group`, and the name under which it was found."""

    id: int
    label: str
    matched: str
    is_group: bool = False
    in_being: bool = True


@dataclass(frozen=True, slots=True)
class Resolution:
    text: str
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    why: str = ""

    @property
    def only(self) -> Candidate | None:
        """The one answer; nothing where a person has to choose."""
        settled = self.verdict not in {Verdict.AMBIGUOUS, Verdict.UNKNOWN}
        return self.candidates[0] if settled else None


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which a unit's or group's name may be written."""

    owner_id: int
    is_group: bool
    text: str
    words: tuple[Word, ...]
    place_words: int
    names_place: bool
    span: Interval


def variants_of(
    name: KnownName, unit: KnownUnit, areas: Mapping[int, KnownArea]
) -> Iterable[Variant]:
    """The name as curated, and the same with or without the place it belongs to."""
    words = words_of(name.text)
    if not words:
        return
    seen: set[tuple[Word, ...]] = set()

    def variant(
        form: tuple[Word, ...], place_words: int, *, names_place: bool
    ) -> Iterable[Variant]:
        if form and form not in seen:
            seen.add(form)
            yield Variant(
                unit.id,
                False,
                name.text,
                form,
                place_words,
                names_place,
                name.span,
            )

    area = areas.get(unit.area_id) if unit.area_id is not None else None
    if area is None or name.kind == NameKind.ENGLISH:
        yield from variant(words, 0, names_place=True)
        return
    for area_name in area.names:
        form_text, place_text = form_and_place(area_name)
        form, place = words_of(form_text), words_of(place_text)
        core = without_place(words, form=form, place=place)
        bears_place = len(place) > 0 and words[-len(place) :] == place
        yield from variant(words, len(place) if bears_place else 0, names_place=bears_place)
        if unit.kind not in NEEDS_ITS_LEVEL:
            if len(core) > 1:
                yield from variant(core, 0, names_place=False)
            yield from variant(core + place, len(place), names_place=True)
        yield from variant(core + form, 0, names_place=False)
        yield from variant(core + form + place, len(place), names_place=True)


def group_variants_of(group: KnownGroup) -> Iterable[Variant]:
    for text in group.names:
        words = words_of(text)
        for form in (words, words[1:]) if words and words[0].folded == "cac" else (words,):
            if form:
                yield Variant(group.id, True, text, form, 0, False, group.span)
