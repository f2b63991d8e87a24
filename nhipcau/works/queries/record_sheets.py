"""Sheets of records as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count, QuerySet

from nhipcau.people.enums import Permission
from nhipcau.people.queries import Rights
from nhipcau.works.enums import RowState
from nhipcau.works.models import BroughtRecord, RecordSheet, RecordSheetRow

PAGE = 50
RECENT = 20


def sheets_of(rights: Rights) -> QuerySet[RecordSheet]:
    """Sheets of the units for which somebody writes, newest first. One query when it is read."""
    sheets = RecordSheet.objects.select_related("unit", "brought_by")
    if not rights.reaches_every_unit(Permission.WORKS_WRITE):
        sheets = sheets.filter(unit__in=rights.unit_ids(Permission.WORKS_WRITE))
    return sheets.order_by("-brought_at", "-pk")


def sheet_of(uuid: UUID) -> QuerySet[RecordSheet]:
    """The sheet with what its page tells. One query."""
    return RecordSheet.objects.filter(uuid=uuid).select_related(
        "unit", "file", "archive", "brought_by", "accepted_by"
    )


def counts_of_rows(sheet: RecordSheet) -> Mapping[str, int]:
    """How many rows of the sheet become works, are here already, are refused. One query."""
    found = sheet.rows.order_by().values_list("state").annotate(total=Count("pk"))
    return dict.fromkeys(RowState.values, 0) | dict(found)


def rows_shown(sheet: RecordSheet, *, state: str = "") -> QuerySet[RecordSheetRow]:
    """Rows in the order of the sheet. One query when it is read."""
    rows = sheet.rows.filter(state=state) if state else sheet.rows.all()
    return rows.order_by("number")


def works_of_rows(sheet: RecordSheet, rows: Iterable[RecordSheetRow]) -> Mapping[str, UUID]:
    """By record number, the works that came of these rows, now or before. One query."""
    keys = [row.key for row in rows if row.key]
    return dict(
        BroughtRecord.objects.filter(unit=sheet.unit_id, key__in=keys).values_list(
            "key", "work__subject__uuid"
        )
    )
