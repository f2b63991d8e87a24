"""Addresses of the desk's own pages; they stand under /admin/units/."""

from __future__ import annotations

from django.urls import path, re_path

from nhipcau.desk.views import units

app_name = "desk"
urlpatterns = [
    path("", units.index, name="units"),
    path("import/", units.bring_sheet, name="bring_units"),
    re_path(r"^import/(?P<digest>[0-9a-f]{64})/$", units.sheet, name="unit_sheet"),
    path("<uuid:uuid>/", units.unit, name="unit"),
]
