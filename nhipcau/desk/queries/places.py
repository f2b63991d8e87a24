"""Areas, border gates, content languages and groups of units, as of a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OrderBy, OuterRef, Prefetch, QuerySet

from nhipcau.audit.queries import history_of_several
from nhipcau.audit.sentences import sentence_of
from nhipcau.desk.queries.documents import Line
from nhipcau.kernel.folding import unaccented
from nhipcau.registry.enums import AreaKind, GateKind, LanguageRole
from nhipcau.registry.models import (
    Area,
    AreaChangePart,
    AreaCode,
    AreaName,
    AreaPlacement,
    AreaTag,
    BorderGate,
    Document,
    GateStanding,
    GroupSnapshot,
    Language,
    LanguageArea,
    Province,
    Unit,
    UnitGroup,
)
from nhipcau.registry.models.querysets import holds_on
from nhipcau.registry.queries.areas import ids_inside
from nhipcau.registry.queries.corrections import still_says
from nhipcau.registry.queries.languages import SpokenHere, languages_of

INSIDE = 400  # areas shown inside another: the largest province has 168 communes
MOST_UNITS = 60

AREA_SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "name": ("label", "pk"),
    "-name": ("-label", "-pk"),
    "kind": ("kind", "label", "pk"),
    "from": (F("valid_from").desc(nulls_last=True), "label", "pk"),
}


def areas_listed(
    *, words: str, kind: str, within: int | None, on: date | None, day: date, sort: str
) -> QuerySet[Area]:
    """Areas that bear all the words in one of their names; `on` None: also those that are no more.

    `day` says of which day code and place are shown. Three queries for a page.
    """
    areas = Area.objects.all() if on is None else Area.objects.current(on=on)
    typed = unaccented(words).split()
    if typed:
        names = AreaName.objects.filter(area=OuterRef("pk"))
        for word in typed:
            names = names.filter(folded__contains=word)
        areas = areas.filter(Exists(names))
    if kind:
        areas = areas.filter(kind=kind)
    if within is not None:
        inside = AreaPlacement.objects.filter(area=OuterRef("pk"), parent=within)
        areas = areas.filter(Exists(inside if on is None else inside.filter(holds_on(on))))
    codes = AreaCode.objects.current(on=day)
    places = AreaPlacement.objects.current(on=day).select_related("parent")
    return (
        areas.order_by(*AREA_SORTS.get(sort, AREA_SORTS["name"]))
        .prefetch_related(Prefetch("codes", codes, to_attr="codes_then"))
        .prefetch_related(Prefetch("placements", places, to_attr="places_then"))
    )


def areas_that_hold_others() -> list[tuple[int, str]]:
    """Provinces and districts as (id, name), for choosing where to look. One query."""
    holding = Area.objects.filter(kind__in=[AreaKind.PROVINCE, AreaKind.DISTRICT])
    inside = AreaPlacement.objects.filter(parent=OuterRef("pk"))
    return list(holding.filter(Exists(inside)).order_by("label").values_list("pk", "label"))


@dataclass(frozen=True, slots=True)
class AreaStory:
    """All that is on record about an area, by date."""

    names: Sequence[AreaName]
    codes: Sequence[AreaCode]
    places: Sequence[AreaPlacement]
    inside: Sequence[Area]
    changes: Sequence[AreaChangePart]
    units: Sequence[Unit]
    languages: Sequence[SpokenHere]
    traits: Sequence[AreaTag]
    gate: BorderGate | None
    standings: Sequence[GateStanding]


def story_of_area(area: Area, *, on: date) -> AreaStory:
    """Names, codes, place, what lies and works in it, what became of it. At most eleven queries.

    Only a gate has standings, and no unit or other area lies in one.
    """
    latest = F("valid_from").desc(nulls_last=True)
    others = AreaChangePart.objects.select_related("area").order_by("side", "area__label")
    is_gate = area.kind == AreaKind.BORDER_GATE
    gate = BorderGate.objects.filter(area=area).first() if is_gate else None
    standings = GateStanding.objects.filter(gate=gate).select_related("part_of__area")
    inside = AreaPlacement.objects.current(on=on).filter(parent=area).select_related("area")
    return AreaStory(
        names=list(area.names.order_by(latest, "kind", "text")),
        codes=list(area.codes.order_by(latest)),
        places=list(area.placements.select_related("parent").order_by(latest)),
        inside=[]
        if is_gate
        else [row.area for row in inside.order_by("area__kind", "area__label")[:INSIDE]],
        changes=list(
            area.changes.select_related("change__document")
            .prefetch_related(Prefetch("change__parts", others))
            .order_by("change__on", "pk")
        ),
        units=[]
        if is_gate
        else list(Unit.objects.current(on=on).filter(area=area).order_by("label")[:MOST_UNITS]),
        languages=[] if is_gate else languages_of(area),
        traits=[] if is_gate else list(area.tags.current(on=on).order_by("trait")),
        gate=gate,
        standings=list(standings.order_by(latest)) if gate else [],
    )


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate as of a day, as the list shows it."""

    gate: BorderGate
    kind: GateKind
    since: date | None
    part_of: BorderGate | None
    place: Area | None
    province: Area | None
    grade: str

    @property
    def words(self) -> str:
        """Everything by which it is found, folded."""
        told = (
            self.gate.area.label,
            self.gate.neighbour_area,
            self.gate.neighbour_gate,
            self.place.label if self.place else "",
            self.province.label if self.province else "",
        )
        return unaccented(" ".join(told))


