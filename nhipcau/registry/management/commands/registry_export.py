"""`nhipcau registry export FILE`: every unit on record as an .xlsx workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from nhipcau.registry.imports.unit_workbook import write_units
from nhipcau.registry.queries.unit_sheets import exported_units


class Command(BaseCommand):
    help = "Write every unit on record to an .xlsx workbook that registry import reads back."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        units = exported_units()
        options["file"].write_bytes(write_units(units))
        self.stdout.write(
            _("%(count)d units written to %(file)s.")
            % {"count": len(units), "file": options["file"]}
        )
