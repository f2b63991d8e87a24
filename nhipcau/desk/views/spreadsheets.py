"""Lists of the desk as .xlsx, to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise

from nhipcau.kernel.spreadsheets import KIND, workbook


def xlsx_response(
    *, name: str, headings: Sequence[str | Promise], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A download with bold headings, frozen, one row each."""
    response = HttpResponse(workbook(headings=headings, rows=rows), content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
