"""What surrounds the portal's pages, at the desk: alarms, hours of gates, official accounts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.models import Person, User
from nhipcau.people.queries import rights_of_user
from nhipcau.registry.models import BorderGate, Unit
from nhipcau.website.actions import (
    close_account,
    end_alarm,
    list_account,
    raise_alarm,
    set_gate_hours,
)
from nhipcau.website.forms.arranging import AccountForm, AlarmForm, GateHoursForm
from nhipcau.website.models import Account, Alarm, HomePage
from nhipcau.website.permissions import may_arrange
from nhipcau.website.queries.places import accounts_on, gates_now, hours_on

View = Callable[..., HttpResponseBase]
ALARMS_SHOWN = 12


def arrangers(view: View) -> View:
    """Whoever may arrange the portal."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_arrange(rights_of_user(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user.person


@arrangers
@require_GET
def surroundings(request: HttpRequest) -> HttpResponseBase:
    """Everything that surrounds the pages, with what can be done about it. Thirteen queries."""
    now = timezone.now()
    return render(
        request,
        "arranging/surroundings.html",
        {
            "homes": HomePage.objects.live().order_by("path"),
            "standing": Alarm.objects.standing(at=now),
            "over": Alarm.objects.filter(ends_at__lte=now)[:ALARMS_SHOWN],
            "gates": gates_now(at=now),
            "accounts": accounts_on(timezone.localdate(now)),
        },
    )


@arrangers
@require_http_methods(["GET", "POST"])
def alarm(request: HttpRequest) -> HttpResponseBase:
    """A sentence above every page."""
    form = AlarmForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            raise_alarm(
                words=form.words,
                address=form.cleaned_data["address"],
                ends_at=form.cleaned_data["ends_at"],
                by=_person(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The alarm stands on every page of the portal."))
            return redirect("arranging:surroundings")
    return _form(
        request,
        form,
        title=_("Put an alarm on every page"),
        lead=_(
            "For floods, epidemics, a gate that closed: one sentence that says what to do. "
            "Languages without one are shown that of the first."
        ),
        button=_("Put it on every page now"),
    )


@arrangers
@require_POST
def alarm_over(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The alarm goes from every page."""
    end_alarm(alarm=get_object_or_404(Alarm, pk=pk), by=_person(request), at=timezone.now())
    messages.success(request, _("The alarm is off the portal."))
    return redirect("arranging:surroundings")


@arrangers
@require_http_methods(["GET", "POST"])
def gate_hours(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The hours of a border gate from a day on."""
    gate = get_object_or_404(BorderGate.objects.select_related("area"), pk=pk)
    today = timezone.localdate()
    standing = hours_on(today, gates=[gate.pk]).get(gate.pk)
    begun: dict[str, Any] = {"valid_from": today}
    if standing is not None:
        begun |= {
            "opens": standing.opens,
            "closes": standing.closes,
            "languages": standing.languages.all(),
            "telephone": standing.telephone,
            "source": standing.source,
        }
    form = GateHoursForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_bound and form.is_valid():
        try:
            set_gate_hours(gate=gate, by=_person(request), at=timezone.now(), **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The hours are told to readers."))
            return redirect("arranging:surroundings")
    return _form(
        request,
        form,
        title=_("Hours of %(gate)s") % {"gate": gate.area.label},
        lead="",
        button=_("Tell readers"),
    )


@arrangers
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponseBase:
    """An official account comes onto the public list."""
    now = timezone.now()
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        units=Unit.objects.current(on=timezone.localdate(now)).order_by("label"),
    )
    if form.is_bound and form.is_valid():
        try:
            list_account(by=_person(request), at=now, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("The account is on the public list."))
            return redirect("arranging:surroundings")
    return _form(
        request,
        form,
        title=_("List an official account"),
        lead=_("Accounts on services of others are controlled and listed (Decree 224/2026)."),
        button=_("List it"),
    )


@arrangers
@require_POST
def account_over(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The account leaves the public list."""
    close_account(account=get_object_or_404(Account, pk=pk), by=_person(request), at=timezone.now())
    messages.success(request, _("The account is off the public list."))
    return redirect("arranging:surroundings")


def _form(
    request: HttpRequest, form: Any, *, title: str, lead: str, button: str
) -> HttpResponseBase:
    return render(
        request,
        "arranging/form.html",
        {"form": form, "title": title, "lead": lead, "button": button},
    )
