"""`nhipcau search state`: how the indexes of this machine are."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nhipcau.search.queries import index_states


class Command(BaseCommand):
    help = "Say how the search indexes of this machine are."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for label, state in index_states().items():
            self.stdout.write(f"{label:40} {state.value}")
