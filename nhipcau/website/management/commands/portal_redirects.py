"""`nhipcau portal redirects FILE`: where the paths of an older portal lead now."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.website.actions import bring_old_addresses
from nhipcau.website.rules.redirects import row_of

COLUMNS = 2


class Command(BaseCommand):
    help = "Bring a list of old addresses (CSV: old path, where it leads)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            text = file.read_text(encoding="utf-8-sig")
            lines = list(csv.reader(text.splitlines()))
        except (OSError, UnicodeDecodeError, csv.Error) as trouble:
            raise CommandError(
                _("%(file)s cannot be read as a list: CSV in UTF-8 is expected.") % {"file": file}
            ) from trouble
        rows = [
            row_of(number, *[*cells, ""][:COLUMNS])
            for number, cells in enumerate(lines, 1)
            if any(cell.strip() for cell in cells)
        ]
        told = bring_old_addresses(
            rows=rows, by=Machine(gettext_noop("portal redirects")), at=timezone.now()
        )
        for number, sentence in told.refused:
            self.stderr.write(
                _("Line %(number)d: %(sentence)s") % {"number": number, "sentence": sentence}
            )
        self.stdout.write(
            _("%(taken)d old addresses lead on now, %(refused)d were refused.")
            % {"taken": told.taken, "refused": len(told.refused)}
        )
