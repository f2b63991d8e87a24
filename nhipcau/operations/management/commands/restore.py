"""`nhipcau restore FILE`: makes an empty place the house of a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.operations.actions import restore_backup, restore_keys
from nhipcau.operations.errors import RestoreRefused
from nhipcau.operations.serving.place import CannotStart, alone, require_writable


class Command(BaseCommand):
    help = "Restore the backup FILE into an empty place, whole and proved, or the keys."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--keys", action="store_true", help="FILE holds keys; do this first")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"].absolute()
        by, at = Machine(gettext_noop("operator")), timezone.now()
        try:
            require_writable(settings.DATA)
            with alone(settings.DATA, says="nhipcau restore"):
                if options["keys"]:
                    names = restore_keys(file=file, by=by, at=at)
                    self.stdout.write(_("%(count)d keys restored.") % {"count": len(names)})
                    return
                backup = restore_backup(
                    file=file, by=by, at=at, say=lambda word: self.stdout.write(f"  · {word}")
                )
        except (RestoreRefused, CannotStart) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("Restored as of %(moment)s: %(members)d members.")
            % {"moment": backup.taken_at.isoformat(), "members": backup.members}
        )
