from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    name = "nhipcau.website"
    verbose_name = _("Public portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nhipcau.website import receivers  # noqa: F401, PLC0415 -- models must be loaded first
        from nhipcau.website.permissions import ask_roles_for_pages  # noqa: PLC0415 -- models must be loaded first

        ask_roles_for_pages()
