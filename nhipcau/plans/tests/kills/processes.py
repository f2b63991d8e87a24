"""The processes that are killed: people at the browser's edge, and the worker.

Both are forked from a parent that has Django loaded, no thread and no connection.
"""

import ctypes
import json
import os
import random
import signal
import sqlite3
import time
import traceback
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from nhipcau.outbox.contract import Handler
from nhipcau.plans.tests.kills.moments import READING, Teller
from nhipcau.plans.tests.kills.papers import Paper

WINDOW = 6  # papers under way at once
FEWEST = 6  # papers, two of which are new versions
TROUBLE = 3  # exit status of a person who met an error


class Outside(Handler):
    """Tells a receiver with a file of its own, which keeps a key once however often it is told."""

    name = "outside"
    topics = frozenset({"plans.plan"})
    lease = timedelta(seconds=1)

    def handle(self, message):
        with sqlite3.connect(settings.RECEIVER, timeout=20) as receiver:
            receiver.execute("INSERT OR IGNORE INTO received VALUES (?)", [message.key])
        receiver.close()


class Inside(Handler):
    """Writes to our own database, into a table that would keep a key twice."""

    name = "inside"
    topics = frozenset({"plans.plan"})
    lease = timedelta(seconds=1)
    in_transaction = True

    def handle(self, message):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO kills_told VALUES (%s)", [message.key])


def forked(board, process, fate, seed, live):
    """The process id of a child that does `live(teller, chance)` and ends."""
    child = os.fork()
    if child:
        return child
    status = TROUBLE
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # nobody outlives the test
        teller = Teller(board, process, fate)
        teller.listen()
        status = live(teller, random.Random(seed))  # noqa: S311 -- the same for the same seed
    except BaseException:  # noqa: BLE001 -- told in the log, and by the exit status
        with Path(settings.DATA, "trouble.log").open("a") as log:
            traceback.print_exc(file=log)
    finally:
        os._exit(status)


# --- the worker ---------------------------------------------------------------------------------


def work(teller, _chance):
    """A worker with all its threads, until it is asked to leave."""
    from nhipcau.outbox import rules, worker
    from nhipcau.plans.actions import reading

    # The same ways, walked faster: pauses are not what is tested.
    rules.SHORTEST_PAUSE, rules.LONGEST_PAUSE = timedelta(seconds=0.2), timedelta(seconds=1)
    worker.IDLE = timedelta(seconds=0.1)
    worker.RESCUE = timedelta(seconds=0.5)
    worker.PAUSE_AFTER_TROUBLE = timedelta(seconds=0.5)
    teller.wrap(reading, "read_file", READING)
    teller.wrap(reading, "keep_reading", "keeping the proposals")
    teller.wrap(Outside, "handle", "telling the news")
    teller.wrap(Inside, "handle", "telling the news")
    teller.wrap(worker, "rescue_tasks", "rescuing what was left")
    teller.wrap(worker, "seal_all", "sealing the diary")
    process = worker.WorkerProcess()
    process.stop_on_signals()
    process.start()
    return 0


# --- people -------------------------------------------------------------------------------------


