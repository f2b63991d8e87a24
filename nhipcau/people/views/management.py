"""What one person holds: inviting, giving, ending, delegating, leaving.

Whoever holds any role sees who does what; addresses and changes are for those who look after
people (people.manage), in their own units or everywhere. What the actions refuse is told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people import actions, queries
from nhipcau.people.enums import InvitationState, Permission
from nhipcau.people.forms import (
    ChargeForm,
    DelegationForm,
    InviteForm,
    LeaveForm,
    RoleForm,
)
from nhipcau.people.mail import invitation_link, send_invitation
from nhipcau.people.models import Invitation, Person
from nhipcau.people.views.access import MANAGE, Desk


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    Desk(request).need(allowed=Desk(request).rights.may(MANAGE))
    answer: HttpResponse = _invite(request)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator] # -- allauth is untyped
def _invite(request: HttpRequest) -> HttpResponse:
    desk = Desk(request)
    form = InviteForm(request.POST or None, units=desk.units(), everywhere=desk.everywhere)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                invitation = actions.invite(**form.cleaned_data, by=desk.person, at=desk.now)
                send_invitation(invitation, at=desk.now)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            _say_sent(request, invitation)
            return redirect("people:person", invitation.person.uuid)
    return render(request, "people/desk/invite.html", {"form": form})


def _resend(request: HttpRequest, desk: Desk, invitation: Invitation) -> None:
    with transaction.atomic():
        again = actions.resend_invitation(invitation=invitation, by=desk.person, at=desk.now)
        send_invitation(again, at=desk.now)
    _say_sent(request, again)


def _say_sent(request: HttpRequest, invitation: Invitation) -> None:
    messages.success(
        request, _("The invitation is on its way to %(to)s.") % {"to": invitation.person.email}
    )


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Everything that one person holds; each change is one small form."""
    desk = Desk(request)
    desk.need(allowed=desk.rights.may(Permission.PEOPLE_READ))
    shown = get_object_or_404(Person, uuid=uuid)
    may_manage = desk.may_manage(shown) and desk.rights.may(MANAGE)
    forms_of = _forms(request, desk, shown) if may_manage else {}
    if request.method == "POST":
        desk.need(allowed=may_manage)
        wish = request.POST.get("do", "")
        answer = _change(request, desk, shown, wish, forms_of)
        if answer is not None:
            return answer
    return render(
        request,
        "people/desk/person.html",
        {
            "person": shown,
            "may_manage": may_manage,
            "contact": queries.contact_of(shown) if may_manage else None,
            "memberships": shown.memberships.ending_after(desk.today)
            .lasting()
            .select_related("unit")
            .order_by("unit__label", "role"),
            "charges": shown.charges.ending_after(desk.today).lasting().select_related("unit"),
            "given": shown.delegations_given.ending_after(desk.today)
            .lasting()
            .select_related("unit", "taker")
            .prefetch_related("roles"),
            **_invitation(shown, at=desk.now, with_link=may_manage),
            "open": queries.open_responsibilities(shown, on=desk.today) if may_manage else [],
            "today": desk.today,
            **forms_of,
        },
    )


def _invitation(shown: Person, *, at: datetime, with_link: bool) -> dict[str, object]:
    """The invitation that waits; once the mail has failed, its link to be handed over in person."""
    invitations = list(shown.invitations.select_related("unit", "person").order_by("pk"))
    found = next(
        (one for one in invitations if one.accepted_at is None and one.cancelled_at is None), None
    )
    letter = queries.letter_of(found) if found and with_link else None
    link = ""
    if found and letter and letter.trouble:
        link = invitation_link(found, base=settings.WAGTAILADMIN_BASE_URL)
    return {
        "invitation": found,
        "invitation_is_open": any(one.state(at=at) is InvitationState.OPEN for one in invitations),
        "letter": letter,
        "link": link,
    }


