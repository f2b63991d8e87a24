"""Addresses of the desk's own pages; they stand under /admin/units/."""

from __future__ import annotations

from django.urls import path

from nhipcau.desk.views import units

app_name = "desk"
urlpatterns = [
    path("", units.index, name="units"),
    path("import/", units.bring_sheet, name="bring_units"),
    path("import/<slug:digest>/", units.sheet, name="unit_sheet"),
    path("<uuid:uuid>/", units.unit, name="unit"),
]
