from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorksConfig(AppConfig):
    name = "nhipcau.works"
    verbose_name = _("Works")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nhipcau.works import receivers  # noqa: F401, PLC0415 -- models must be loaded first
