"""`nhipcau media verify`: whether every kept file is there and unchanged."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from nhipcau.media.models import StoredFile
from nhipcau.media.queries import Damage, damaged_files


class Command(BaseCommand):
    help = "Check every kept file against its hash. Exit status 1 when one is missing or changed."

    def handle(self, *args: Any, **options: Any) -> None:
        worst = 0
        for finding in damaged_files():
            self.stdout.write(f"{finding.damage.value}\t{finding.digest}")
            worst += finding.damage is not Damage.UNNAMED
        if worst:
            raise CommandError(
                _("%(count)d kept files are missing or changed; restore them from a backup.")
                % {"count": worst}
            )
        self.stdout.write(_("%(count)d files, all whole.") % {"count": StoredFile.objects.count()})
