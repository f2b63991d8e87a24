"""Between sign-in and every page: whether this session suffices, and for which unit it acts."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from nhipcau.people.enums import Permission, SessionKey
from nhipcau.people.models import User
from nhipcau.people.queries import rights_of_user

STAFF = "/admin/"
OWN_PAGES = "/accounts/"


class SignedInMiddleware:
    """Ends sessions that skipped the second factor, demands one by role, names the acting unit.

    Whoever comes without a session (every reader of the public pages) costs no query. With one:
    one for the rights, which tell the units and the demands too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path.startswith((OWN_PAGES, STAFF))
            and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
        ):
            # Browsers of offices here are often set to English by their maker; people are not.
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            user = request.user
            if isinstance(user, User):
                answer = _second_factor(request, user) or _acting_unit(request, user)
                if answer is not None:
                    return answer
        return self.get_response(request)


def _second_factor(request: HttpRequest, user: User) -> HttpResponse | None:
    if _came_with_second_factor(request, user):
        return None
    known = getattr(user, "has_second_factor", None)  # RoleBackend asks it with the user
    if Authenticator.objects.filter(user=user).exists() if known is None else known:
        # Opened by some other door than ours, or before the second factor was set up.
        logout(request)
        messages.error(request, _("Please sign in again, with your second factor."))
        return redirect(f"{reverse('account_login')}?next={request.path}")
    setting_up = (
        reverse("mfa_index"),
        reverse("account_reauthenticate"),
        reverse("account_logout"),
        reverse("wagtailadmin_logout"),
        settings.STATIC_URL,
    )
    demanded = rights_of_user(user).demanding_second_factor
    if demanded and not request.path.startswith(setting_up):
        return redirect("mfa_index")
    return None


def _came_with_second_factor(request: HttpRequest, user: User) -> bool:
    if request.session.get(SessionKey.SECOND_FACTOR_SET_UP) == user.pk:
        return True
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def _acting_unit(request: HttpRequest, user: User) -> HttpResponse | None:
    """Set the unit on whose behalf the person acts; ask when there are several."""
    in_the_desk = request.path.startswith(STAFF)
    if not rights_of_user(user).may(Permission.DESK_ENTER):
        return redirect("people_account") if in_the_desk else None
    units = rights_of_user(user).units_in_order
    chosen = request.session.get(SessionKey.ACTING_UNIT)
    if chosen not in units:
        if len(units) > 1 and in_the_desk and request.method == "GET":
            return redirect(f"{reverse('people_choose_unit')}?next={request.path}")
        chosen = units[0]
    user.person.act_for(chosen)
    return None
