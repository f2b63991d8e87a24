from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PageStoreConfig(AppConfig):
    name = "nhipcau.website.store"
    label = "page_store"
    verbose_name = _("Page store")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nhipcau.website.store import receivers  # noqa: F401, PLC0415 -- models must be loaded first
