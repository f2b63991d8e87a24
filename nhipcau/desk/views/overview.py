"""The registry at a glance: what lists there are, and how long each is today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nhipcau.desk.queries.places import registry_counts
from nhipcau.desk.views.access import those_with
from nhipcau.people.enums import Permission


@those_with(Permission.REGISTRY_READ)
@require_GET
def overview(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    return render(
        request,
        "desk/registry.html",
        {"counts": registry_counts(on=today), "today": today, "tab": "overview"},
    )
