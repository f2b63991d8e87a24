"""How fast the diary is written, sealed and verified, and with how much memory.

    .venv/bin/python benchmarks/audit_seal.py [ROWS]

A new diary on the engine of NHIPCAU_DATABASE_URL (an empty database), else on SQLite in a
temporary folder. `tools/postgres.py .venv/bin/python benchmarks/audit_seal.py` measures PostgreSQL.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

FEW = 2_000


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NHIPCAU_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.base"
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        import django

        django.setup()
        _measure(rows)


def _measure(rows: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    from nhipcau.audit.actions import record, seal_all, sign_head
    from nhipcau.audit.models import Entry, Seal, Unsealed
    from nhipcau.audit.verification import Verification
    from nhipcau.kernel.actor import Machine

    call_command("migrate", "audit", verbosity=0)
    at = datetime.now(UTC)
    by = Machine("benchmark")
    after = {"title": "Bản tin đối ngoại tháng 3", "due": "2026-03-31", "languages": ["vi", "lo"]}

    def write(number: int) -> None:
        record(event="plans.task.moved", target=Seal(position=number), by=by, at=at, after=after)

    began = time.perf_counter()
    with transaction.atomic():
        for number in range(FEW):
            write(number)
    writing = FEW / (time.perf_counter() - began)

    model = Entry.objects.last()
    values = {
        field.attname: getattr(model, field.attname)
        for field in Entry._meta.concrete_fields
        if not field.primary_key
    }
    for start in range(FEW, rows, 5_000):
        some = [Entry(**values) for _ in range(start, min(start + 5_000, rows))]
        with transaction.atomic():
            made = Entry.objects.bulk_create(some)
            Unsealed.objects.bulk_create([Unsealed(entry_id=each.pk) for each in made])

    began = time.perf_counter()
    sealed = seal_all(at=at)
    sealing = sealed / (time.perf_counter() - began)
    sign_head(at=at)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    verification = Verification()
    flaws = list(verification.findings())
    verifying = verification.links / (time.perf_counter() - began)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if flaws or verification.links != rows:
        raise SystemExit(f"The measured diary is not whole: {flaws[:3]}")

    print(f"{'diary on ' + connection.vendor:32} {rows:>12,} rows")
    print(f"{'record(), in one transaction':32} {writing:>12,.0f} rows/s")
    print(f"{'seal_all()':32} {sealing:>12,.0f} rows/s")
    print(f"{'audit verify':32} {verifying:>12,.0f} rows/s")
    print(f"{'memory that verifying added':32} {grown:>12,.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
