"""Groups of units: by which rule, with whom on a day, and when they were fixed."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.desk.forms.places import AsOfForm
from nhipcau.desk.queries import places
from nhipcau.desk.views.access import (
    may_change_registry,
    may_read_history,
    those_with,
)
from nhipcau.desk.views.spreadsheets import xlsx_response
from nhipcau.people.enums import Permission
from nhipcau.registry.models import Area, UnitGroup
from nhipcau.registry.queries.units import group_members, names_on


def _asked(request: HttpRequest) -> tuple[AsOfForm, date, Area | None]:
    """The day and the area that were asked for; today and the own province else."""
    home = places.house_area()
    holding = places.areas_that_hold_others()
    if home is not None and home.pk not in dict(holding):
        holding = [(home.pk, home.label), *holding]
    data = request.GET.copy()
    if home is not None and "within" not in data:
        data["within"] = str(home.pk)
    form = AsOfForm(data, holding=holding)
    form.is_valid()  # what cannot be is left out, and said beside its field
    chosen = form.cleaned_data.get("within")
    within = home if home is not None and chosen == home.pk else None
    if within is None and chosen is not None:
        within = Area.objects.get(pk=chosen)
    return form, form.cleaned_data.get("on") or timezone.localdate(), within


@those_with(Permission.REGISTRY_READ)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Every group, with how many units it names on the day inside the area."""
    form, day, within = _asked(request)
    return render(
        request,
        "desk/groups.html",
        {
            "form": form,
            "lines": places.groups_listed(within=within, on=day),
            "day": day,
            "within": within,
            "may_change": may_change_registry(request),
            "tab": "groups",
        },
    )


@those_with(Permission.REGISTRY_READ)
@require_GET
def group(request: HttpRequest, key: int) -> HttpResponseBase:
    """One group: its rule, its members on the day, and when it was fixed; members as .xlsx."""
    shown = get_object_or_404(
        UnitGroup.objects.select_related("within").prefetch_related("aliases"), pk=key
    )
    form, day, within = _asked(request)
    members = group_members(shown, on=day, within=within)
    names = names_on(members, on=day)
    rows = [(unit, names[unit.pk]) for unit in members]
    if request.GET.get("export") == "xlsx":
        return xlsx_response(
            name="nhom-don-vi",
            headings=[_("Unit"), _("Kind"), _("Since")],
            rows=((name, unit.get_kind_display(), unit.valid_from) for unit, name in rows),
        )
    return render(
        request,
        "desk/group.html",
        {
            "group": shown,
            "form": form,
            "day": day,
            "within": within,
            "rows": rows,
            "snapshots": places.snapshots_of(shown),
            "history": places.history_of_row(shown) if may_read_history(request) else [],
            "may_change": may_change_registry(request),
            "tab": "groups",
        },
    )
