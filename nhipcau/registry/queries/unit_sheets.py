"""What an imported sheet would change, and the sheet of what is on record."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.kernel.folding import canonical, folded, unaccented
from nhipcau.registry.enums import HowToTake, NameKind
from nhipcau.registry.imports.unit_workbook import (
    HEADERS,
    LARGEST_FILE,
    SheetRow,
    read_units,
    write_units,
)
from nhipcau.registry.models import Area, Unit, UnitCode, UnitName, UnitParent
from nhipcau.registry.rules.naming import is_electronic_code, key_of_unit

OTHER_NAMES = {
    "short": NameKind.SHORT,
    "abbreviation": NameKind.ABBREVIATION,
    "english": NameKind.ENGLISH,
    "former": NameKind.FORMER,
}
# What a unit is called or known by: where it differs, a person says whether it is new or an error.
BORNE = ("name", "short", "abbreviation", "english", "code")
NAME_MARK = "; "

__all__ = [
    "LARGEST_FILE",
    "Difference",
    "PlannedUnit",
    "Refused",
    "SheetPreview",
    "SheetRow",
    "exported_units",
    "exported_workbook",
    "names_in",
    "preview_units",
    "rows_of_workbook",
    "words_of_columns",
]


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """One accepted row: a new unit when `unit_id` is None, else corrections of that unit."""

    number: int
    key: str
    unit_id: int | None
    values: dict[str, Any]
    differences: tuple[Difference, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether a name or code on record would become another one."""
        return any(each.field in BORNE and each.before for each in self.differences)

    @property
    def since(self) -> date | None:
        """The day from which the row says that its names and code hold."""
        return self.values.get("since")

    @property
    def ways(self) -> tuple[HowToTake, ...]:
        """How the row may be taken; a new name needs its day."""
        rest = (HowToTake.CORRECTION, HowToTake.LEAVE)
        return (HowToTake.NEW, *rest) if self.since else rest


@dataclass(frozen=True, slots=True)
class Refused:
    number: int
    sentences: tuple[str, ...]


@dataclass(slots=True)
class SheetPreview:
    add: list[PlannedUnit] = field(default_factory=list)
    change: list[PlannedUnit] = field(default_factory=list)
    unchanged: list[PlannedUnit] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """One hash over everything that would happen: what was looked at is what is applied."""
        whole = repr((self.add, self.change, [row.number for row in self.refused]))
        return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(slots=True)
class _OnRecord:
    units: dict[str, dict[str, Any]]
    by_name: dict[tuple[str, str], list[str]]
    areas: dict[str, list[tuple[str, str]]]
    code_holders: dict[str, str]


def exported_units() -> list[dict[str, Any]]:
    """Every unit as a row for `write_units`, by key. Five queries, however many units.

    Beside the columns of the sheet a row tells since when its name and its code hold.
    """
    areas = dict(Area.objects.values_list("pk", "key"))
    names: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    begun: dict[int, date | None] = {}
    for unit_id, kind, text, start, end, unit_end in UnitName.objects.order_by("pk").values_list(
        "unit_id", "kind", "text", "valid_from", "valid_to", "unit__valid_to"
    ):
        if kind == NameKind.OFFICIAL and end is None:
            begun[unit_id] = start
        # Names that ended before the unit did are history; former ones are that by their kind.
        if kind == NameKind.FORMER or end == unit_end or end is None:
            names[unit_id][kind].append(text)
    codes: dict[int, tuple[str, date | None]] = {
        unit_id: (code, start)
        for unit_id, code, start in UnitCode.objects.filter(valid_to__isnull=True).values_list(
            "unit_id", "code", "valid_from"
        )
    }
    parents = dict(
        UnitParent.objects.order_by("valid_from", "pk").values_list("unit_id", "parent__key")
    )
    return [
        {
            "key": unit.key,
            "kind": unit.kind,
            "name": unit.label,
            **{name: NAME_MARK.join(names[unit.pk][kind]) for name, kind in OTHER_NAMES.items()},
            "area": areas[unit.area_id] if unit.area_id else "",
            "parent": parents.get(unit.pk, ""),
            "code": codes.get(unit.pk, ("", None))[0],
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "source": unit.source,
            "name_since": begun.get(unit.pk),
            "code_since": codes.get(unit.pk, ("", None))[1],
        }
        for unit in Unit.objects.order_by("key")
    ]


def exported_workbook() -> bytes:
    """Every unit on record as an .xlsx workbook. Five queries."""
    return write_units(exported_units())


def rows_of_workbook(data: bytes) -> list[SheetRow]:
    """The rows of a workbook of units. Raises WorkbookRefused with one sentence."""
    return read_units(data)


def words_of_columns() -> dict[str, str]:
    """What stands above each column, by the field's name."""
    return {name: words[0] for name, words in HEADERS.items()}


