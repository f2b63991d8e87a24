"""Addresses of people, and closed doors of others; stands before Wagtail and allauth."""

from __future__ import annotations

from typing import Any

from allauth.account.views import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from nhipcau.people.views import account, preferences


def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Roles are given in our own pages; nobody signs up."""
    raise Http404


# Wagtail's own sign-in and password pages ask for a password alone.
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_password_reset = RedirectView.as_view(pattern_name="account_reset_password")

urlpatterns = [
    re_path(r"^admin/login(?:/.*)?$", to_sign_in),
    re_path(r"^admin/password_reset(?:/.*)?$", to_password_reset),
    path("admin/logout/", logout),
    path("admin/account/", preferences.preferences),
    re_path(r"^admin/(?:users|groups)(?:/.*)?$", closed),
    re_path(r"^admin/bulk/(?:people|auth)/.*$", closed),
    path("accounts/", account.account, name="people_account"),
    path("accounts/language/", set_language, name="people_language"),
    path("accounts/unit/", account.choose_unit, name="people_choose_unit"),
    path("accounts/copy/", account.copy_of_data, name="people_copy_of_data"),
    path("accounts/sessions/end/", account.end_sessions, name="people_end_sessions"),
    path("accounts/oidc/<str:provider_id>/login/", account.through_identity_service),
    path("accounts/invitation/<str:token>/", account.invitation, name="people_invitation"),
    re_path(r"^accounts/(?:signup|social)(?:/.*)?$", closed),
    re_path(r"^accounts/3rdparty/signup/$", closed),
]
