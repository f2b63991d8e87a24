"""Names and electronic codes of a unit, each from a day on, and taking back a mistaken one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.desk.forms.unit_names import UnitCodeForm, UnitNameForm
from nhipcau.desk.views.access import person_of, those_with
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.registry.actions import unit_names
from nhipcau.registry.actions.units import code_unit, name_unit
from nhipcau.registry.models import Unit, UnitCode, UnitName

changers = those_with(Permission.REGISTRY_CHANGE)
LEAD = gettext_lazy("What holds up to that day stays on record.")


@changers
@require_http_methods(["GET", "POST"])
def add_name(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A name that the unit bears from a day on, or bore once."""
    unit = get_object_or_404(Unit, uuid=uuid)
    form = UnitNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name_unit(unit=unit, **form.cleaned_data, by=person_of(request), at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The name is on record, and in the diary."))
            return redirect("desk:unit", unit.uuid)
    return _form(request, form, unit, LEAD)


@changers
@require_http_methods(["GET", "POST"])
def set_code(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The electronic code from a day on."""
    unit = get_object_or_404(Unit, uuid=uuid)
    form = UnitCodeForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            code_unit(unit=unit, **form.cleaned_data, by=person_of(request), at=timezone.now())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The code is on record, and in the diary."))
            return redirect("desk:unit", unit.uuid)
    return _form(request, form, unit, LEAD)


def _form(
    request: HttpRequest, form: forms.Form, unit: Unit, lead: str | Promise
) -> HttpResponseBase:
    return render(
        request,
        "desk/correction_form.html",
        {
            "form": form,
            "title": unit.label,
            "lead": lead,
            "back": "desk:unit",
            "key": unit.uuid,
        },
        status=400 if form.errors else 200,
    )


@changers
@require_POST
def take_back_name(request: HttpRequest, uuid: UUID, key: int) -> HttpResponseBase:
    """A name that the unit never bore."""
    name = get_object_or_404(UnitName, pk=key, unit__uuid=uuid)
    try:
        unit_names.take_back_name(name=name, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back, and recorded in the diary."))
    return redirect("desk:unit", uuid)


@changers
@require_POST
def take_back_code(request: HttpRequest, uuid: UUID, key: int) -> HttpResponseBase:
    """A code that was never the unit’s."""
    code = get_object_or_404(UnitCode, pk=key, unit__uuid=uuid)
    try:
        unit_names.take_back_code(code=code, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back, and recorded in the diary."))
    return redirect("desk:unit", uuid)
