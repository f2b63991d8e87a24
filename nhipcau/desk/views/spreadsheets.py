"""Lists of the desk as .xlsx, to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.functional import Promise

from nhipcau.kernel.spreadsheets import KIND, workbook


def xlsx_response(
    *, name: str, headings: Sequence[str | Promise], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A download of one list; its rows are asked for here, where the reader's language is in force.

    A registry's list is short, unlike those of tasks.
    """
    response = StreamingHttpResponse(
        workbook(headings=list(map(str, headings)), rows=list(rows)), content_type=KIND
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
