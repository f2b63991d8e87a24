"""`nhipcau plan import FILE`: the same as bringing the file in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.people.models import Person, User
from nhipcau.people.queries import people_who_may, rights_of
from nhipcau.plans.actions.accepting import accept
from nhipcau.plans.actions.importing import bring_file
from nhipcau.plans.enums import ImportState
from nhipcau.plans.errors import FileRefused
from nhipcau.plans.models import PlanImport
from nhipcau.plans.permissions import may_accept, may_import
from nhipcau.plans.phrases import obstacle_sentences
from nhipcau.plans.queries.reviews import standing_obstacles, tasks_to_become
from nhipcau.plans.reading.errors import ReadingInterrupted
from nhipcau.plans.reading.limits import DEFAULT
from nhipcau.plans.tasks import read_plan
from nhipcau.registry.models import Unit

CHUNK = 1 << 20


class Command(BaseCommand):
    help = "Read a plan into proposed tasks; a person reviews and accepts them in the browser."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the plan: .docx, PDF with text, HTML or text")
        parser.add_argument(
            "--by", default="", help="address of who brings it; not needed where only one may"
        )
        parser.add_argument("--unit", default="", help="key of the issuing unit")
        parser.add_argument("--language", default="vi", choices=["vi", "en"])
        parser.add_argument(
            "--accept", action="store_true", help="accept at once when nothing is left to decide"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            self._import(**options)

    def _import(self, *, file: Path, by: str, unit: str, **options: Any) -> None:
        issuing = self._unit(unit)
        person = self._person(by) if by else self._only_one(issuing)
        if not may_import(rights_of(person, on=timezone.localdate()), unit=issuing):
            raise CommandError(
                _("%(person)s may not bring plans of this unit.") % {"person": person}
            )
        if not file.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": file})
        if file.stat().st_size > DEFAULT.bytes:
            raise CommandError(
                _("This file is too large for a plan; save it without pictures and bring it again.")
            )
        with file.open("rb") as opened:
            try:
                brought = bring_file(
                    chunks=iter(lambda: opened.read(CHUNK), b""),
                    file_name=file.name,
                    unit=issuing,
                    by=person,
                    at=timezone.now(),
                )
            except FileRefused as refusal:
                raise CommandError(str(refusal)) from refusal
        if brought.plan is not None:
            self.stdout.write(
                _("This file is a plan that the house already has; nothing was changed.")
            )
            return
        if brought.plan_import is None:  # bring_file answers one of the two
            raise CommandError(_("Nothing was brought."))
        if brought.is_new:
            # Read here and now; the waiting worker finds it done.
            try:
                read_plan.call(brought.plan_import.pk)
            except ReadingInterrupted as error:
                raise CommandError(
                    _(
                        "Something ended the reading; the file is kept, "
                        "and the background worker reads it again."
                    )
                ) from error
        plan_import = PlanImport.objects.get(pk=brought.plan_import.pk)
        if plan_import.state == ImportState.REFUSED:
            raise CommandError(
                plan_import.refusal_en if options["language"] == "en" else plan_import.refusal_vi
            )
        self._tell(plan_import)
        if options["accept"]:
            self._accept(plan_import, person)

    def _tell(self, plan_import: PlanImport) -> None:
        self.stdout.write(
            _(
                "%(tasks)d tasks proposed, %(warnings)d points to look at. "
                "Review them here: %(address)s"
            )
            % {
                "tasks": tasks_to_become(plan_import),
                "warnings": len(plan_import.warnings),
                "address": settings.WAGTAILADMIN_BASE_URL
                + reverse("plans:review", args=[plan_import.uuid]),
            }
        )

    def _accept(self, plan_import: PlanImport, person: Person) -> None:
        if not may_accept(rights_of(person, on=timezone.localdate()), unit=plan_import.unit):
            raise CommandError(
                _("%(person)s may not accept plans of this unit.") % {"person": person}
            )
        try:
            plan = accept(plan_import=plan_import, by=person, at=timezone.now())
        except RuleBroken as refusal:
            open_points = obstacle_sentences(standing_obstacles(plan_import))
            raise CommandError(" ".join([str(refusal), *open_points])) from refusal
        self.stdout.write(
            _("The plan is accepted: %(count)d tasks.") % {"count": plan.tasks.count()}
        )

    def _person(self, email: str) -> Person:
        user = User.objects.filter(email__iexact=email).select_related("person").first()
        if user is None:
            raise CommandError(_("Nobody signs in as %(email)s.") % {"email": email})
        return user.person

    def _only_one(self, unit: Unit | None) -> Person:
        """The one who may bring plans of the unit; CommandError names whom to choose from."""
        may = people_who_may(Permission.PLANS_IMPORT, unit, on=timezone.localdate())
        persons = list(may.filter(user__is_active=True).select_related("user").order_by("pk")[:9])
        match persons:
            case [person]:
                return person
            case []:
                raise CommandError(_("Nobody who signs in may bring plans of this unit."))
            case _:
                addresses = ", ".join(person.user.email for person in persons)
                raise CommandError(
                    _("Say who brings the plan, with --by: %(addresses)s.")
                    % {"addresses": addresses}
                )

    def _unit(self, key: str) -> Unit | None:
        if not key:
            return None
        unit = Unit.objects.filter(key=key).first()
        if unit is None:
            raise CommandError(_("No unit has the key %(key)s.") % {"key": key})
        return unit
