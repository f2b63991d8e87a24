"""`nhipcau outbox work`: the worker, until it is told to stop."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.outbox.worker import WorkerProcess


class Command(BaseCommand):
    help = "Works in the background: hands on news, runs tasks, seals the diary. Ctrl-C stops it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do what is due now, then come back"
        )

    def handle(self, *, once: bool, **options: Any) -> None:
        worker = WorkerProcess()
        if once:
            worker.once()
            return
        worker.stop_on_signals()
        worker.start()
