"""Recording what became of a unit: choose the kind, tell it, look at what it means, record it."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.desk.actions.unit_changes import Telling, foresee, record_unit_change
from nhipcau.desk.forms.unit_changes import FORMS, ChangeForm, MergeForm
from nhipcau.desk.phrases.unit_changes import sentences
from nhipcau.desk.views.access import person_of, those_with
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user
from nhipcau.registry.actions.taking_back import take_back_unit_change
from nhipcau.registry.enums import ChangeKind
from nhipcau.registry.models import Unit, UnitChange

changers = those_with(Permission.REGISTRY_CHANGE)


@changers
@require_GET
def choose(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Which kind of change it was."""
    unit = get_object_or_404(Unit, uuid=uuid)
    return render(request, "desk/unit_change_kinds.html", {"unit": unit})


@changers
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponseBase:
    """Tell a change; it is recorded only as it was looked at."""
    unit = get_object_or_404(Unit.objects.select_related("area"), uuid=uuid)
    if kind not in FORMS:
        raise Http404
    form = _form(request, unit, kind)
    told: list[str] = []
    digest = ""
    if request.method == "POST" and form.is_valid():
        telling, by, at = form.telling(), person_of(request), timezone.now()
        try:
            told = sentences(foresee(telling=telling, by=by, at=at))
            digest = _digest(told, telling)
            if request.POST.get("looked_at") == digest:
                record_unit_change(telling=telling, by=by, at=at)
                messages.success(request, _("The change is on record, and in the diary."))
                return redirect("desk:unit", unit.uuid)
        except RuleBroken as refusal:
            told = []
            form.add_error(None, str(refusal))
    return render(
        request,
        "desk/unit_change.html",
        {
            "unit": unit,
            "form": form,
            "kind": ChangeKind(kind),
            "told": told,
            "digest": digest,
        },
        status=400 if form.errors else 200,
    )


def _form(request: HttpRequest, unit: Unit, kind: str) -> ChangeForm:
    today = timezone.localdate()
    extra = {}
    if FORMS[kind] is MergeForm:
        extra["may_give_roles"] = rights_of_user(request.user).may(Permission.PEOPLE_MANAGE)
    return FORMS[kind](
        request.POST or None, unit=unit, on=today, initial={"on": today, "carry": True}, **extra
    )


def _digest(told: list[str], telling: Telling) -> str:
    """What was looked at: the sentences, and what was typed."""
    return hashlib.sha256(repr((told, telling)).encode()).hexdigest()


@changers
@require_POST
def take_back(request: HttpRequest, uuid: UUID, key: int) -> HttpResponseBase:
    """Undo a change that was recorded wrongly."""
    unit = get_object_or_404(Unit, uuid=uuid)
    told = get_object_or_404(UnitChange.objects.filter(parts__unit=unit).distinct(), pk=key)
    try:
        left = take_back_unit_change(change=told, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:unit", unit.uuid)
    messages.success(request, _("Taken back, and recorded in the diary."))
    for kept in left:
        messages.info(
            request,
            _(
                "“%(unit)s” stays on record, since roles or work hang on it; choose it when you "
                "record the right change."
            )
            % {"unit": kept.label},
        )
    if Unit.objects.filter(pk=unit.pk).exists():
        return redirect("desk:unit", unit.uuid)
    return redirect("desk:units")
