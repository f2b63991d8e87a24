from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "nhipcau.api"
    verbose_name = _("Interface for machines")
    default_auto_field = "django.db.models.BigAutoField"
