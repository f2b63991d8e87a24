from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "nhipcau.publishing"
    verbose_name = _("Clearance and release")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nhipcau.publishing import receivers  # noqa: F401, PLC0415 -- models must be loaded first
