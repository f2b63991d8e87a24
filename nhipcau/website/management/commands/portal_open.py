"""`nhipcau portal open`: make the portal's pages in every interface language that has none."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.website.actions import open_portal


class Command(BaseCommand):
    help = "Make the portal's pages in every interface language that has none yet."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        made = open_portal(by=Machine(gettext_noop("portal open")), at=timezone.now())
        for home in made:
            self.stdout.write(
                _("/%(code)s/ is open: “%(title)s”.") % {"code": home.slug, "title": home.title}
            )
        if not made:
            self.stdout.write(_("Every language has its portal already; nothing was changed."))
