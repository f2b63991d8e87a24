"""`nhipcau works load`: bring in topics, spending items and templates that come with the house."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.works.actions import load_lists


class Command(BaseCommand):
    help = "Bring in shipped topics, spending items and templates; what people added stays."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        changed = load_lists(by=Machine(gettext_noop("works load")), at=timezone.now())
        self.stdout.write(
            _("%(count)d rows added or corrected.") % {"count": changed}
            if changed
            else _("All shipped lists are on record already.")
        )
