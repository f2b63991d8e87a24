"""Areas and border gates: lists, one area's story, and what people put right about them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.desk.forms.places import (
    AreaFilterForm,
    AreaForm,
    GateFilterForm,
    GateForm,
    GateKindForm,
)
from nhipcau.desk.phrases import country_name
from nhipcau.desk.queries import places
from nhipcau.desk.views.access import (
    may_change_registry,
    may_read_history,
    person_of,
    those_with,
)
from nhipcau.desk.views.spreadsheets import xlsx_response
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.registry.actions.corrections import correct_area, correct_gate
from nhipcau.registry.actions.gates import change_gate_kind
from nhipcau.registry.models import Area, BorderGate
from nhipcau.registry.queries.sources import source_named

PAGE = 50


@those_with(Permission.REGISTRY_READ)
@require_GET
def areas(request: HttpRequest) -> HttpResponseBase:
    """Areas by name, kind, place and day; the same as .xlsx."""
    form = AreaFilterForm(request.GET, holding=places.areas_that_hold_others())
    form.is_valid()  # a filter that cannot be is left out, and said beside its field
    given = form.cleaned_data
    day: date = given.get("on") or timezone.localdate()
    found = places.areas_listed(
        words=given.get("q") or "",
        kind=given.get("kind") or "",
        within=given.get("within"),
        on=None if given.get("all") else day,
        day=day,
        sort=given.get("sort") or "name",
    )
    if request.GET.get("export") == "xlsx":
        return xlsx_response(
            name="dia-ban",
            headings=[
                _("Name"),
                _("Kind"),
                _("Code"),
                _("Lies in"),
                _("Since"),
                _("No more since"),
                _("Latitude"),
                _("Longitude"),
            ],
            rows=(
                (
                    area.label,
                    area.get_kind_display(),
                    "; ".join(code.code for code in area.codes_then),
                    "; ".join(place.parent.label for place in area.places_then),
                    area.valid_from,
                    area.valid_to,
                    area.latitude,
                    area.longitude,
                )
                for area in found
            ),
        )
    return render(
        request,
        "desk/areas.html",
        {
            "form": form,
            "page": Paginator(found, PAGE).get_page(request.GET.get("p")),
            "sort": given.get("sort") or "name",
            "is_narrowed": any(value for name, value in given.items() if name != "sort"),
            "day": day,
            "may_change": may_change_registry(request),
            "tab": "areas",
        },
    )


@those_with(Permission.REGISTRY_READ)
@require_GET
def area(request: HttpRequest, key: int) -> HttpResponseBase:
    """One area: its names and codes by date, where it lies, what lies in it, what became of it."""
    shown = get_object_or_404(Area, pk=key)
    today = timezone.localdate()
    story = places.story_of_area(shown, on=today)
    history = []
    if may_read_history(request):
        rows: list[Area | BorderGate] = [shown]
        if story.gate is not None:
            rows.append(story.gate)
        history = places.history_of_row(*rows)
    return render(
        request,
        "desk/area.html",
        {
            "area": shown,
            "story": story,
            "history": history,
            "source": source_named(shown.source),
            "may_change": may_change_registry(request),
            "today": today,
            "tab": "gates" if story.gate else "areas",
        },
    )


@those_with(Permission.REGISTRY_CHANGE)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, key: int) -> HttpResponseBase:
    """The spelling of an area's name, and its place on the map."""
    shown = get_object_or_404(Area, pk=key)
    form = AreaForm(
        request.POST or None,
        initial={
            "name": shown.label,
            "latitude": shown.latitude,
            "longitude": shown.longitude,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_area(area=shown, **form.cleaned_data, by=person_of(request), at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Corrected, and recorded in the diary."))
            return redirect("desk:area", shown.pk)
    return render(
        request,
        "desk/correction_form.html",
        {"form": form, "title": shown.label, "back": "desk:area", "key": shown.pk},
        status=400 if form.errors else 200,
    )


@those_with(Permission.REGISTRY_READ)
@require_GET
def gates(request: HttpRequest) -> HttpResponseBase:
    """Border gates as of a day: kind, neighbour, commune; the same as .xlsx."""
    countries = [(code, str(country_name(code))) for code in places.countries_across()]
    form = GateFilterForm(request.GET, countries=countries)
    form.is_valid()  # a filter that cannot be is left out, and said beside its field
    given = form.cleaned_data
    day: date = given.get("on") or timezone.localdate()
    found = places.gates_listed(
        words=given.get("q") or "",
        kind=given.get("kind") or "",
        country=given.get("country") or "",
        on=day,
    )
    if request.GET.get("export") == "xlsx":
        return xlsx_response(
            name="cua-khau",
            headings=[
                _("Border gate"),
                _("Kind"),
                _("Since"),
                _("Clearance route of"),
                _("Lies in"),
                _("Province"),
                _("Country across the border"),
                _("Area across the border"),
                _("Gate across the border"),
            ],
            rows=(
                (
                    line.gate.area.label,
                    str(line.kind.label),
                    line.since,
                    str(line.part_of or ""),
                    str(line.place or ""),
                    str(line.province or ""),
                    str(country_name(line.gate.neighbour_country)),
                    line.gate.neighbour_area,
                    line.gate.neighbour_gate,
                )
                for line in found
            ),
        )
    return render(
        request,
        "desk/gates.html",
        {
            "form": form,
            "page": Paginator(found, PAGE).get_page(request.GET.get("p")),
            "is_narrowed": any(given.values()),
            "day": day,
            "may_change": may_change_registry(request),
            "tab": "gates",
        },
    )


@those_with(Permission.REGISTRY_CHANGE)
@require_http_methods(["GET", "POST"])
def correct_neighbour(request: HttpRequest, key: int) -> HttpResponseBase:
    """Whom a gate faces."""
    gate = get_object_or_404(BorderGate.objects.select_related("area"), pk=key)
    names = ("neighbour_country", "neighbour_area", "neighbour_gate")
    form = GateForm(request.POST or None, initial={name: getattr(gate, name) for name in names})
    if request.method == "POST" and form.is_valid():
        correct_gate(gate=gate, **form.cleaned_data, by=person_of(request), at=timezone.now())
        messages.success(request, _("Corrected, and recorded in the diary."))
        return redirect("desk:area", gate.area_id)
    return render(
        request,
        "desk/correction_form.html",
        {"form": form, "title": gate.area.label, "back": "desk:area", "key": gate.area_id},
        status=400 if form.errors else 200,
    )


@those_with(Permission.REGISTRY_CHANGE)
@require_http_methods(["GET", "POST"])
def change_kind(request: HttpRequest, key: int) -> HttpResponseBase:
    """A gate's new kind from a day on; what it was before stays on record."""
    gate = get_object_or_404(BorderGate.objects.select_related("area"), pk=key)
    form = GateKindForm(request.POST or None, gate=gate, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            change_gate_kind(
                gate=gate, **form.cleaned_data, by=person_of(request), at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new kind is on record, and in the diary."))
            return redirect("desk:area", gate.area_id)
    return render(
        request,
        "desk/correction_form.html",
        {
            "form": form,
            "title": gate.area.label,
            "lead": _("Its kind up to that day stays on record."),
            "back": "desk:area",
            "key": gate.area_id,
        },
        status=400 if form.errors else 200,
    )
