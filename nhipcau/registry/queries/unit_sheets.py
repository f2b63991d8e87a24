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
from nhipcau.registry.enums import NameKind
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
}
NAME_MARK = "; "

__all__ = [
    "LARGEST_FILE",
    "Difference",
    "PlannedUnit",
    "Refused",
    "SheetPreview",
    "exported_units",
    "exported_workbook",
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
    """Every unit as a row for `write_units`, by key. Five queries, however many units."""
    areas = dict(Area.objects.values_list("pk", "key"))
    names: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for unit_id, kind, text in (
        UnitName.objects.filter(kind__in=OTHER_NAMES.values())
        .order_by("pk")
        .values_list("unit_id", "kind", "text")
    ):
        names[unit_id][kind].append(text)
    codes = dict(UnitCode.objects.filter(valid_to__isnull=True).values_list("unit_id", "code"))
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
            "code": codes.get(unit.pk, ""),
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
            "source": unit.source,
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
    record. Seven queries, however many rows.
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
            if _comparable(present[name]) != value
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


def _contradictions(
    key: str, values: dict[str, Any], known: _OnRecord, keys: set[str]
) -> list[str]:
    problems: list[str] = []
    present = known.units.get(key, {})
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
