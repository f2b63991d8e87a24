"""Tables as .xlsx, for every list of the room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise

from nhipcau.kernel.spreadsheets import KIND, workbook


def xlsx_response(
    *, name: str, headings: Sequence[str | Promise], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A download of one table."""
    response = HttpResponse(workbook(headings=headings, rows=rows), content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
