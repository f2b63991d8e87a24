from __future__ import annotations

import importlib

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "nhipcau.media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        importlib.import_module("nhipcau.media.receivers")
