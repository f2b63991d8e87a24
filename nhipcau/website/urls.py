"""Addresses of the portal; they stand behind all others."""

from __future__ import annotations

from django.urls import include, path, register_converter

from nhipcau.website.rules.addresses import ShortIdConverter, TagConverter
from nhipcau.website.views import looks, portal

register_converter(TagConverter, "tag")
register_converter(ShortIdConverter, "short")

app_name = "website"
urlpatterns = [
    path("", portal.entrance, name="entrance"),
    path(".well-known/security.txt", looks.security, name="security"),
    path("look/<str:colours>.css", looks.colours, name="colours"),
    path("look/emblem-<str:digest>.png", looks.emblem, name="emblem"),
    path("", include("nhipcau.website.feeds.urls")),
    path("<short:short_id>", portal.short, name="short"),
    path("nhe/<tag:language>/", portal.portal, {"is_light": True}, name="light_home"),
    path("nhe/<tag:language>/<path:rest>/", portal.portal, {"is_light": True}, name="light"),
    path("<tag:language>/", portal.portal, name="home"),
    path("<tag:language>/<path:rest>/", portal.portal, name="page"),
]
