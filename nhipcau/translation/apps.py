from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "nhipcau.translation"
    verbose_name = _("Languages of works")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nhipcau.translation import receivers  # noqa: F401, PLC0415 -- models must be loaded first
