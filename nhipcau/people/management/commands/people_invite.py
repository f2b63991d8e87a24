"""nhipcau people invite EMAIL --unit KEY --role ROLE: invite somebody, also the first operator."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.actions import invite
from nhipcau.people.enums import Reach, Role
from nhipcau.people.mail import invitation_link, send_invitation
from nhipcau.registry.models import Unit


class Command(BaseCommand):
    help = "Invite somebody by e-mail to open an account and take up roles in a unit."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--unit", required=True, help="key of the unit in the registry")
        parser.add_argument(
            "--role", action="append", required=True, choices=Role.values, help="may be repeated"
        )
        parser.add_argument("--name", default="", help="full name, when known")
        parser.add_argument(
            "--everywhere", action="store_true", help="the roles count in every unit"
        )
        parser.add_argument(
            "--no-mail", action="store_true", help="print the one-time link instead of sending it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unit = Unit.objects.filter(key=options["unit"]).first()
        if unit is None:
            raise CommandError(
                _("There is no unit with the key “%(key)s”.") % {"key": options["unit"]}
            )
        now = timezone.now()
        try:
            with transaction.atomic():
                invitation = invite(
                    email=options["email"],
                    full_name=options["name"],
                    unit=unit,
                    roles=[Role(role) for role in options["role"]],
                    reach=Reach.HOUSE if options["everywhere"] else Reach.UNIT,
                    by=Machine(gettext_noop("command line")),
                    at=now,
                )
                if not options["no_mail"]:
                    send_invitation(invitation, at=now)
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["no_mail"]:
            self.stdout.write(invitation_link(invitation, base=settings.WAGTAILADMIN_BASE_URL))
        else:
            self.stdout.write(
                _("The invitation is on its way to %(email)s.") % {"email": invitation.person.email}
            )
