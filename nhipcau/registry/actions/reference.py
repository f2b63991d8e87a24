"""Loading the shipped facts, as often as one likes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical, unaccented
from nhipcau.registry.actions.shelves import Shelf, Tally
from nhipcau.registry.enums import DatePrecision, NameKind, Side
from nhipcau.registry.errors import ReferenceDataBroken
from nhipcau.registry.imports.shipped import Row, day, digest, rows, several
from nhipcau.registry.models import (
    Area,
    AreaChange,
    AreaChangePart,
    AreaCode,
    AreaName,
    AreaPlacement,
    AreaTag,
    BorderGate,
    Document,
    DocumentLink,
    GateStanding,
    GroupAlias,
    Language,
    LanguageArea,
    ReferenceLoad,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitGroup,
    UnitName,
    UnitParent,
)
from nhipcau.registry.queries.documents import cited_form
from nhipcau.registry.rules.citations import Cited, may_be_the_same, parsed

IS_YES = {"yes": True, "no": False}


@transaction.atomic
def load_reference_data(*, by: Actor, at: datetime) -> ReferenceLoad | None:
    """Bring in the shipped facts; rows are found by their keys and corrected where they differ.

    Nothing happens, and nothing is returned, when all of it is on record already. Rows that
    people added beside the shipped ones are left alone. Raises ReferenceDataBroken when the
    files contradict themselves; nothing is changed then.
    """
    tally = Tally.begin()
    documents = _documents(tally)
    areas = _areas(tally)
    _area_changes(tally, areas, documents)
    _gates(tally, areas)
    _languages(tally, areas)
    units = _units(tally, areas)
    _unit_changes(tally, units, documents)
    _groups(tally)
    if not tally.added and not tally.corrected:
        return None
    load = ReferenceLoad.objects.create(
        at=at, digest=digest(), added=tally.added, corrected=tally.corrected
    )
    record(
        event="registry.reference_data.loaded",
        target=load,
        by=by,
        at=at,
        after={"added": tally.added, "corrected": tally.corrected, "digest": load.digest},
    )
    return load


def _sourced(row: Row) -> dict[str, Any]:
    return {"source": row["source"], "grade": row["grade"]}


def _dated(row: Row) -> dict[str, date | None]:
    return {"valid_from": day(row["valid_from"]), "valid_to": day(row["valid_to"])}


def _documents(tally: Tally) -> dict[str, Document]:
    """By their citation as the files write it."""
    on_record: dict[str, list[Document]] = {}
    for known in Document.objects.filter(bound_to__isnull=True).exclude(citation_key=""):
        on_record.setdefault(known.citation_key, []).append(known)
    found: dict[str, Document] = {}
    for row in rows("documents"):
        citation = parsed(row["citation"])
        if citation is None:
            raise ReferenceDataBroken(f"{row['citation']} is no number of a document.")
        issued = day(row["issued_on"])
        cited = cited_form(citation, issuer=row["issuer"], year=issued.year if issued else None)
        values = {
            "type": row["type"],
            "number": citation.number,
            "symbol": citation.symbol,
            "citation": row["citation"],
            "citation_key": cited.citation_key,
            "issuer_text": canonical(row["issuer"]),
            "issuer_key": cited.issuer_key,
            "issued_on": issued,
            "issued_precision": DatePrecision(row["precision"]),
            "issued_year": cited.year or 0,
            "title": canonical(row["title"]),
            "in_force_from": day(row["in_force_from"]),
            "in_force_to": day(row["in_force_to"]),
            "note": row["note"],
            "is_placeholder": False,
            **_sourced(row),
        }
        same = [
            known
            for known in on_record.get(cited.citation_key, [])
            if may_be_the_same(
                cited, Cited(known.citation_key, known.issuer_key, known.issued_year or None)
            )
        ]
        if same:
            document = same[0]
            wrong = [
                name
                for name, value in values.items()
                if name not in document.corrected_fields and getattr(document, name) != value
            ]
            for name in wrong:
                setattr(document, name, values[name])
            if wrong:
                document.save(update_fields=wrong)
                tally.corrected += 1
        else:
            document = Document.objects.create(**values)
            tally.added += 1
        found[row["citation"]] = document
    links = Shelf(DocumentLink, ("from_document_id", "to_document_id", "kind"), tally)
    links.put_all(
        {
            "from_document_id": found[row["from"]].pk,
            "to_document_id": found[row["to"]].pk,
            "kind": row["kind"],
            "provision": row["provision"],
            "from_day": day(row["from_day"]),
            "is_whole": IS_YES[row["whole"]],
            **_sourced(row),
        }
        for row in rows("document_links")
    )
    return found


def _areas(tally: Tally) -> dict[str, Area]:
    told = rows("areas")
    further = rows("area_names")
    labels = {row["area"]: row["text"] for row in further if row["kind"] == NameKind.OFFICIAL}
    shelf = Shelf(Area, ("key",), tally, follows="label")
    placed = shelf.put_all(
        {
            "key": row["key"],
            "kind": row["kind"],
            "label": row["name"] or labels[row["key"]],
            "latitude": Decimal(row["latitude"]) if row["latitude"] else None,
            "longitude": Decimal(row["longitude"]) if row["longitude"] else None,
            **_dated(row),
            **_sourced(row),
        }
        for row in told
    )
    areas = {area.key: area for area in placed}
    names = Shelf(AreaName, ("area_id", "kind", "valid_from"), tally)
    codes = Shelf(AreaCode, ("area_id", "valid_from"), tally)
    placements = Shelf(AreaPlacement, ("area_id", "valid_from"), tally)
    tags = Shelf(AreaTag, ("area_id", "trait"), tally)
    official = [
        {**row, "area": row["key"], "kind": NameKind.OFFICIAL.value, "text": row["name"]}
        for row in told
        if row["name"]
    ]
    names.put_all(
        {"area_id": areas[row["area"]].pk, "kind": row["kind"], **_name(row)}
        for row in official + further
    )
    tally.call_by_their_names(placed, names.known.values())
    codes.put_all(
        {
            "area_id": areas[row["key"]].pk,
            "code": row["code"],
            **_dated(row),
            **_sourced(row),
        }
        for row in told
        if row["code"]
    )
    inside = [{**row, "area": row["key"]} for row in told if row["parent"]]
    placements.put_all(
        {
            "area_id": areas[row["area"]].pk,
            "parent_id": areas[row["parent"]].pk,
            **_dated(row),
            **_sourced(row),
        }
        for row in inside + rows("area_placements")
    )
    tags.put_all(
        {
            "area_id": areas[row["area"]].pk,
            "trait": row["trait"],
            **_dated(row),
            **_sourced(row),
        }
        for row in rows("area_tags")
    )
    return areas


def _name(row: Row) -> dict[str, Any]:
    text = canonical(row["text"])
    return {"text": text, "folded": unaccented(text), **_dated(row), **_sourced(row)}


def _area_changes(tally: Tally, areas: dict[str, Area], documents: dict[str, Document]) -> None:
    changes = Shelf(AreaChange, ("key",), tally)
    parts = Shelf(AreaChangePart, ("change_id", "area_id", "side"), tally)
    told = rows("area_changes")
    placed = changes.put_all({**_change(row, documents), "note": row["note"]} for row in told)
    parts.put_all(
        {"change_id": change.pk, "area_id": areas[key].pk, "side": side.value}
        for row, change in zip(told, placed, strict=True)
        for side, keys in ((Side.FROM, row["from"]), (Side.TO, row["to"]))
        for key in several(keys)
    )


def _change(row: Row, documents: dict[str, Document]) -> dict[str, Any]:
    document = documents[row["document"]] if row["document"] else None
    return {
        "key": row["key"],
        "kind": row["kind"],
        "on": day(row["on"]),
        "document_id": document.pk if document else None,
        **_sourced(row),
    }


def _gates(tally: Tally, areas: dict[str, Area]) -> None:
    shelf = Shelf(BorderGate, ("area_id",), tally)
    told = rows("border_gates")
    placed = shelf.put_all(
        {
            "area_id": areas[row["area"]].pk,
            "neighbour_country": row["neighbour_country"],
            "neighbour_area": row["neighbour_area"],
            "neighbour_gate": row["neighbour_gate"],
        }
        for row in told
    )
    gates = {row["area"]: gate for row, gate in zip(told, placed, strict=True)}
    standings = Shelf(GateStanding, ("gate_id", "valid_from"), tally)
    standings.put_all(
        {
            "gate_id": gates[row["gate"]].pk,
            "kind": row["kind"],
            "part_of_id": gates[row["part_of"]].pk if row["part_of"] else None,
            **_dated(row),
            **_sourced(row),
        }
        for row in rows("gate_standings")
    )


def _languages(tally: Tally, areas: dict[str, Area]) -> None:
    shelf = Shelf(Language, ("tag",), tally)
    placed = shelf.put_all(
        {
            "tag": row["tag"],
            "name": row["name"],
            "english_name": row["english_name"],
            "own_name": row["own_name"],
            "script": row["script"],
            "mode": row["mode"],
            "font_stack": several(row["fonts"], "|"),
            "spaces_between_words": IS_YES[row["spaces"]],
            "note": row["note"],
            **_sourced(row),
        }
        for row in rows("languages")
    )
    languages = {language.tag: language for language in placed}
    places = Shelf(LanguageArea, ("language_id", "area_id"), tally)
    places.put_all(
        {
            "language_id": languages[row["language"]].pk,
            "area_id": areas[row["area"]].pk,
            "role": row["role"],
            **_sourced(row),
        }
        for row in rows("language_areas")
    )


def _units(tally: Tally, areas: dict[str, Area]) -> dict[str, Unit]:
    shelf = Shelf(Unit, ("key",), tally, follows="label")
    official = Shelf(UnitName, ("unit_id", "kind", "valid_from"), tally)
    parents = Shelf(UnitParent, ("unit_id", "valid_from"), tally)
    told = rows("units")
    placed = shelf.put_all(
        {
            "key": row["key"],
            "kind": row["kind"],
            "area_id": areas[row["area"]].pk if row["area"] else None,
            "label": canonical(row["name"]),
            **_dated(row),
            **_sourced(row),
        }
        for row in told
    )
    units = {unit.key: unit for unit in placed}
    official.put_all(
        {
            "unit_id": units[row["key"]].pk,
            "kind": NameKind.OFFICIAL.value,
            **_name({**row, "text": row["name"]}),
        }
        for row in told
    )
    tally.call_by_their_names(placed, official.known.values())
    parents.put_all(
        {
            "unit_id": units[row["key"]].pk,
            "parent_id": units[row["parent"]].pk,
            **_dated(row),
            **_sourced(row),
        }
        for row in told
        if row["parent"]
    )
    other = Shelf(UnitName, ("unit_id", "kind", "text"), tally)
    other.put_all(
        {"unit_id": units[row["unit"]].pk, "kind": row["kind"], **_name(row)}
        for row in rows("unit_names")
    )
    return units


def _unit_changes(tally: Tally, units: dict[str, Unit], documents: dict[str, Document]) -> None:
    changes = Shelf(UnitChange, ("key",), tally)
    parts = Shelf(UnitChangePart, ("change_id", "unit_id", "side"), tally)
    told = rows("unit_changes")
    placed = changes.put_all(
        {**_change(row, documents), "function": row["function"], "note": row["note"]}
        for row in told
    )
    parts.put_all(
        {"change_id": change.pk, "unit_id": units[key].pk, "side": side.value}
        for row, change in zip(told, placed, strict=True)
        for side, keys in ((Side.FROM, row["from"]), (Side.TO, row["to"]))
        for key in several(keys)
    )


def _groups(tally: Tally) -> None:
    shelf = Shelf(UnitGroup, ("key",), tally)
    aliases = Shelf(GroupAlias, ("group_id", "text"), tally)
    for row in rows("unit_groups"):
        group = shelf.put(
            {
                "key": row["key"],
                "name": row["name"],
                "unit_kind": row["unit_kind"],
                "area_kind": row["area_kind"],
                "area_trait": row["area_trait"],
                "open_ended": IS_YES[row["open_ended"]],
                **_sourced(row),
            }
        )
        for text in several(row["aliases"], "|"):
            aliases.put({"group_id": group.pk, "text": text})
