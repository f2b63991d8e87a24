"""The front door: which room answers which address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls

from nhipcau.desk.views.my_work import first_page
from nhipcau.desk.views.words import words_of_scripts
from nhipcau.media.views.serving import public
from nhipcau.publishing.views import links

urlpatterns: list[URLPattern | URLResolver] = [
    # First of all: it closes the doors of Wagtail and allauth that are not ours.
    path("", include("nhipcau.people.urls")),
    # The first page is ours, under the name by which Wagtail knows it.
    path("admin/", first_page, name="wagtailadmin_home"),
    # Wagtail's scripts find their sentences here; a fifth of its own are Vietnamese.
    path("admin/jsi18n/", words_of_scripts),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.urls")),
    # What was released, by names that only the releases tell.
    path("media/<str:name>", public, name="media_public"),
    # What machines read.
    path("api/v1/", include("nhipcau.api.urls")),
    # A leader's one decision, behind a link that was sent to him or her.
    path("decision/<str:secret>/", links.decision, name="publishing_link"),
    path("decision/<str:secret>/shown/<slug:kind>/<int:number>/", links.shown),
    path("decision/<str:secret>/lines/<int:pk>/", links.lines),
    path("", include("nhipcau.operations.urls")),
    # Readers: every path that is nobody else's.
    path("", include("nhipcau.website.urls")),
]
handler404 = "nhipcau.website.views.missing.missing"
