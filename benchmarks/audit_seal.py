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
RESULTS = Path(__file__).resolve().parent / "results"


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

    stopwatch = _Stopwatch()
    with transaction.atomic():
        for number in range(FEW):
            write(number)
    table = [("record(), in one transaction", *stopwatch.rates(FEW))]

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

    stopwatch = _Stopwatch()
    sealed = seal_all(at=at)
    table.append(("seal_all()", *stopwatch.rates(sealed)))
    sign_head(at=at)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stopwatch = _Stopwatch()
    verification = Verification()
    flaws = list(verification.findings())
    table.append(("audit verify", *stopwatch.rates(verification.links)))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if flaws or verification.links != rows:
        raise SystemExit(f"The measured diary is not whole: {flaws[:3]}")

    lines = [
        f"| {connection.vendor}, {rows:,} rows | rows/s by the clock | rows/s of processor time |",
        "| --- | ---: | ---: |",
        *[f"| {name} | {clock:,.0f} | {processor:,.0f} |" for name, clock, processor in table],
        f"| memory that verifying added | {grown:.1f} MB | |",
    ]
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"audit_seal_{connection.vendor}.md").write_text("\n".join(lines) + "\n")


class _Stopwatch:
    """By the clock, and by the processor's time of this process: others use the machine too."""

    def __init__(self) -> None:
        self._clock, self._processor = time.perf_counter(), time.process_time()

    def rates(self, rows: int) -> tuple[float, float]:
        clock, processor = time.perf_counter(), time.process_time()
        return rows / (clock - self._clock), rows / (processor - self._processor)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
