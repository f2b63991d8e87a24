"""Many records at once: a sheet is brought, looked at row by row, accepted, and watched."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.outbox.queries import workers_present
from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user, units_where
from nhipcau.works.actions import accept_sheet, bring_sheet, give_up_sheet
from nhipcau.works.enums import RowState, SheetState
from nhipcau.works.forms import SheetForm
from nhipcau.works.imports.record_workbook import EXAMPLES, HEADERS
from nhipcau.works.models import RecordSheet
from nhipcau.works.permissions import may_bring_pictures, may_start
from nhipcau.works.phrases import COLUMNS, sheet_sentence
from nhipcau.works.queries.record_sheets import (
    PAGE,
    RECENT,
    counts_of_rows,
    rows_shown,
    sheet_of,
    sheets_of,
    works_of_rows,
)
from nhipcau.works.views.access import authors, person_of

TITLES = [words[0] for words in HEADERS.values()]


@authors
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """The upload page and the newest sheets; POST keeps one and goes on to its page."""
    person, rights = person_of(request), rights_of_user(request.user)
    form = SheetForm(
        request.POST or None,
        request.FILES or None,
        units=units_where(person, Permission.WORKS_WRITE, on=timezone.localdate()),
    )
    wrong = HTTPStatus.BAD_REQUEST
    sheet = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        archive, unit = given["archive"], given["unit"]
        if archive is not None and not may_bring_pictures(rights, unit_id=unit.pk):
            form.add_error("archive", _("You may not bring files into the library of this unit."))
        else:
            try:
                sheet = bring_sheet(
                    chunks=given["sheet"].chunks(),
                    file_name=given["sheet"].name,
                    archive=None if archive is None else archive.chunks(),
                    archive_name="" if archive is None else archive.name,
                    unit=unit,
                    language=get_language() or "vi",
                    by=person,
                    at=timezone.now(),
                )
            except RuleBroken as refusal:
                form.add_error("sheet", str(refusal))
                wrong = HTTPStatus.INSUFFICIENT_STORAGE
    by_script = request.headers.get("Accept", "").startswith("application/json")
    if sheet is not None:
        address = reverse("works:sheet", args=[sheet.uuid])
        return JsonResponse({"address": address}) if by_script else redirect(address)
    if by_script and form.errors:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"sentences": sentences}, status=wrong)
    return render(
        request,
        "works/sheets.html",
        {
            "form": form,
            "sheets": sheets_of(rights)[:RECENT],
            "columns": [(HEADERS[name][0], words) for name, words in COLUMNS.items()],
        },
        status=wrong if form.errors else HTTPStatus.OK,
    )


@authors
@require_GET
def example(_request: HttpRequest) -> HttpResponseBase:
    """A sheet to fill in: the columns, and two rows that show what is meant."""
    return xlsx_response(
        name="ban-ghi-mau",
        headings=TITLES,
        rows=[[row.get(name) for name in HEADERS] for row in EXAMPLES],
    )


def _own_sheet(request: HttpRequest, uuid: UUID) -> RecordSheet:
    """The sheet, for authors of its unit."""
    sheet = get_object_or_404(sheet_of(uuid))
    if not may_start(rights_of_user(request.user), unit_id=sheet.unit_id):
        raise PermissionDenied
    return sheet


@authors
@require_GET
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """One sheet: how far it is, and what comes of every row; also as .xlsx."""
    shown = _own_sheet(request, uuid)
    state = request.GET.get("state", "")
    state = state if state in RowState.values else ""
    rows = rows_shown(shown, state=state)
    if request.GET.get("export") == "xlsx":
        return xlsx_response(
            name="bao-cao-ban-ghi",
            headings=[_("Row"), TITLES[0], pgettext("words", "Title"), _("State"), _("Why")],
            rows=(
                (row.number, row.key, row.title, row.get_state_display(), " ".join(row.sentences))
                for row in rows.iterator(chunk_size=500)
            ),
        )
    counts = counts_of_rows(shown)
    page = Paginator(rows, PAGE).get_page(request.GET.get("p"))
    works = works_of_rows(shown, page.object_list)
    return render(
        request,
        "works/sheet.html",
        {
            "sheet": shown,
            "is_ready": shown.state == SheetState.READY,
            "sentence": _sentence(shown, counts),
            "percent": _percent(shown, counts),
            "state": state,
            "states": [
                ("", _("All rows"), sum(counts.values())),
                *((one.value, one.label, counts[one]) for one in RowState),
            ],
            "to_add": counts[RowState.ADD],
            "page": page,
            "rows": [(row, works.get(row.key)) for row in page.object_list],
        },
    )


def _percent(shown: RecordSheet, counts: Mapping[str, int]) -> int:
    return 100 * shown.done // max(1, counts[RowState.ADD])


def _sentence(shown: RecordSheet, counts: Mapping[str, int]) -> str:
    return sheet_sentence(
        shown.state,
        done=shown.done,
        wanted=counts[RowState.ADD],
        somebody_works=not shown.is_busy or bool(workers_present(at=timezone.now())),
    )


@authors
@require_GET
def progress(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far a sheet is, for the page that waits."""
    shown = _own_sheet(request, uuid)
    counts = counts_of_rows(shown)
    return JsonResponse(
        {
            "state": "waiting" if shown.is_busy else shown.state,
            "progress": _percent(shown, counts),
            "words": _sentence(shown, counts),
        }
    )


@authors
@require_POST
def decide(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Have the sound rows brought in (`accept`), or bring in nothing more (`give_up`)."""
    shown = _own_sheet(request, uuid)
    person, now = person_of(request), timezone.now()
    try:
        if "accept" in request.POST:
            accept_sheet(sheet=shown, by=person, at=now)
        elif "give_up" in request.POST:
            give_up_sheet(sheet=shown, by=person, at=now)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect("works:sheet", uuid)
