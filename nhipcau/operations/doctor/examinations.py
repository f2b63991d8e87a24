"""All examinations, in the order in which they are told."""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from nhipcau.operations.doctor import house, machine
from nhipcau.operations.doctor.findings import Examination, Finding, wrong

EXAMINATIONS: tuple[Examination, ...] = (
    machine.python,
    machine.packages,
    machine.programs,
    machine.fonts,
    machine.disk,
    machine.clock,
    machine.keys,
    house.debug,
    house.tls,
    house.provenance,
    house.migrations,
    house.journal,
    house.guards,
    house.lists,
    house.workers,
    house.deliveries,
    house.tasks,
    house.index,
    house.backups,
    house.mail,
    house.samples,
)


def examine(at: datetime) -> list[Finding]:
    """Every finding; an examination that the database stops is a finding too."""
    findings = []
    for examination in EXAMINATIONS:
        try:
            findings.append(examination(at))
        except (DatabaseError, OSError) as error:
            name = getattr(examination, "__name__", "")
            words = _("cannot be examined: %(reason)s") % {"reason": str(error).splitlines()[0]}
            findings.append(wrong(name, words, mend="nhipcau prepare"))
    return findings
