"""`nhipcau doctor`: what is missing or unsafe, and the command that mends it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from nhipcau.operations.doctor.examinations import examine
from nhipcau.operations.doctor.findings import Health

MARKS = {Health.WELL: "✓", Health.WARNING: "!", Health.WRONG: "✗"}


class Command(BaseCommand):
    help = "Say what is missing or unsafe. Exit status 1 when something is wrong."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = examine(timezone.now())
        if options["json"]:
            told = [asdict(finding) for finding in findings]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for finding in findings:
                line = f"{MARKS[finding.health]} {finding.name:<12}{finding.words}"
                self.stdout.write(line + (f"  → {finding.mend}" if finding.mend else ""))
        if any(finding.health is Health.WRONG for finding in findings):
            raise SystemExit(1)
