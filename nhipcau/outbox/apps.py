from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "nhipcau.outbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("nhipcau.outbox.checks")
        import_module("nhipcau.outbox.tasks")