def gates_listed(*, words: str, kind: str, country: str, on: date) -> list[GateLine]:
    """The gates that exist on the day, by province and name. Four queries, however many gates.

    There are a few hundred in the whole country, so that they are narrowed here.
    """
    standing = {
        row.gate_id: row
        for row in GateStanding.objects.current(on=on).select_related("part_of__area")
    }
    places = {
        row.area_id: row.parent
        for row in AreaPlacement.objects.current(on=on).select_related("parent")
        if row.parent.kind != AreaKind.BORDER_GATE
    }
    found = []
    gates = BorderGate.objects.filter(holds_on(on, "area__")).select_related("area")
    for gate in gates.order_by("area__label"):
        row = standing.get(gate.pk)
        place = places.get(gate.area_id)
        above = place
        while above is not None and above.kind != AreaKind.PROVINCE:
            above = places.get(above.pk)
        found.append(
            GateLine(
                gate=gate,
                kind=GateKind(row.kind) if row else GateKind.UNKNOWN,
                since=row.valid_from if row else None,
                part_of=row.part_of if row else None,
                place=place,
                province=above,
                grade=row.grade if row else gate.area.grade,
            )
        )
    typed = unaccented(words).split()
    chosen = [
        line
        for line in found
        if (not kind or line.kind == kind)
        and (not country or line.gate.neighbour_country == country)
        and all(word in line.words for word in typed)
    ]
    return sorted(chosen, key=lambda line: line.province.label if line.province else "")


