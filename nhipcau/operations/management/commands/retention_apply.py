"""`nhipcau retention apply`: erases personal data that has been kept long enough."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.operations.actions import apply_retention


class Command(BaseCommand):
    help = "Erase personal data that is older than the retention rules allow. Runs once a day."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        by = Machine(gettext_noop("retention"))
        for kind, count in apply_retention(by=by, at=timezone.now()).items():
            if count:
                self.stdout.write(_("%(kind)s: %(count)d erased") % {"kind": kind, "count": count})
