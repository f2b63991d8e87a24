"""`nhipcau registry load`: bring in the facts that come with the house."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.registry.actions.reference import load_reference_data
from nhipcau.registry.actions.usual_units import establish_usual_units
from nhipcau.registry.enums import AreaKind
from nhipcau.registry.models import Area


class Command(BaseCommand):
    help = "Bring in provinces, communes, border gates, languages, laws and units that are shipped."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--province",
            metavar="KEY",
            help="also establish the usual units of this province, for example tinh/lang-son",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by, at = Machine(gettext_noop("registry load")), timezone.now()
        load = load_reference_data(by=by, at=at)
        if load is None:
            self.stdout.write(_("All shipped facts are on record already."))
        else:
            self.stdout.write(
                _("%(added)d rows added, %(corrected)d corrected.")
                % {"added": load.added, "corrected": load.corrected}
            )
        key = options["province"]
        if not key:
            return
        province = Area.objects.filter(key=key, kind=AreaKind.PROVINCE).first()
        if province is None:
            self.stderr.write(_("No province has the key “%(key)s”.") % {"key": key})
            raise SystemExit(2)
        added = establish_usual_units(province=province, by=by, at=at)
        self.stdout.write(
            _("%(count)d units established for %(province)s.")
            % {"count": added, "province": province.label}
        )
