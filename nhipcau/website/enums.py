"""Languages of the portal's frame, and places that every tree has."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

# How each interface language calls itself; Django's own list has “Khmer” for Khmer and no Lao.
OWN_NAMES: Mapping[str, str] = {
    "vi": "Tiếng Việt",
    "en": "English",
    "zh-hans": "中文",
    "lo": "ລາວ",
    "km": "ខ្មែរ",
}
# Their tags as documents name them (BCP 47).
TAGS: Mapping[str, str] = {"vi": "vi", "en": "en", "zh-hans": "zh-Hans", "lo": "lo", "km": "km"}


class Place(models.TextChoices):
    """What a page is for that shows what the house knows by itself."""

    GATES = "gates", _("Border gates")
    CORRECTIONS = "corrections", _("Corrections and withdrawals")
    ACCOUNTS = "accounts", _("Official accounts")
    SEARCH = "search", _("Search")
    COMPONENTS = "components", _("Parts that pages are made of")


class Look(models.TextChoices):
    """How a list of works stands on a page."""

    CARDS = "cards", _("Cards with pictures")
    ROWS = "rows", _("Rows")
