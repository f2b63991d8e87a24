"""The front door: which room answers which address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns: list[URLPattern | URLResolver] = [
    # Wagtail's own sign-in asks for a password alone; ours asks for the second factor too.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.urls")),
    path("", include("nhipcau.operations.urls")),
    path("", RedirectView.as_view(url="/admin/")),
]
