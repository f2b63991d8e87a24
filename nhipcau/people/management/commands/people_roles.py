"""nhipcau people roles: which role may do what, as a table for whoever has to check it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nhipcau.people.enums import Permission, Role
from nhipcau.people.permissions import CHARTERS


class Command(BaseCommand):
    help = "Print which role may do what."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for role, charter in CHARTERS.items():
            self.stdout.write(f"{role}: {role.label}. {charter.description}")
        self.stdout.write("")
        self.stdout.write("| " + " | ".join([_("permission"), *CHARTERS]) + " |")
        self.stdout.write("| --- |" + " --- |" * len(Role))
        for permission in Permission:
            marks = (
                "x" if permission in charter.permissions else " " for charter in CHARTERS.values()
            )
            self.stdout.write(f"| {permission} | " + " | ".join(marks) + " |")
