"""Areas and border gates: lists, one area's story, and what people put right about them."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.desk.forms.places import (
    AreaFilterForm,
    GateFilterForm,
)
from nhipcau.desk.phrases import country_name
from nhipcau.desk.queries import places
from nhipcau.desk.views.access import (
    may_change_registry,
    may_read_history,
    those_with,
)
from nhipcau.desk.views.spreadsheets import xlsx_response
from nhipcau.people.enums import Permission
from nhipcau.registry.models import Area, BorderGate
from nhipcau.registry.queries.sources import source_named
from nhipcau.registry.rules.naming import DIGITS_OF_AREAS

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
            "bears_code": shown.kind in DIGITS_OF_AREAS,
            "today": today,
            "tab": "gates" if story.gate else "areas",
        },
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
