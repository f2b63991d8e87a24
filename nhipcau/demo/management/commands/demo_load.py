"""`nhipcau demo load`: fill an empty house with the sample province."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.demo.actions.loading import load_sample
from nhipcau.demo.errors import SampleRefused
from nhipcau.kernel.actor import Machine
from nhipcau.people.models import Person
from nhipcau.plans.models import Plan, PlanImport, Task
from nhipcau.registry.models import Unit
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.models import Work


class Command(BaseCommand):
    help = "Load the invented sample province into an empty house; twice changes nothing."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=1, help="draws the persons' names; default 1"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load = load_sample(
                seed=options["seed"],
                tell=self._say,
                by=Machine(gettext_noop("sample province")),
                at=timezone.now(),
            )
        except SampleRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if load is None:
            self._say(_("The sample province is here already; nothing was changed."))
            return
        self._say(
            _(
                "The sample province is ready: %(units)d units, %(persons)d persons, %(plans)d "
                "plans with %(tasks)d tasks, %(waiting)d plan waiting for review, %(works)d works "
                "in %(versions)d language versions."
            )
            % {
                "units": Unit.objects.filter(key__contains="mau").count(),
                "persons": Person.objects.count(),
                "plans": Plan.objects.count(),
                "tasks": Task.objects.filter(left_the_plan_at__isnull=True).count(),
                "waiting": PlanImport.objects.filter(state="review").count(),
                "works": Work.objects.not_in_trash().count(),
                "versions": LanguageVersion.objects.filter(
                    subject__work__trashed_at__isnull=True
                ).count(),
            }
        )

    def _say(self, text: str) -> None:
        self.stdout.write(f"  · {text}")
        self.stdout.flush()
