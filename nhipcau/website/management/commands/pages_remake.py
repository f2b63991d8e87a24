"""`nhipcau pages remake`: every finished page is made again, by the worker, the most read first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.website.store.actions import begin_round

ASKED_FOR = gettext_noop("an operator asked for it")


class Command(BaseCommand):
    help = "Have every page of the portal made again by the worker; the old ones stand meanwhile."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        touched = begin_round(reason=ASKED_FOR, at=timezone.now())
        self.stdout.write(
            _("%(count)d pages will be made again; `nhipcau pages status` tells how far it is.")
            % {"count": touched.count}
        )
