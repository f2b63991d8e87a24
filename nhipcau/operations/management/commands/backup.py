"""`nhipcau backup FILE`: database and files of one moment in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.operations.actions import take_backup, take_keys
from nhipcau.operations.errors import BackupRefused


class Command(BaseCommand):
    help = "Write database and files of one moment into FILE, while people work; or the keys."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--keys", action="store_true", help="the keys instead, to be kept elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"].absolute()
        by, at = Machine(gettext_noop("operator")), timezone.now()
        try:
            if options["keys"]:
                names = take_keys(file=file, by=by, at=at)
                self.stdout.write(
                    _("%(count)d keys. Keep this file apart from the backups.")
                    % {"count": len(names)}
                )
                return
            backup = take_backup(file=file, by=by, at=at)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("%(file)s: %(bytes)d bytes, %(members)d members, SHA-256 %(digest)s")
            % {
                "file": file,
                "bytes": backup.bytes,
                "members": backup.members,
                "digest": backup.sha256,
            }
        )
