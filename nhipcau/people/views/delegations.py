"""Letting somebody else exercise my roles for a time, and taking that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people import actions, queries
from nhipcau.people.enums import Permission, Role
from nhipcau.people.forms import DelegationForm
from nhipcau.people.models import Person
from nhipcau.people.views.access import Desk
from nhipcau.registry.models import Unit


@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """My delegations, given and received, and a form for one more."""
    desk = Desk(request)
    desk.need(allowed=desk.rights.may(Permission.DELEGATE))
    if request.POST.get("do") == "end":
        return _end(request, desk)
    mine = desk.rights.to_delegate
    form = DelegationForm(
        request.POST or None,
        units=Unit.objects.filter(pk__in=mine).order_by("label"),
        persons=Person.objects.here(on=desk.today)
        .filter(user__is_active=True)
        .exclude(pk=desk.person.pk)
        .order_by("full_name", "pk"),
        roles=frozenset[Role]().union(*mine.values()),
        initial={"start": desk.today, "unit": next(iter(mine), None)},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.delegate(
                giver=desk.person,
                taker=typed["taker"],
                unit=typed["unit"],
                roles=typed["roles"],
                start=typed["start"],
                until=form.last_excluded(),
                by=desk.person,
                at=desk.now,
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done, and recorded in the diary."))
            return redirect("people:delegations")
    given, received = queries.delegations_of(desk.person, on=desk.today)
    return render(
        request,
        "people/desk/delegations.html",
        {"form": form, "given": given, "received": received, "may_give": bool(mine)},
        status=400 if request.method == "POST" else 200,
    )


def _end(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take one of mine back from today on; one that has not begun never begins."""
    row = request.POST.get("row", "")
    delegation = get_object_or_404(
        desk.person.delegations_given.ending_after(desk.today).lasting(),
        pk=int(row) if row.isdecimal() and len(row) < 19 else 0,
    )
    actions.end_delegation(
        delegation=delegation,
        until=max(desk.today, delegation.valid_from),
        by=desk.person,
        at=desk.now,
    )
    messages.success(request, _("Done, and recorded in the diary."))
    return redirect("people:delegations")
