"""Tables as .xlsx, for every list of the room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.functional import Promise

from nhipcau.kernel.spreadsheets import KIND, workbook


def xlsx_response(
    *, name: str, headings: Sequence[str | Promise], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A download of one table; its rows are asked for while it is sent."""
    response = StreamingHttpResponse(workbook(headings=headings, rows=rows), content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
