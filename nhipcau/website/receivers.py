"""What becomes of the portal when a room below changes what surrounds its pages."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.registry.models import Province
from nhipcau.website.actions import tell_pages
from nhipcau.website.rules.tags import PROVINCE

_MAKER = Machine(gettext_noop("portal"))


@receiver(post_save, sender=Province, dispatch_uid="website.province")
def province_changed(**_: Any) -> None:
    """Name, emblem and colours stand on every page."""
    tell_pages(tags=[PROVINCE], key="province", by=_MAKER, at=timezone.now())