def countries_across() -> list[str]:
    """The countries that gates on record face, as ISO 3166 codes. One query."""
    facing = BorderGate.objects.exclude(neighbour_country="").order_by("neighbour_country")
    return list(facing.values_list("neighbour_country", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """A content language with how many areas speak it, and across how many borders it is spoken."""

    language: Language
    local: int
    neighbour: int


def languages_listed(*, words: str, mode: str, every: bool) -> list[LanguageLine]:
    """Content languages in use, or every one; Vietnamese first, then by name. Two queries."""
    languages = Language.objects.order_by("name", "tag")
    if not every:
        languages = languages.filter(in_use=True)
    if mode:
        languages = languages.filter(mode=mode)
    counted = Counter(LanguageArea.objects.values_list("language_id", "role"))
    typed = unaccented(words).split()
    lines = [
        LanguageLine(
            language,
            local=counted[language.pk, LanguageRole.LOCAL],
            neighbour=counted[language.pk, LanguageRole.NEIGHBOUR],
        )
        for language in languages
        if all(
            word
            in unaccented(
                f"{language.name} {language.english_name} {language.own_name} {language.tag}"
            )
            for word in typed
        )
    ]
    return sorted(lines, key=lambda line: line.language.tag != "vi")


def areas_of_language(language: Language) -> dict[str, list[LanguageArea]]:
    """Where it is spoken and across which borders, by role. One query. Said of areas only."""
    found: dict[str, list[LanguageArea]] = defaultdict(list)
    for row in language.areas.select_related("area").order_by("area__label"):
        found[row.role].append(row)
    return dict(found)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of units with how many it names on a day; None where a person decides."""

    group: UnitGroup
    count: int | None


def groups_listed(*, within: Area | None, on: date) -> list[GroupLine]:
    """Every group with the number of its members as of the day, by name; open ones last.

    Counts as `registry.queries.units.group_members` does, for all groups at once. Five queries,
    and one more for each area that groups keep to by themselves.
    """
    units = list(Unit.objects.current(on=on).values_list("kind", "area_id", "area__kind"))
    traits = set(AreaTag.objects.current(on=on).values_list("trait", "area_id"))
    insides: dict[int, frozenset[int]] = {}
    lines = []
    groups = UnitGroup.objects.select_related("within").prefetch_related("aliases")
    for group in groups.order_by("open_ended", "name"):
        if group.open_ended:
            lines.append(GroupLine(group, None))
            continue
        scope = within if within is not None else group.within
        if scope is not None and scope.pk not in insides:
            insides[scope.pk] = ids_inside(scope, on=on)
        count = sum(
            kind == group.unit_kind
            and (not group.area_kind or area_kind == group.area_kind)
            and (not group.area_trait or (group.area_trait, area_id) in traits)
            and (scope is None or area_id in insides[scope.pk])
            for kind, area_id, area_kind in units
        )
        lines.append(GroupLine(group, count))
    return lines


@dataclass(frozen=True, slots=True)
class RegistryCounts:
    units: int
    groups: int
    areas: int
    gates: int
    languages: int
    documents: int
    only_cited: int


def registry_counts(*, on: date) -> RegistryCounts:
    """How long each list of the registry is on the day. Seven queries."""
    documents = Document.objects.filter(bound_to__isnull=True)
    return RegistryCounts(
        units=Unit.objects.current(on=on).count(),
        groups=UnitGroup.objects.count(),
        areas=Area.objects.current(on=on).count(),
        gates=BorderGate.objects.filter(holds_on(on, "area__")).count(),
        languages=Language.objects.filter(in_use=True).count(),
        documents=documents.count(),
        only_cited=documents.filter(is_placeholder=True).count(),
    )


def house_area() -> Area | None:
    """The province whose house this is; None before it was set up. One query."""
    province = Province.objects.select_related("area").first()
    return province.area if province else None


def snapshots_of(group: UnitGroup) -> list[GroupSnapshot]:
    """When the group was fixed, newest first, each with its members. Two queries."""
    return list(
        group.snapshots.select_related("within")
        .prefetch_related("members")
        .order_by("-frozen_at", "-pk")[:20]
    )


def history_of_row(*rows: Area | BorderGate | Language | UnitGroup) -> list[Line]:
    """What people did to these rows, newest first; the last correction can be taken back.

    One query.
    """
    by_thing = {(row._meta.label_lower, str(row.pk)): row for row in rows}
    lines = []
    latest: set[tuple[str, str]] = set()
    for entry in history_of_several(list(by_thing), size=20).entries:
        thing = (entry.target_kind, entry.target_key)
        undo = (
            thing not in latest
            and entry.event.endswith(".corrected")
            and still_says(by_thing[thing], entry)
        )
        latest.add(thing)
        lines.append(Line(entry, sentence_of(entry), undo))
    return lines
