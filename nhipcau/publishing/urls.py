"""Addresses of the publishing room; they stand under /admin/."""

from __future__ import annotations

from django.urls import path

from nhipcau.publishing.views import clearing

app_name = "publishing"
urlpatterns = [
    path("clearance/", clearing.index, name="clearances"),
    path("clearance/<uuid:uuid>/", clearing.review, name="review"),
    path("clearance/<uuid:uuid>/decision/", clearing.say, name="say"),
    path("clearance/<uuid:uuid>/give/", clearing.give, name="give"),
]
