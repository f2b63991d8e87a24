"""nhipcau people demand --role ROLE: a second factor of whoever holds the role, or no longer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.people.actions import demand_second_factor, stop_demanding_second_factor
from nhipcau.people.enums import Role
from nhipcau.people.models import SecondFactorRule

COMMAND_LINE = Machine(gettext_noop("command line"))


class Command(BaseCommand):
    help = "Demand a second factor of roles from today on, or stop; without roles, show which."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", action="append", default=[], choices=Role.values)
        parser.add_argument(
            "--stop", action="store_true", help="from today on the roles need none any more"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        roles = [Role(role) for role in options["role"]]
        if roles and options["stop"]:
            for rule in SecondFactorRule.objects.filter(valid_to__isnull=True, role__in=roles):
                stop_demanding_second_factor(rule=rule, until=today, by=COMMAND_LINE, at=now)
        elif roles:
            demand_second_factor(roles=roles, start=today, by=COMMAND_LINE, at=now)
        for rule in SecondFactorRule.objects.on(today).order_by("role"):
            self.stdout.write(f"{rule.role}: {rule.valid_from:%d/%m/%Y}")
