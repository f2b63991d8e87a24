from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "nhipcau.audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("nhipcau.audit.checks")
        import_module("nhipcau.audit.receivers")
