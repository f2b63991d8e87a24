"""Kills people's requests, the worker and its reading processes on the whole way of a plan.

    DJANGO_SETTINGS_MODULE=… python -m nhipcau.plans.tests.kills DATABASE FOLDER KILLS SEED

DATABASE is Django's settings of a migrated, empty database as JSON. Two people bring papers,
review them step by step and accept them, at the browser's edge, in processes of their own; a
worker reads and tells. Each of them is killed by SIGKILL, at a random time or at a random moment
inside an action, and started again, until there were so many kills. Then all is brought to its
end in peace. Prints what was found, as JSON.
"""

import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import django
import psutil
from django.conf import settings

from nhipcau.plans.tests.kills.moments import OF_PEOPLE, OF_THE_WORKER, READING, Board, Fate

WORKER, PEOPLE = 0, (1, 2)
TICK_SECONDS = 0.005
PATIENCE_SECONDS = 30  # that a process may live without coming to what it is to die in
MARK = "NHIPCAU_KILLS"  # in the environment of every process of this run
MOST_TROUBLE = 5


@dataclass
class Child:
    """A process, and what is in store for it."""

    pid: int
    fate: Fate | None
    since: float
    dies_at: float | None = None


class Run:
    """The one that kills. It has one thread, and no connection while it forks."""

    def __init__(self, folder, chance, lives):
        self.folder = folder
        self.chance = chance
        self.lives = lives
        self.board = Board()
        self.children = {}
        self.kills = Counter()
        self.phases = Counter()
        self.trouble = []
        self.whole = set()
        self.forks = 0

    def start(self, process):
        from nhipcau.plans.tests.kills.processes import forked

        phases = OF_THE_WORKER if process == WORKER else OF_PEOPLE
        fate = None if self.board.ends else Fate.drawn(self.chance, phases)
        self.forks += 1
        pid = forked(self.board, process, fate, self.forks, self.lives[process])
        self.children[process] = Child(pid, fate, time.monotonic())

    def kill_on(self, kills):
        for process in self.lives:
            self.start(process)
        while self.kills.total() < kills and len(self.trouble) < MOST_TROUBLE:
            time.sleep(TICK_SECONDS)
            for process, child in list(self.children.items()):
                if self._is_due(process, child):
                    self._kill(process, child)
                self._look_after(process, child)
        self.board.end()

    def _is_due(self, process, child):
        now = time.monotonic()
        if child.dies_at is None:
            if now > child.since + PATIENCE_SECONDS:  # what it was to be killed in never came
                child.dies_at = now
            elif child.fate.seconds is not None and self.board.is_in(process, child.fate.phase):
                child.dies_at = now + child.fate.seconds
        return child.dies_at is not None and now >= child.dies_at

    def _kill(self, process, child):
        """Now and then only the reading process, as a machine short of memory does."""
        if process == WORKER and child.fate.phase == READING and self.chance.random() < 0.5:
            for reader in readers(self.folder):
                if _parent(reader) == child.pid:
                    reader.send_signal(signal.SIGKILL)
                    self.kills["a reading process alone"] += 1
                    self.phases[READING] += 1
                    child.since, child.dies_at = time.monotonic(), None
                    return
        os.kill(child.pid, signal.SIGKILL)

    def _look_after(self, process, child):
        found, status = os.waitpid(child.pid, os.WNOHANG)
        if not found:
            return
        told = self.board.told(process)
        code = os.waitstatus_to_exitcode(status)
        if code == -signal.SIGKILL:
            self.kills["the worker" if process == WORKER else "a person's request"] += 1
            self.phases.update(told or {"between two things"})
            self._look_around(child.pid)
        elif code != 0:
            self.trouble.append(f"process {process} ended with {code}")
        if code != 0:
            self.start(process)
        else:
            del self.children[process]

    def _look_around(self, dead):
        """Right after a kill: nobody reads for a dead worker, no file is half there."""
        from nhipcau.plans.tests.kills.oracle import half_files

        alive = {child.pid for child in self.children.values()} - {dead}
        until = time.monotonic() + 2
        while orphans := [one.pid for one in readers(self.folder) if _parent(one) not in alive]:
            if time.monotonic() > until:
                self.trouble.append(f"orphaned reading processes: {orphans}")
                break
            time.sleep(TICK_SECONDS)
        self.trouble += half_files(self.whole)

    def finish(self, seconds):
        """Everything is brought to its end by people and a worker that nobody kills."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and len(self.trouble) < MOST_TROUBLE:
            time.sleep(TICK_SECONDS)
            for process, child in list(self.children.items()):
                self._look_after(process, child)
            if set(self.children) == {WORKER} and nothing_waits():
                break
        else:
            self.trouble.append("it did not come to an end")
        for process, child in self.children.items():
            os.kill(child.pid, signal.SIGTERM if process == WORKER else signal.SIGKILL)
            _pid, status = os.waitpid(child.pid, 0)
            if process == WORKER and os.waitstatus_to_exitcode(status) != 0:
                self.trouble.append("the last worker did not leave in order")
        self.trouble += [f"still there: {one.pid}" for one in readers(self.folder)]


def readers(folder):
    """The reading processes of this run."""
    found = []
    for process in psutil.process_iter():
        try:
            is_reader = any("plans.reading.isolated" in word for word in process.cmdline())
            if is_reader and process.environ().get(MARK) == str(folder):
                found.append(process)
        except psutil.Error:  # gone meanwhile, or a zombie
            continue
    return found


def _parent(process):
    try:
        return process.ppid()
    except psutil.Error:
        return None


def nothing_waits():
    from django.db import connections
    from django_tasks_db.models import DBTaskResult

    from nhipcau.outbox.models import Handover

    waiting = DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()
    owed = Handover.objects.owed().exists()
    connections.close_all()
    return not waiting and not owed


def prepare():
    """Units, a group and two planners; their keys."""
    from nhipcau.people.enums import Role
    from nhipcau.people.tests.factories import LONG_AGO, TEST, make_user
    from nhipcau.plans.tests.kills.papers import BORDER, CULTURE, TRADE
    from nhipcau.plans.tests.room.conftest import NOON
    from nhipcau.registry.actions.groups import create_group
    from nhipcau.registry.actions.units import create_unit

    made = {}
    for key, kind, name in (
        ("culture", "department", CULTURE),
        ("trade", "department", TRADE),
        ("tan-thanh", "peoples_committee", "UBND xã Tân Thanh"),
        ("bao-lam", "peoples_committee", "UBND xã Bảo Lâm"),
    ):
        made[key] = create_unit(
            key=key, kind=kind, name=name, valid_from=LONG_AGO, by=TEST, at=NOON
        )
    create_group(key="border", name=BORDER, unit_kind="peoples_committee", by=TEST, at=NOON)
    users = [make_user(Role.PLANNER, unit=made["culture"]).pk for _ in PEOPLE]
    return {key: unit.pk for key, unit in made.items()}, users


def warm_up(user_id):
    """Load what the first request would load, so that each child does not do it again."""
    from django.test import Client
    from django.urls import reverse

    from nhipcau.outbox import worker  # noqa: F401 -- loaded before the forks
    from nhipcau.people.models import User

    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    if client.get(reverse("plans:bring")).status_code != 200:
        raise RuntimeError("the person may not bring plans")


def main(database, folder, kills, seed):
    folder = Path(folder)
    os.environ[MARK] = str(folder)  # noqa: TID251 -- a mark for our own children
    settings.DATABASES["default"] |= json.loads(database)
    settings.DATA, settings.KEYS = folder, folder / "keys"
    settings.MEDIA_ROOT = folder / "media"
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000  # as a large file: by way of a temporary one
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    settings.RECEIVER = str(folder / "receiver.sqlite3")
    settings.OUTBOX_CONSUMERS = [
        f"nhipcau.plans.tests.kills.processes.{name}" for name in ("Outside", "Inside")
    ]
    django.setup()
    from django.db import connection, connections
    from django.utils import timezone

    from nhipcau.audit.actions import seal_all
    from nhipcau.outbox.actions import register_consumers
    from nhipcau.plans.tests.kills.oracle import flaws_and_figures
    from nhipcau.plans.tests.kills.processes import person, work

    with sqlite3.connect(settings.RECEIVER) as receiver:
        receiver.execute("PRAGMA journal_mode=WAL")
        receiver.execute("CREATE TABLE received (key TEXT PRIMARY KEY)")
    receiver.close()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kills_told (key VARCHAR(200))")
    register_consumers(at=timezone.now())
    ids, users = prepare()
    warm_up(users[0])
    connections.close_all()
    lives = {WORKER: work} | {
        number: person(user, ids) for number, user in zip(PEOPLE, users, strict=True)
    }
    began = time.monotonic()
    run = Run(folder, random.Random(seed), lives)  # noqa: S311 -- the same kills for the same seed
    run.kill_on(kills)
    run.finish(60 + kills)
    seal_all(at=timezone.now())
    flaws, figures = flaws_and_figures()
    log = folder / "trouble.log"
    result = {
        "kills": dict(run.kills),
        "phases": dict(run.phases),
        "figures": figures | {"seconds": round(time.monotonic() - began, 1)},
        "flaws": [*run.trouble, *flaws],
        "log": log.read_text()[-4000:] if log.exists() else "",
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE kills_told")
    connections.close_all()
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
