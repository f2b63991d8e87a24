"""A person's own pages: what I may do here, for which unit I act, the way in by invitation."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.socialaccount.providers.openid_connect.views import login as openid_connect_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from requests import RequestException

from nhipcau.people import actions
from nhipcau.people.enums import Permission, Role, SessionKey
from nhipcau.people.errors import InvitationUnusable
from nhipcau.people.forms import AcceptForm, UnitChoiceForm
from nhipcau.people.models import User
from nhipcau.people.queries import (
    demanded_second_factor,
    invitation_behind,
    rights_of_user,
    roles_held,
    units_of,
)
from nhipcau.people.views.access import copy_sheet


def _user(request: HttpRequest) -> User:
    """Whoever is signed in; the decorators have made sure that somebody is."""
    if not isinstance(request.user, User):
        raise TypeError("This page is for people who are signed in.")
    return request.user


@never_cache
@login_required
@require_http_methods(["GET"])
def account(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    today = timezone.localdate()
    factors = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return render(
        request,
        "people/account.html",
        {
            "person": user.person,
            "held": roles_held(user.person, on=today),
            "may_enter_desk": rights_of_user(user).may(Permission.DESK_ENTER),
            "may_delegate": rights_of_user(user).may(Permission.DELEGATE),
            "has_totp": Authenticator.Type.TOTP in factors,
            "has_passkey": Authenticator.Type.WEBAUTHN in factors,
            "demanded_for": sorted(
                Role(role).label for role in demanded_second_factor(user.person, on=today)
            ),
            "several_units": len(units_of(user.person, on=today)) > 1,
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def choose_unit(request: HttpRequest) -> HttpResponse:
    """For which unit the person acts; goes on to where he or she was heading."""
    user = _user(request)
    units = units_of(user.person, on=timezone.localdate())
    onward = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        onward = "/admin/"
    form = UnitChoiceForm(
        request.POST or None,
        units=units,
        initial={"unit": request.session.get(SessionKey.ACTING_UNIT)},
    )
    if not units:
        return redirect("people_account")
    if request.method == "POST" and form.is_valid():
        request.session[SessionKey.ACTING_UNIT] = form.cleaned_data["unit"]
        return redirect(onward)
    return render(request, "people/choose_unit.html", {"form": form, "next": onward})


@never_cache
@login_required
@require_POST
def copy_of_data(request: HttpRequest) -> HttpResponseBase:
    """Everything that is kept about me, to be taken along; who I am is shown again first."""
    answer: HttpResponseBase = _copy_of_data(request)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator] # -- allauth is untyped
def _copy_of_data(request: HttpRequest) -> HttpResponseBase:
    person = _user(request).person
    return copy_sheet(actions.export_person_data(person=person, by=person, at=timezone.now()))


@never_cache
@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one other session of mine, or all others; this one goes on."""
    user = _user(request)
    only = request.POST.get("session", "")
    ended = actions.end_sessions(
        user=user,
        only=int(only) if only.isdecimal() else None,
        keep=request.session.session_key or "",
        by=user.person,
        at=timezone.now(),
    )
    said = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", ended)
    messages.success(
        request, said % {"count": ended} if ended else _("That session had ended before.")
    )
    return redirect("usersessions_list")


def through_identity_service(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Allauth's way out to the service; a sentence when that does not answer."""
    try:
        answer: HttpResponse = openid_connect_login(request, provider_id)
    except RequestException:
        messages.error(
            request,
            _("The identity service does not answer. Sign in with your password, or try later."),
        )
        return redirect("account_login")
    return answer


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open the account. What is wrong with a link is said in one sentence."""
    now = timezone.now()
    try:
        found = invitation_behind(token, at=now)
    except InvitationUnusable as refusal:
        return render(request, "people/invitation_closed.html", {"why": refusal}, status=410)
    form = AcceptForm(
        request.POST or None, invitation=found, initial={"full_name": found.person.full_name}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(
                token=token,
                full_name=form.cleaned_data["full_name"],
                password=form.cleaned_data["password"],
                by=found.person,
                at=now,
            )
        except InvitationUnusable as refusal:
            return render(request, "people/invitation_closed.html", {"why": refusal}, status=410)
        messages.success(request, _("Your account is open. Please sign in."))
        return redirect("account_login")
    return render(
        request,
        "people/invitation.html",
        {"form": form, "invitation": found, "roles": [Role(role).label for role in found.roles]},
    )
