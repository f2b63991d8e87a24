"""The board: texts by state, what waits for me, what is overdue, what is under review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from nhipcau.kernel.paging import LongPaginator
from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.people.queries import rights_of_user
from nhipcau.publishing.forms import BoardFilterForm
from nhipcau.publishing.queries.board import (
    BoardFilter,
    BoardRow,
    BoardScope,
    board_rows,
    columns_of,
    counts_on_board,
    works_on_board,
)
from nhipcau.publishing.views.access import person_of, readers
from nhipcau.registry.models import Language
from nhipcau.works.enums import WorkKind
from nhipcau.works.models import Work
from nhipcau.works.queries import languages_of_works
from nhipcau.works.queries.lists import units_of_works, works_shown

PAGE = 50
BATCH = 500  # works read at once while a workbook is sent
SCOPES = (
    (BoardScope.BY_STATE, gettext_lazy("By state")),
    (BoardScope.MINE, gettext_lazy("Waiting for me")),
    (BoardScope.OVERDUE, gettext_lazy("Overdue")),
    (BoardScope.CLEARANCE, gettext_lazy("Waiting for clearance")),
)
# A column's title, and the filter of the list of works that shows all of it.
COLUMNS = {
    "draft": (gettext_lazy("Being written"), "draft"),
    "returned": (gettext_lazy("Returned"), "returned"),
    "in_clearance": (gettext_lazy("In clearance"), "in_clearance"),
    "ready": (gettext_lazy("Ready to go out"), "approved"),
    "out": (gettext_lazy("Lately released"), "public"),
}


@readers
@require_GET
def board(request: HttpRequest) -> HttpResponseBase:
    """The board or one of its lists, narrowed by the address; a list also as .xlsx."""
    form = BoardFilterForm(request.GET)
    form.is_valid()  # a filter that cannot be narrows nothing
    given = form.cleaned_data
    scope = BoardScope(given.get("scope") or "")
    wanted = BoardFilter(
        words=given.get("q") or "", kind=given.get("kind") or "", unit=given.get("unit")
    )
    person, rights = person_of(request), rights_of_user(request.user)
    now, today = timezone.now(), timezone.localdate()
    works = works_on_board(scope, wanted, person=person, rights=rights, on=today)
    if scope and request.GET.get("export") == "xlsx":
        return _sheet(works_shown(works, at=now), languages_of_works())
    counts = counts_on_board(wanted, person=person, rights=rights, on=today, besides=scope)
    pages = LongPaginator(
        works, PAGE, rows=works_shown(Work.objects.all(), at=now), is_found_whole=True
    )
    if scope:
        counts[scope] = pages.count
    context: dict[str, Any] = {
        "scope": scope.value,
        "scopes": [(each.value, label, counts.get(each)) for each, label in SCOPES],
        "wanted": wanted,
        "form": form,
        "kinds": WorkKind.choices,
        "today": today,
    }
    if scope:
        page = pages.get_page(request.GET.get("p"))
        context |= {
            "page": page,
            "rows": board_rows(page.object_list, languages_of_works()),
            "units": units_of_works().items(),
        }
    else:
        context["columns"] = [
            (column, *COLUMNS[column.state]) for column in columns_of(wanted, at=now)
        ]
    return render(request, "publishing/board.html", context)


def _sheet(works: QuerySet[Work], languages: Sequence[Language]) -> StreamingHttpResponse:
    return xlsx_response(
        name="bang-san-pham",
        headings=[
            _("Work"),
            _("Kind"),
            _("Unit"),
            _("Languages"),
            _("Waits at"),
            _("Due on"),
            _("In the hands of"),
        ],
        rows=(
            (
                str(each.row.work),
                each.row.work.get_kind_display(),
                each.row.work.unit.label,
                "; ".join(
                    f"{language.tag}: {', '.join(str(m.label) for c in cells for m, _l in c.marks)}"
                    for language, cells in each.row.cells
                    if cells
                ),
                "; ".join(
                    f"{step.item.version.language.tag}: {step.get_kind_display()}"
                    for step in each.steps
                ),
                min((step.due_on for step in each.steps), default=each.row.work.due_on),
                str(each.row.work.assignee or ""),
            )
            for each in _rows(works, languages)
        ),
    )


def _rows(works: QuerySet[Work], languages: Sequence[Language]) -> Iterator[BoardRow]:
    """All rows, read batch by batch. Three queries a batch."""
    found = works.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield from board_rows(batch, languages)
