"""The registry's units: the list, one unit's story, and a workbook of units brought in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.desk import queries
from nhipcau.desk.forms import UnitFilterForm, UnitSheetForm
from nhipcau.desk.views.access import may_change_registry, those_with
from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.actions import keep_file
from nhipcau.media.models import StoredFile
from nhipcau.media.queries import path_of_file
from nhipcau.people.enums import Permission
from nhipcau.people.models import User
from nhipcau.registry.actions.unit_sheets import apply_unit_sheet
from nhipcau.registry.enums import HowToTake
from nhipcau.registry.errors import WorkbookRefused
from nhipcau.registry.models import Unit
from nhipcau.registry.queries.unit_sheets import (
    SheetRow,
    exported_workbook,
    preview_units,
    rows_of_workbook,
    words_of_columns,
)

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@those_with(Permission.REGISTRY_READ)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Units by name, kind and day; the whole registry as .xlsx."""
    if request.GET.get("export") == "xlsx":
        response = HttpResponse(exported_workbook(), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="don-vi.xlsx"'
        return response
    form = UnitFilterForm(request.GET)
    form.is_valid()  # a filter that cannot be is left out, and said beside its field
    given = form.cleaned_data
    on = given.get("on") or timezone.localdate()
    units = queries.units_listed(
        words=given.get("q") or "",
        kind=given.get("kind") or "",
        on=None if given.get("all") else on,
        sort=given.get("sort") or "name",
    )
    kept = request.GET.copy()
    kept.pop("p", None)
    return render(
        request,
        "desk/units.html",
        {
            "form": form,
            "page": Paginator(units, PAGE).get_page(request.GET.get("p")),
            "kept": kept.urlencode(),
            "on": on,
            "may_change": may_change_registry(request),
            "tab": "units",
        },
    )


@those_with(Permission.REGISTRY_READ)
@require_GET
def unit(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """One unit: its names by date, its codes, where it stands, what became of it."""
    found = get_object_or_404(Unit.objects.select_related("area"), uuid=uuid)
    return render(
        request,
        "desk/unit.html",
        {
            "unit": found,
            "story": queries.story_of(found),
            "today": timezone.localdate(),
            "may_change": may_change_registry(request),
        },
    )


@those_with(Permission.REGISTRY_CHANGE)
@require_http_methods(["GET", "POST"])
def bring_sheet(request: HttpRequest) -> HttpResponseBase:
    """Take a workbook and go on to what it would change; a file that is none is refused here."""
    form = UnitSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        data = form.cleaned_data["file"].read()
        try:
            rows_of_workbook(data)
        except WorkbookRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            stored = keep_file(chunks=[data], by=request.user.person, at=timezone.now())
            return redirect("desk:unit_sheet", stored.sha256)
    return render(
        request, "desk/bring_units.html", {"form": form}, status=400 if form.errors else 200
    )


@those_with(Permission.REGISTRY_CHANGE)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, digest: str) -> HttpResponseBase:
    """What a workbook would change, row by row; POST does exactly what was looked at."""
    stored = get_object_or_404(StoredFile, sha256=digest)
    try:
        rows = rows_of_workbook(path_of_file(stored).read_bytes())
    except WorkbookRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:bring_units")
    if request.method == "POST" and isinstance(request.user, User):
        try:
            report = apply_unit_sheet(
                rows=rows,
                looked_at=request.POST.get("looked_at", ""),
                taken=_taken(request),
                by=request.user.person,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
            return _looked_at(request, rows)
        messages.success(
            request,
            _("%(added)d units added, %(changed)d corrected, %(refused)d rows left out.")
            % {
                "added": report.added,
                "changed": report.changed,
                "refused": len(report.refused) + report.left_out,
            },
        )
        return redirect("desk:units")
    return _looked_at(request, rows)


def _taken(request: HttpRequest) -> dict[int, str]:
    """How each row is to be taken, by its number: "row-7=new"."""
    return {
        int(number): str(way)
        for name, way in request.POST.items()
        if (number := name.removeprefix("row-")) != name and number.isdecimal() and len(number) < 9
    }


def _looked_at(request: HttpRequest, rows: list[SheetRow]) -> HttpResponse:
    preview = preview_units(rows)
    chosen = _taken(request)
    asked = [
        (row, chosen.get(row.number) or (HowToTake.NEW if row.since else ""))
        for row in preview.change
        if row.asks
    ]
    return render(
        request,
        "desk/unit_sheet.html",
        {"preview": preview, "asked": asked, "columns": words_of_columns()},
        status=400 if request.method == "POST" else 200,
    )