def preview_units(rows: Iterable[SheetRow]) -> SheetPreview:
    """What each row would do: add a unit, correct one, change nothing, or be refused and why.

    A row is matched by its key, without one by name and area. An empty cell leaves what is on
    record. Where a name or a code on record would become another one, the row `asks` how it is
    to be taken. Seven queries, however many rows.
    """
    rows = list(rows)
    known = _on_record()
    preview = SheetPreview()
    told_keys = {row.values["key"] for row in rows if row.values.get("key")}
    seen: set[str] = set()
    for row in rows:
        problems = list(row.problems)
        values = dict(row.values)
        problems += [
            _("The column “%(column)s” is empty.") % {"column": HEADERS[name][0]}
            for name in ("kind", "name")
            if not values.get(name) and not any(problems)
        ]
        if "area" in values and not problems:
            values["area"] = _area_key(values["area"], known, problems)
        key = "" if problems else _key_of(values, known, problems)
        if key and key in seen:
            problems.append(_("This unit stands in an earlier row of the sheet."))
        if not problems:
            seen.add(key)
            problems += _contradictions(key, values, known, told_keys | seen)
        if problems:
            preview.refused.append(Refused(row.number, tuple(problems)))
            continue
        values.pop("key", None)
        present = known.units.get(key)
        if present is None:
            preview.add.append(PlannedUnit(row.number, key, None, values))
            continue
        differences = tuple(
            Difference(name, present[name], value)
            for name, value in sorted(values.items())
            if name != "since" and not _says_the_same(name, present[name], value)
        )
        planned = PlannedUnit(row.number, key, present["pk"], values, differences)
        (preview.change if differences else preview.unchanged).append(planned)
        if code := values.get("code"):
            known.code_holders[code] = key
    _refuse_orphans(preview, known)
    return preview


def _refuse_orphans(preview: SheetPreview, known: _OnRecord) -> None:
    """A row may stand under a row of the same sheet, but not under one that is itself refused."""
    while True:
        accepted = {each.key for each in preview.add} | set(known.units)
        for planned in (*preview.add, *preview.change):
            parent = planned.values.get("parent")
            if parent and parent not in accepted:
                break
        else:
            return
        for plans in (preview.add, preview.change):
            if planned in plans:
                plans.remove(planned)
        sentence = _("The row of the unit above, “%(key)s”, is refused.") % {"key": parent}
        preview.refused.append(Refused(planned.number, (sentence,)))
        preview.refused.sort(key=lambda row: row.number)


def names_in(cell: str) -> list[str]:
    """The names in one cell, each once."""
    told = (text.strip() for text in cell.split(NAME_MARK.strip()))
    return list(dict.fromkeys(text for text in told if text))


def _says_the_same(name: str, present: Any, value: Any) -> bool:
    """Whether the cell adds nothing to the record; former names are only ever added."""
    if name == "former":
        return set(names_in(value)) <= {canonical(each) for each in names_in(present)}
    return bool(_comparable(present) == value)


def _comparable(value: Any) -> Any:
    return canonical(value) if isinstance(value, str) else value


def _on_record() -> _OnRecord:
    units: dict[str, dict[str, Any]] = {}
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    pks = dict(Unit.objects.values_list("key", "pk"))
    for row in exported_units():
        units[row["key"]] = {**row, "pk": pks[row["key"]]}
        by_name[folded(row["name"]), row["area"]].append(row["key"])
    areas: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, label in Area.objects.values_list("key", "label"):
        areas[key].append((key, label))
        areas[unaccented(label)].append((key, label))
    holders = {row["code"]: row["key"] for row in units.values() if row["code"]}
    return _OnRecord(units, by_name, areas, holders)


def _area_key(text: str, known: _OnRecord, problems: list[str]) -> str:
    found = known.areas.get(text) or known.areas.get(unaccented(text), [])
    exact = [key for key, label in found if text in (key, label)] or [key for key, _l in found]
    if len(exact) == 1:
        return exact[0]
    if exact:
        problems.append(
            _("Several areas are called “%(area)s”: %(keys)s; write the key of one.")
            % {"area": text, "keys": ", ".join(sorted(exact)[:5])}
        )
    else:
        problems.append(_("No area on record is called “%(area)s”.") % {"area": text[:80]})
    return ""


def _key_of(values: dict[str, Any], known: _OnRecord, problems: list[str]) -> str:
    if key := values.get("key"):
        return str(key)
    area = values.get("area", "")
    same = known.by_name.get((folded(values["name"]), area), [])
    if len(same) == 1:
        return same[0]
    if same:
        problems.append(
            _("Several units bear this name there: %(keys)s; write the key of one.")
            % {"keys": ", ".join(sorted(same)[:5])}
        )
        return ""
    return key_of_unit(values["name"], area)


def _too_early(values: dict[str, Any], present: dict[str, Any]) -> list[str]:
    """A new name or code begins after the one that it follows."""
    since: date | None = values.get("since")
    if since is None or not present:
        return []
    for name, started in (("name", "name_since"), ("code", "code_since")):
        if (begun := present[started]) is None or since > begun:
            continue
        if present[name] and values.get(name) not in {None, _comparable(present[name])}:
            return [
                _("What is new has to begin after %(day)s, when “%(before)s” began.")
                % {"day": f"{begun:%d/%m/%Y}", "before": present[name]}
            ]
    return []


def _contradictions(
    key: str, values: dict[str, Any], known: _OnRecord, keys: set[str]
) -> list[str]:
    problems: list[str] = []
    present = known.units.get(key, {})
    problems += _too_early(values, present)
    start: date | None = values.get("valid_from", present.get("valid_from"))
    end: date | None = values.get("valid_to", present.get("valid_to"))
    if start is not None and end is not None and end <= start:
        problems.append(_("The unit would end before it begins."))
    if code := values.get("code"):
        values["code"] = code = code.upper()
        if not is_electronic_code(code):
            problems.append(_("“%(code)s” is no electronic code.") % {"code": code[:40]})
        elif known.code_holders.get(code, key) != key:
            problems.append(
                _("The code %(code)s belongs to the unit “%(key)s”.")
                % {"code": code, "key": known.code_holders[code]}
            )
        else:
            known.code_holders[code] = key
    parent = values.get("parent")
    if parent == key:
        problems.append(_("A unit does not stand under itself."))
    elif parent and parent not in known.units and parent not in keys:
        problems.append(
            _("No unit has the key “%(key)s” of the unit above.") % {"key": parent[:80]}
        )
    return problems
