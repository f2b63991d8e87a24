"""`nhipcau registry import FILE`: what a workbook of units would change; --apply does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.registry.actions.unit_sheets import apply_unit_sheet
from nhipcau.registry.enums import HowToTake
from nhipcau.registry.errors import WorkbookRefused
from nhipcau.registry.imports.unit_workbook import read_units
from nhipcau.registry.queries.unit_sheets import preview_units


class Command(BaseCommand):
    help = "Show what an .xlsx workbook of units would change; with --apply, change it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="do what the preview shows")
        parser.add_argument(
            "--correct",
            action="store_true",
            help="take a name or code without a day as the correction of an error",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_units(options["file"].read_bytes())
        except (WorkbookRefused, OSError) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(1) from refusal
        preview = preview_units(rows)
        for row in preview.refused:
            for sentence in row.sentences:
                self.stderr.write(
                    _("Row %(number)d: %(sentence)s") % {"number": row.number, "sentence": sentence}
                )
        self.stdout.write(
            _("%(add)d to add, %(change)d to change, %(same)d unchanged, %(refused)d refused.")
            % {
                "add": len(preview.add),
                "change": len(preview.change),
                "same": len(preview.unchanged),
                "refused": len(preview.refused),
            }
        )
        without_a_day = HowToTake.CORRECTION if options["correct"] else HowToTake.LEAVE
        taken = {
            row.number: HowToTake.NEW if row.since else without_a_day
            for row in preview.change
            if row.asks
        }
        for number, way in taken.items():
            self.stdout.write(
                _("Row %(number)d, another name or code: %(way)s.")
                % {"number": number, "way": way.label}
            )
        if options["apply"]:
            apply_unit_sheet(
                rows=rows,
                looked_at=preview.digest,
                taken=taken,
                by=Machine(gettext_noop("registry import")),
                at=timezone.now(),
            )
            self.stdout.write(_("Done."))
