"""`nhipcau publishing load`: set the route of clearance that comes with the house."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.publishing.actions import load_routes


class Command(BaseCommand):
    help = "Set the shipped route of clearance where the house has no general one yet."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        route = load_routes(by=Machine(gettext_noop("publishing load")), at=timezone.now())
        self.stdout.write(
            _("The route of clearance “%(route)s” is in force now.") % {"route": route}
            if route is not None
            else _("A general route of clearance is set already; nothing was changed.")
        )
