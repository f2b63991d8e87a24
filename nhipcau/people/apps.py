from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nhipcau.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("nhipcau.people.receivers")
