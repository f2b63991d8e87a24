"""`nhipcau works import FILE`: what a sheet of records would bring in; --bring brings it in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.spreadsheets import workbook
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.registry.models import Unit
from nhipcau.works.actions import bring_records
from nhipcau.works.imports.folder import files_of
from nhipcau.works.imports.record_workbook import HEADERS, read_records, refuse_what_is_secret
from nhipcau.works.permissions import may_start
from nhipcau.works.queries.sheets import Refused, preview_records

MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Say what a sheet of records (.xlsx, with a folder or .zip of its files) would bring in, "
        "row by row; with --bring, bring it in. Again: what is here already is left alone."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sheet", nargs="?", type=Path, help="the .xlsx file")
        parser.add_argument("--files", type=Path, help="the folder or .zip of the files")
        parser.add_argument("--unit", help="the key of the unit whose works they become")
        parser.add_argument("--by", help="the e-mail address of the author who brings them")
        parser.add_argument("--bring", action="store_true", help="bring them in")
        parser.add_argument("--report", type=Path, help="write refused rows into this .xlsx")
        parser.add_argument("--empty", type=Path, help="write an empty sheet to fill in, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["empty"] is not None:
            headings = [words[0] for words in HEADERS.values()]
            _write(options["empty"], headings, [])
            self.stdout.write(_("Written: %(file)s") % {"file": options["empty"]})
            return
        if options["sheet"] is None or not options["unit"] or not options["by"]:
            raise CommandError(_("Name the sheet, --unit and --by."))
        try:
            self._bring(options)
        except (RuleBroken, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _bring(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        unit = Unit.objects.filter(key=options["unit"]).first()
        person = Person.objects.filter(email=options["by"]).first()
        if unit is None or person is None:
            raise CommandError(_("There is no such unit, or no person with this address."))
        if not may_start(rights_of(person, on=timezone.localdate(now)), unit_id=unit.pk):
            raise CommandError(
                _("%(person)s does not write for “%(unit)s”.") % {"person": person, "unit": unit}
            )
        files = files_of(options["files"])
        data = options["sheet"].read_bytes()
        refuse_what_is_secret(data)
        preview = preview_records(read_records(data), unit=unit, files=files.keys())
        self.stdout.write(
            _("%(add)d records to bring in, %(same)d here already, %(refused)d rows refused.")
            % {
                "add": len(preview.add),
                "same": len(preview.unchanged),
                "refused": len(preview.refused),
            }
        )
        refused = list(preview.refused)
        if options["bring"]:
            report = bring_records(
                planned=preview.add,
                files=files,
                unit=unit,
                by=person,
                at=now,
                tell=lambda done: self.stdout.write(f"  {done} / {len(preview.add)}"),
            )
            refused += report.refused
            self.stdout.write(
                _("%(added)d records were brought in, %(refused)d rows left out.")
                % {"added": report.added, "refused": len(refused)}
            )
        self._report(sorted(refused, key=lambda row: row.number), options["report"])

    def _report(self, refused: Sequence[Refused], place: Path | None) -> None:
        for row in refused[:MOST_SHOWN]:
            self.stdout.write(
                _("Row %(number)d: %(why)s")
                % {"number": row.number, "why": " ".join(row.sentences)}
            )
        if len(refused) > MOST_SHOWN:
            self.stdout.write(_("and %(count)d more") % {"count": len(refused) - MOST_SHOWN})
        if place is not None:
            headings = [_("Row"), HEADERS["key"][0], _("Why")]
            rows = [[row.number, row.key, " ".join(row.sentences)] for row in refused]
            _write(place, headings, rows)
            self.stdout.write(_("Written: %(file)s") % {"file": place})


def _write(place: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with place.open("wb") as file:
        for piece in workbook(headings=headings, rows=rows):
            file.write(piece)