def _forms(request: HttpRequest, desk: Desk, shown: Person) -> dict[str, forms.Form]:
    """The forms of the page by name; the one that was sent is bound."""
    wish = request.POST.get("do")
    start = {"start": desk.today}
    others = Person.objects.here(on=desk.today).exclude(pk=shown.pk).order_by("full_name")
    units = desk.units()

    def data(name: str) -> object:
        return request.POST if wish == name else None

    return {
        "give": RoleForm(data("give"), units=units, everywhere=desk.everywhere, initial=start),
        "charge": ChargeForm(data("charge"), units=units, initial=start),
        "delegate": DelegationForm(data("delegate"), units=units, persons=others, initial=start),
        "leave": LeaveForm(data("leave"), persons=others, initial={"on": desk.today}),
    }


def _change(
    request: HttpRequest, desk: Desk, shown: Person, wish: str, of: dict[str, forms.Form]
) -> HttpResponse | None:
    """Carry out one wish; None shows the page again with what was wrong."""
    form = of.get(wish)
    if form is not None and not form.is_valid():
        return None
    by_form: dict[str, Callable[[], object]] = {
        "give": lambda: _give(desk, shown, of["give"]),
        "charge": lambda: _charge(desk, shown, of["charge"]),
        "delegate": lambda: _delegate(desk, shown, of["delegate"]),
        "leave": lambda: actions.leave(
            person=shown, **of["leave"].cleaned_data, by=desk.person, at=desk.now
        ),
    }
    by_row: dict[str, Callable[[str], object]] = {
        "end": lambda pk: actions.end_role(
            membership=get_object_or_404(shown.memberships, pk=pk, unit__in=desk.units()),
            until=desk.today,
            by=desk.person,
            at=desk.now,
        ),
        "end_charge": lambda pk: actions.end_charge(
            charge=get_object_or_404(shown.charges, pk=pk, unit__in=desk.units()),
            until=desk.today,
            by=desk.person,
            at=desk.now,
        ),
        "end_delegation": lambda pk: actions.end_delegation(
            delegation=get_object_or_404(shown.delegations_given, pk=pk, unit__in=desk.units()),
            until=desk.today,
            by=desk.person,
            at=desk.now,
        ),
        "resend": lambda pk: _resend(request, desk, get_object_or_404(shown.invitations, pk=pk)),
        "cancel": lambda pk: actions.cancel_invitation(
            invitation=get_object_or_404(shown.invitations, pk=pk), by=desk.person, at=desk.now
        ),
    }
    row = request.POST.get("row", "")
    try:
        if wish in by_form:
            by_form[wish]()
        elif wish in by_row and row.isdecimal():
            by_row[wish](row)
        else:
            raise PermissionDenied
    except RuleBroken as refusal:
        if form is None:
            messages.error(request, str(refusal))
            return redirect("people:person", shown.uuid)
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Done, and recorded in the diary."))
    return redirect("people:person", shown.uuid)


def _give(desk: Desk, shown: Person, form: forms.Form) -> None:
    typed = form.cleaned_data
    actions.give_role(
        person=shown,
        unit=typed["unit"],
        role=typed["role"],
        reach=typed["reach"],
        start=typed["start"],
        until=form.until(),  # type: ignore[attr-defined] # -- a RoleForm
        by=desk.person,
        at=desk.now,
    )


def _charge(desk: Desk, shown: Person, form: forms.Form) -> None:
    typed = form.cleaned_data
    actions.put_in_charge(
        person=shown,
        unit=typed["unit"],
        start=typed["start"],
        until=form.until(),  # type: ignore[attr-defined] # -- a ChargeForm
        by=desk.person,
        at=desk.now,
    )


def _delegate(desk: Desk, shown: Person, form: forms.Form) -> None:
    typed = form.cleaned_data
    actions.delegate(
        giver=shown,
        taker=typed["taker"],
        unit=typed["unit"],
        roles=typed["roles"],
        start=typed["start"],
        until=form.until(),  # type: ignore[attr-defined] # -- a DelegationForm
        by=desk.person,
        at=desk.now,
    )