class Desk:
    """What one person does at the browser, seeing what the house shows, until all is accepted."""

    def __init__(self, teller, chance, user_id, ids):
        from django.test import Client

        from nhipcau.people.models import User

        self.teller = teller
        self.chance = chance
        self.ids = ids
        self.client = Client()
        self.client.force_login(User.objects.get(pk=user_id))

    def live(self):
        from nhipcau.plans.enums import ImportState
        from nhipcau.plans.models import PlanImport

        while True:
            brought = {
                row.file_name: row
                for row in PlanImport.objects.order_by("pk").select_related("plan")
            }
            accepted = [one for one in brought.values() if one.state == ImportState.ACCEPTED]
            count = len(accepted) + WINDOW
            if self.teller.board.ends:
                count = max(len(brought), FEWEST)
                if len(accepted) == count:
                    return 0
            waiting = [paper for paper in map(Paper, range(count)) if self._is_open(paper, brought)]
            self.chance.shuffle(waiting)
            if not sum(self._go_on(paper, brought.get(paper.name)) for paper in waiting):
                time.sleep(0.05)

    def _is_open(self, paper, brought):
        from nhipcau.plans.enums import ImportState

        row = brought.get(paper.name)
        if row is None and paper.renews:  # a version of what is not yet a plan waits
            row = brought.get(Paper(paper.n - 1).name)
            return row is not None and row.state == ImportState.ACCEPTED
        return row is None or row.state != ImportState.ACCEPTED

    def _go_on(self, paper, row):
        """Whether there was something to do for the paper; it is done once."""
        from nhipcau.plans.enums import ImportState

        if row is None or row.state in {ImportState.REFUSED, ImportState.DISCARDED}:
            self._bring(paper)
            return True
        if row.state == ImportState.REVIEW:
            self._review(paper, row)
            return True
        self._look(row)
        return False

    def _bring(self, paper):
        from django.core.files.uploadedfile import SimpleUploadedFile
        from django.urls import reverse

        with self.teller.during("bringing a file"):
            answer = self.client.post(
                reverse("plans:bring"),
                {
                    "file": SimpleUploadedFile(paper.name, paper.bytes),
                    "unit": self.ids["culture"],
                },
                headers={"accept": "application/json"},
            )
        self._expect(answer, 200)

    def _look(self, row):
        from django.urls import reverse

        with self.teller.during("looking at the page"):
            self._expect(self.client.get(reverse("plans:progress", args=[row.uuid])), 200)

    def _review(self, paper, row):
        from django.urls import reverse

        state = self.client.get(reverse("plans:state", args=[row.uuid]))
        self._expect(state, 200)
        state = state.json()
        if paper.renews and row.plan is None:
            if state["state"] == "review":
                self._say_of_which_plan(paper, row)
            return
        steps = list(paper.steps())
        done = state["seen"] - paper.before_steps
        if done < len(steps):
            keys = {task["path"]: task for task in state["tasks"]}
            wanted = steps[done](keys, self.ids) | {"seen": state["seen"]}
            with self.teller.during("taking a step"):
                answer = self.client.post(
                    reverse("plans:step", args=[row.uuid]),
                    json.dumps(wanted),
                    content_type="application/json",
                )
            # The other person may have been quicker, or have accepted it.
            self._expect(answer, 200, 409, 400)
            return
        self._accept(row, state["seen"])

    def _say_of_which_plan(self, paper, row):
        from django.urls import reverse

        from nhipcau.plans.models import Plan

        plan = Plan.objects.get(document__citation=f"{paper.number}/KH-UBND")
        with self.teller.during("saying of which plan it is"):
            answer = self.client.post(reverse("plans:set_plan", args=[row.uuid]), {"plan": plan.pk})
        self._expect(answer, 302)

    def _accept(self, row, seen):
        from django.urls import reverse

        from nhipcau.plans.queries.reviews import newest_version

        with self.teller.during("accepting"):
            answer = self.client.post(
                reverse("plans:accept", args=[row.uuid]),
                {"seen": seen, "version": newest_version(row.plan)},
            )
        self._expect(answer, 302)

    def _expect(self, answer, *statuses):
        if answer.status_code not in statuses:
            raise AssertionError(f"{answer.status_code} {answer.request['PATH_INFO']}")


def person(user_id, ids):
    """The life of one person, to be forked."""

    def live(teller, chance):
        from django.core.files.base import File

        from nhipcau.media import store

        File.DEFAULT_CHUNK_SIZE = 700  # a small file arrives in several pieces, as a large one
        teller.wrap(store, "write", "writing the file")
        return Desk(teller, chance, user_id, ids).live()

    return live
