"""The addresses that machines watch."""

from __future__ import annotations

from django.urls import path

from nhipcau.operations.views import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
