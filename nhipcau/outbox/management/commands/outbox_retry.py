"""`nhipcau outbox retry [CONSUMER]`: try again what was given up, once its trouble is over."""

from __future__ import annotations

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.kernel.actor import Machine
from nhipcau.outbox.actions import retry_all, retry_task
from nhipcau.outbox.models import Consumer, TaskTrouble


class Command(BaseCommand):
    help = "Try again what was given up: messages of one consumer, or of all, and background tasks."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("consumer", nargs="?", default="", help="only this consumer")

    def handle(self, *args: Any, consumer: str, **options: Any) -> None:
        by = Machine(f"operator {getpass.getuser()}")
        now = timezone.now()
        consumers = Consumer.objects.filter(until__isnull=True).order_by("name")
        if consumer:
            consumers = consumers.filter(name=consumer)
            if not consumers:
                raise CommandError(_("No consumer is called %(name)s.") % {"name": consumer})
        messages = sum(retry_all(consumer=each, by=by, at=now) for each in consumers)
        tasks = 0
        if not consumer:
            for trouble in TaskTrouble.objects.filter(given_up_at__isnull=False):
                retry_task(trouble=trouble, by=by, at=now)
                tasks += 1
        self.stdout.write(
            _("Tried again: %(messages)d messages, %(tasks)d background tasks.")
            % {"messages": messages, "tasks": tasks}
        )
