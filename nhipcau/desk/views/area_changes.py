"""Recording what became of an area: choose the kind, tell it, look at what it means, record it."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.desk.actions.area_changes import foresee_areas
from nhipcau.desk.forms.area_changes import AREA_FORMS
from nhipcau.desk.phrases.area_changes import area_sentences
from nhipcau.desk.views.access import person_of, those_with
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.registry.actions.area_changes import tell_area_change
from nhipcau.registry.actions.taking_back import take_back_area_change
from nhipcau.registry.enums import AreaKind, ChangeKind
from nhipcau.registry.models import Area, AreaChange

changers = those_with(Permission.REGISTRY_CHANGE)
# What comes in a gate's place is added with its kind and neighbour.
OF_A_GATE = frozenset({ChangeKind.RENAME, ChangeKind.DISSOLVE})


@changers
@require_GET
def choose(request: HttpRequest, key: int) -> HttpResponseBase:
    """Which kind of change it was."""
    area = get_object_or_404(Area, pk=key)
    return render(
        request,
        "desk/area_change_kinds.html",
        {"area": area, "is_gate": area.kind == AreaKind.BORDER_GATE},
    )


@changers
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: int, kind: str) -> HttpResponseBase:
    """Tell a change; it is recorded only as it was looked at."""
    area = get_object_or_404(Area, pk=key)
    if kind not in AREA_FORMS or (area.kind == AreaKind.BORDER_GATE and kind not in OF_A_GATE):
        raise Http404
    today = timezone.localdate()
    form = AREA_FORMS[kind](
        request.POST or None, area=area, on=today, initial={"on": today, "keep_traits": True}
    )
    told: list[str] = []
    digest = ""
    if request.method == "POST" and form.is_valid():
        telling, by, at = form.telling(), person_of(request), timezone.now()
        try:
            told = area_sentences(foresee_areas(telling=telling, by=by, at=at))
            digest = hashlib.sha256(repr((told, telling)).encode()).hexdigest()
            if request.POST.get("looked_at") == digest:
                tell_area_change(**telling, by=by, at=at)
                messages.success(request, _("The change is on record, and in the diary."))
                return redirect("desk:area", area.pk)
        except RuleBroken as refusal:
            told = []
            form.add_error(None, str(refusal))
    return render(
        request,
        "desk/area_change.html",
        {
            "area": area,
            "form": form,
            "kind": ChangeKind(kind),
            "told": told,
            "digest": digest,
        },
        status=400 if form.errors else 200,
    )


@changers
@require_POST
def take_back(request: HttpRequest, key: int, change: int) -> HttpResponseBase:
    """Undo a change that was recorded wrongly."""
    area = get_object_or_404(Area, pk=key)
    told = get_object_or_404(AreaChange.objects.filter(parts__area=area).distinct(), pk=change)
    try:
        left = take_back_area_change(change=told, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:area", area.pk)
    messages.success(request, _("Taken back, and recorded in the diary."))
    for kept in left:
        messages.info(
            request,
            _(
                "“%(area)s” stays on record, since units or works hang on it; choose it when you "
                "record the right change."
            )
            % {"area": kept.label},
        )
    if Area.objects.filter(pk=area.pk).exists():
        return redirect("desk:area", area.pk)
    return redirect("desk:areas")
