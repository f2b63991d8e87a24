"""`nhipcau outbox status`: what waits for whom, what fails, what was given up and why."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.outbox.queries import consumers_board, given_up, task_queue


class Command(BaseCommand):
    help = "Show the queue: what waits for each consumer, background tasks, and what was given up."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for row in consumers_board(at=now):
            self.stdout.write(
                _("%(consumer)s: %(owed)d waiting, %(failing)d failing, %(lost)d given up")
                % {
                    "consumer": row.name,
                    "owed": row.owed,
                    "failing": row.failing,
                    "lost": row.given_up,
                }
            )
        for handover in given_up():
            self.stdout.write(
                f"  {handover.consumer} {handover.message.key}: {handover.last_error}"
            )
        queue = task_queue(at=now)
        self.stdout.write(
            _("Background tasks: %(waiting)d waiting, %(running)d running, %(lost)d given up")
            % {"waiting": queue.waiting, "running": queue.running, "lost": queue.given_up}
        )
        for trouble in queue.troubles:
            self.stdout.write(f"  {trouble.task_id}: {trouble.last_error}")
