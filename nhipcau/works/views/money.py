"""Money, permits and print runs of a work."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.works.actions import change_cost, drop_cost, note_cost, note_permit, note_print_run
from nhipcau.works.enums import Ask, CostState
from nhipcau.works.forms import CostForm, CostStateForm, PermitForm, PrintRunForm
from nhipcau.works.models import CostLine, Work
from nhipcau.works.queries import costs_by_state
from nhipcau.works.rules.kinds import spec_of
from nhipcau.works.views.access import authors, own_work, person_of

# What a form of the page notes, by the value of its button.
NOTES: dict[str, Any] = {
    "cost": note_cost,
    "permit": note_permit,
    "print_run": note_print_run,
}


@authors
@require_http_methods(["GET", "POST"])
def money(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Cost lines with how they stand; permits and print runs where the kind asks for them."""
    work = own_work(request, uuid)
    act = request.POST.get("act", "")
    ours = _forms(request, work, act)
    if request.method == "POST":
        try:
            if act in ours and ours[act].is_valid():
                _note(act, ours[act], request, work)
            elif act in {"state", "drop"}:
                _change_line(act, request, work)
            else:
                return _page(request, work, ours, status=400)
        except RuleBroken as refusal:
            if act in ours:
                ours[act].add_error(None, str(refusal))
                return _page(request, work, ours, status=400)
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
        return redirect("works:money", uuid)
    return _page(request, work, ours)


def _forms(request: HttpRequest, work: Work, act: str) -> dict[str, forms.BaseForm]:
    """The forms of the page, the one that was sent filled."""

    def sent(name: str) -> Any:
        return request.POST if request.method == "POST" and act == name else None

    asks = spec_of(work.kind).asks
    ours: dict[str, forms.BaseForm] = {
        "cost": CostForm(sent("cost"), work=work, on=timezone.localdate(), prefix="cost")
    }
    if Ask.PERMIT in asks:
        ours["permit"] = PermitForm(sent("permit"), prefix="permit")
    if Ask.PRINT_RUN in asks:
        ours["print_run"] = PrintRunForm(sent("print_run"), work=work, prefix="run")
    return ours


def _note(act: str, form: Any, request: HttpRequest, work: Work) -> None:
    if work.is_in_trash:
        raise RuleBroken(_("“%(work)s” is in the trash.") % {"work": work})
    NOTES[act](work=work, by=person_of(request), at=timezone.now(), **form.cleaned_data)


def _change_line(act: str, request: HttpRequest, work: Work) -> None:
    """Say how the money of a line stands now, or take the line back."""
    given = request.POST.get("line", "")
    line = get_object_or_404(CostLine, work=work, pk=int(given) if given.isdecimal() else 0)
    now = timezone.now()
    if act == "drop":
        drop_cost(line=line, by=person_of(request), at=now)
        return
    form = CostStateForm(request.POST)
    if not form.is_valid():
        raise RuleBroken(_("There is no such state."))
    change_cost(line=line, by=person_of(request), at=now, changes=form.cleaned_data)


def _page(
    request: HttpRequest, work: Work, ours: dict[str, forms.BaseForm], *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "works/money.html",
        {
            "work": work,
            "forms": ours,
            "lines": work.costs.select_related("item", "task", "programme"),
            "sums": costs_by_state(work.costs.all()),
            "permits": work.permits.all(),
            "print_runs": work.print_runs.select_related("permit"),
            "states": CostState.choices,
        },
        status=status,
    )
