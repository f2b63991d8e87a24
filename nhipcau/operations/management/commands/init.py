"""`nhipcau init`: a real, empty province, without any sample."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.queries.emblems import emblem_from
from nhipcau.operations.errors import NotEmpty
from nhipcau.people.actions import demand_second_factor
from nhipcau.people.enums import Role
from nhipcau.people.models import Person
from nhipcau.registry.actions.province import establish_province
from nhipcau.registry.enums import AreaKind
from nhipcau.registry.models import Area, Province, Unit
from nhipcau.registry.rules.colours import as_colour

COLOUR, ACCENT = "#0b5d7a", "#9c4a00"
# Whoever can let somebody in, or let something out. `nhipcau people demand` changes it later.
GUARDED_ROLES = (Role.OPERATOR, Role.SECRECY_REVIEWER, Role.APPROVER, Role.PUBLISHER)


class Command(BaseCommand):
    help = "Set up a real, empty province: name, emblem, languages, units, first operator."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--province", help="key of the area, for example tinh/lang-son")
        parser.add_argument("--name", help="as the public reads it")
        parser.add_argument("--emblem", type=Path, help="a picture: PNG or SVG")
        parser.add_argument("--colour", default=COLOUR, help="main colour, #rrggbb")
        parser.add_argument("--accent", default=ACCENT, help="accent colour, #rrggbb")
        parser.add_argument("--languages", help="interface languages, parted by commas")
        parser.add_argument(
            "--units", type=Path, help="units as .xlsx; without it the usual ones of a province"
        )
        parser.add_argument("--operator", help="e-mail address of the first operator")
        parser.add_argument("--operator-name", help="full name of the first operator")
        parser.add_argument("--operator-unit", help="key of the operator's unit")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("prepare")
        try:
            refuse_a_house_in_use()
            with transaction.atomic():
                self._establish(options)
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _establish(self, options: dict[str, Any]) -> None:
        area = self._area(self._asked(options, "province", _("Key of the province")))
        name = self._asked(options, "name", _("Name as the public reads it"), default=area.label)
        known = ",".join(code for code, _name in settings.LANGUAGES)
        languages = self._asked(options, "languages", _("Interface languages"), default=known)
        province = establish_province(
            area=area,
            name=name,
            emblem=emblem_from(options["emblem"].read_bytes()) if options["emblem"] else b"",
            colour=as_colour(options["colour"]),
            accent=as_colour(options["accent"]),
            languages=[code.strip() for code in languages.split(",") if code.strip()],
            by=Machine(gettext_noop("operator")),
            at=timezone.now(),
        )
        if options["units"]:
            call_command("registry_import", options["units"], apply=True, stdout=self.stdout)
        else:
            call_command("registry_load", province=area.key, stdout=self.stdout)
        now = timezone.now()
        demand_second_factor(
            roles=GUARDED_ROLES,
            start=timezone.localdate(now),
            by=Machine(gettext_noop("operator")),
            at=now,
        )
        self._invite_the_operator(options, usual_unit=f"so-vhttdl@{area.key}")
        self.stdout.write(_("%(name)s is set up.") % {"name": province.name})

    def _area(self, key: str) -> Area:
        area = Area.objects.filter(key=key, kind=AreaKind.PROVINCE).first()
        if area is None:
            raise CommandError(
                _("No province has the key “%(key)s”; it is written like tinh/lang-son.")
                % {"key": key}
            )
        return area

    def _invite_the_operator(self, options: dict[str, Any], *, usual_unit: str) -> None:
        email = self._asked(options, "operator", _("E-mail address of the first operator"))
        name = self._asked(options, "operator_name", _("Full name of the first operator"))
        # The department of culture, sports and tourism leads this work in most provinces.
        default = usual_unit if Unit.objects.filter(key=usual_unit).exists() else ""
        unit = self._asked(options, "operator_unit", _("Key of the operator's unit"), default)
        if not Unit.objects.filter(key=unit).exists():
            raise CommandError(_("There is no unit with the key “%(key)s”.") % {"key": unit})
        self.stdout.write(_("Open this link once, to choose a password:"))
        call_command(
            "people_invite",
            email,
            unit=unit,
            name=name,
            role=[Role.OPERATOR.value],
            everywhere=True,
            no_mail=True,
            stdout=self.stdout,
        )

    def _asked(self, options: dict[str, Any], name: str, words: str, default: str = "") -> str:
        """The flag's value, else what the person at the terminal answers."""
        if options[name]:
            return str(options[name])
        if sys.stdin.isatty():
            shown = f"{words} [{default}]: " if default else f"{words}: "
            answer = input(shown).strip() or default
            if answer:
                return answer
        elif default:
            return default
        raise CommandError(
            _("Say --%(flag)s: %(words)s.") % {"flag": name.replace("_", "-"), "words": words}
        )


def refuse_a_house_in_use() -> None:
    """Raise NotEmpty when there are people here or a province is set up."""
    if Province.objects.exists() or Person.objects.exists():
        raise NotEmpty(
            _("There is a house in %(folder)s already; a real province begins in an empty place.")
            % {"folder": settings.DATA}
        )
