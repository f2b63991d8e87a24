from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    name = "nhipcau.website"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"
