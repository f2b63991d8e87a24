"""`nhipcau upgrade`: brings the database to this code, and back again when that fails."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.operations.actions import upgrade
from nhipcau.operations.errors import BackupRefused, DatabaseNewer, UpgradeFailed
from nhipcau.operations.management.commands.prepare import refuse_a_newer_database
from nhipcau.operations.serving.place import CannotStart, alone


class Command(BaseCommand):
    help = "Back up, migrate, check; the database goes back to the backup when one of them fails."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_a_newer_database()
            with alone(settings.DATA, says="nhipcau upgrade"):
                applied = upgrade(
                    folder=settings.DATA / "backups",
                    by=Machine(gettext_noop("operator")),
                    at=timezone.now(),
                    say=lambda file: self.stdout.write(_("backup: %(file)s") % {"file": file}),
                )
        except (BackupRefused, UpgradeFailed, DatabaseNewer, CannotStart) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("%(count)d migrations applied and checked.") % {"count": len(applied)})
