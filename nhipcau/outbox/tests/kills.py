"""Kills a working worker again and again, then counts what arrived.

    DJANGO_SETTINGS_MODULE=… python -m nhipcau.outbox.tests.kills DATABASE FOLDER KILLS SEED

DATABASE is Django's settings of a migrated, empty database as JSON. Each round forks a real
worker process with all its threads and one writer, and sends it SIGKILL after a random time.
A last worker then finishes in peace. Prints what was written and what arrived, as JSON.

Two consumers: `outside` tells a receiver with a file of its own that keeps a key once however
often it is told; `inside` writes to our database in the transaction of the note of it, into a
table that would keep a key twice.
"""

import json
import os
import random
import signal
import sqlite3
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

from nhipcau.outbox.contract import Handler

LEDGERS = ("kills_written", "kills_inside")


class Outside(Handler):
    name = "outside"
    topics = frozenset({"kills."})
    lease = timedelta(seconds=1)

    def handle(self, message):
        with sqlite3.connect(settings.RECEIVER, timeout=20) as receiver:
            receiver.execute(
                "INSERT INTO received VALUES (?, 1) "
                "ON CONFLICT (key) DO UPDATE SET knocks = knocks + 1",
                [message.key],
            )
        receiver.close()


class Inside(Handler):
    name = "inside"
    topics = frozenset({"kills."})
    lease = timedelta(seconds=1)
    in_transaction = True

    def handle(self, message):
        run("INSERT INTO kills_inside VALUES (%s)", [message.key])


def run(sql, parameters=()):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else None


def write_on_and_on(round_number):
    """A writer whose own rows, news and diary lines stand or fall together."""
    from django.db import transaction
    from django.utils import timezone

    from nhipcau.audit.actions import record
    from nhipcau.kernel.actor import Machine
    from nhipcau.outbox.actions import put
    from nhipcau.outbox.models import Message

    for number in range(40):
        key = f"kills.{round_number}.{number}"
        with transaction.atomic():
            run("INSERT INTO kills_written VALUES (%s)", [key])
            put(topic="kills.one", key=key, payload={"n": number}, at=timezone.now())
            record(
                event="kills.one.written",
                target=Message(pk=number),
                by=Machine("writer"),
                at=timezone.now(),
            )
        time.sleep(0.003)


def forked_worker(round_number):
    """The process id of a worker that has begun."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        os.read(reading, 1)
        os.close(reading)
        return child
    from nhipcau.outbox.worker import WorkerProcess

    try:
        os.close(reading)
        worker = WorkerProcess()
        worker.stop_on_signals()
        if round_number is not None:
            threading.Thread(target=write_on_and_on, args=[round_number], daemon=True).start()
        os.write(writing, b"1")
        worker.start()
    finally:
        os._exit(0)


def counted():
    from nhipcau.audit.models import Entry
    from nhipcau.audit.verification import Verification
    from nhipcau.outbox.models import Handover, Message

    with sqlite3.connect(settings.RECEIVER) as receiver:
        received = dict(receiver.execute("SELECT key, knocks FROM received").fetchall())
    written = {key for (key,) in run("SELECT key FROM kills_written")}
    inside = [key for (key,) in run("SELECT key FROM kills_inside")]
    verification = Verification()
    flaws = [str(finding) for finding in verification.findings()]
    return {
        "written": len(written),
        "messages": Message.objects.count(),
        "outside lost": len(written - set(received)),
        "outside told again": sum(knocks - 1 for knocks in received.values()),
        "inside lost": len(written - set(inside)),
        "inside twice": len(inside) - len(set(inside)),
        "never written but told": len((set(received) | set(inside)) - written),
        "owed": Handover.objects.owed().count(),
        "given up": Handover.objects.given_up().count(),
        "diary lines": Entry.objects.count(),
        "diary sealed": verification.links,
        "diary flaws": flaws,
    }


def main(database, folder, kills, seed):
    settings.DATABASES["default"] |= json.loads(database)
    settings.DATA = Path(folder)
    settings.KEYS = Path(folder) / "keys"
    settings.RECEIVER = str(Path(folder) / "receiver.sqlite3")
    settings.OUTBOX_CONSUMERS = [f"nhipcau.outbox.tests.kills.{n}" for n in ("Outside", "Inside")]
    django.setup()
    from django.db import connections
    from django.utils import timezone

    from nhipcau.audit.actions import seal_all
    from nhipcau.outbox.actions import register_consumers
    from nhipcau.outbox.models import Handover, Message

    with sqlite3.connect(settings.RECEIVER) as receiver:
        receiver.execute("PRAGMA journal_mode=WAL")
        receiver.execute("CREATE TABLE received (key TEXT PRIMARY KEY, knocks INTEGER)")
    for table in LEDGERS:
        run(f"CREATE TABLE {table} (key VARCHAR(80))")
    register_consumers(at=timezone.now())
    connections.close_all()
    chance = random.Random(seed)  # noqa: S311 -- the same kills for the same seed
    began = time.monotonic()
    for round_number in range(kills):
        worker = forked_worker(round_number)
        time.sleep(chance.uniform(0, 0.3))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    worker = forked_worker(None)
    until = time.monotonic() + 900
    while time.monotonic() < until:
        time.sleep(0.2)
        if Message.objects.exists() and not Handover.objects.owed().exists():
            break
    os.kill(worker, signal.SIGTERM)
    _pid, status = os.waitpid(worker, 0)
    seal_all(at=timezone.now())
    result = counted() | {
        "kills": kills,
        "seconds": round(time.monotonic() - began, 1),
        "last worker left with": os.waitstatus_to_exitcode(status),
    }
    for table in LEDGERS:
        run(f"DROP TABLE {table}")
    connections.close_all()
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
