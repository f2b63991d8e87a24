"""The process that works in the background: consumers, background tasks, the house's chores.

Every consumer has a thread of its own, so that one that hangs holds up nobody; so have the
background tasks and the sign of life. The chores (sealing the diary, signing its head, putting
failed tasks back, tidying up) run in the main thread. Nothing is kept in memory that matters:
the process may be killed at any moment.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from typing import BinaryIO

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner

from nhipcau.audit.actions import seal_all, sign_head, write_digest
from nhipcau.outbox.actions import (
    check_in,
    check_out,
    hand_over_the_past,
    register_consumers,
    rescue_tasks,
    tidy,
    work,
)
from nhipcau.outbox.consumers import handlers, name_here
from nhipcau.outbox.locks import forget, show_life

logger = logging.getLogger(__name__)

IDLE = timedelta(seconds=1)
SIGN_OF_LIFE = timedelta(seconds=20)
REGISTER = timedelta(minutes=5)
SIGN = timedelta(minutes=10)
RESCUE = timedelta(seconds=2)
TIDY = timedelta(hours=1)
LEAVES_WITHIN = timedelta(seconds=20)
PAUSE_AFTER_TROUBLE = timedelta(seconds=5)


class WorkerProcess:
    """One worker. `start` returns when `stop` was called, by a signal or by somebody else."""

    def __init__(self) -> None:
        # 40 characters are kept of it in every lease.
        self.name = f"{socket.gethostname()[:16]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._over = threading.Event()
        self._last: dict[Callable[..., object], datetime] = {}
        self._life: BinaryIO | None = None

    def stop(self, *_: object) -> None:
        self._over.set()

    def stop_on_signals(self) -> None:
        """The first SIGTERM or SIGINT lets the work in hand be finished, the second does not."""

        def ask(number: int, frame: FrameType | None) -> None:
            if self._over.is_set():
                os._exit(128 + number)
            self.stop()

        signal.signal(signal.SIGTERM, ask)
        signal.signal(signal.SIGINT, ask)

    def start(self) -> None:
        logger.info("worker %s starts", self.name)
        self._patiently(self._enter)
        threads = [self._thread("tasks", self._run_tasks), self._thread("life", self._live)]
        threads += [
            self._thread(path, self._chore(import_string(path))) for path in settings.OUTBOX_CHORES
        ]
        threads += [
            self._thread(name, self._consume(name))
            for name in (name_here(handler, settings.NODE) for handler in handlers())
        ]
        while not self._over.is_set():
            self._patiently(self._do_chores)
            self._over.wait(IDLE.total_seconds())
        leaves_at = time.monotonic() + LEAVES_WITHIN.total_seconds()
        for thread in threads:
            thread.join(max(0.0, leaves_at - time.monotonic()))
        check_out(worker=self.name, at=timezone.now())
        # What is still at work when we leave is found by its free lock, as after a kill.
        if not any(thread.is_alive() for thread in threads):
            self._let_go()
        connections.close_all()
        logger.info("worker %s leaves", self.name)

    def once(self) -> None:
        """Do all that is due now, in this thread, and come back."""
        self._life = show_life(self.name)
        try:
            self._do_what_is_due()
        finally:
            self._let_go()

    def _do_what_is_due(self) -> None:
        register_consumers(at=timezone.now())
        while hand_over_the_past(at=timezone.now()):
            pass
        for handler in handlers():
            while work(
                consumer=name_here(handler, settings.NODE), at=timezone.now(), worker=self.name
            ):
                pass
        for path in settings.OUTBOX_CHORES:
            import_string(path)(at=timezone.now())
        rescue_tasks(at=timezone.now())
        self._task_runner(at_most=None).run()
        seal_all(at=timezone.now())
        sign_head(at=timezone.now())

    def _enter(self) -> bool:
        self._life = self._life or show_life(self.name)
        check_in(worker=self.name, at=timezone.now())
        register_consumers(at=timezone.now())
        # Before the first look into the queue: what a killed worker was at goes on at once.
        rescue_tasks(at=timezone.now())
        return True

    def _let_go(self) -> None:
        if self._life is not None:
            forget(self.name)
            self._life.close()
            self._life = None

    def _thread(self, name: str, what: Callable[[], bool]) -> threading.Thread:
        """A thread that does `what` again and again, at once while there is more of it."""

        def run() -> None:
            while not self._over.is_set():
                if not self._patiently(what):
                    self._over.wait(IDLE.total_seconds())
            connections.close_all()

        thread = threading.Thread(target=run, name=name, daemon=True)
        thread.start()
        return thread

    def _patiently(self, what: Callable[[], bool]) -> bool:
        """Whether there may be more; what fails is logged and tried again after a pause."""
        try:
            close_old_connections()
            return what()
        except Exception:
            logger.exception("worker %s had trouble", self.name)
            self._over.wait(PAUSE_AFTER_TROUBLE.total_seconds())
            return False

    def _consume(self, consumer: str) -> Callable[[], bool]:
        def once() -> bool:
            return bool(work(consumer=consumer, at=timezone.now(), worker=self.name))

        return once

    def _chore(self, what: Callable[..., object]) -> Callable[[], bool]:
        """What a room has done every second; it answers whether there may be more at once."""

        def once() -> bool:
            return bool(what(at=timezone.now()))

        return once

    def _run_tasks(self) -> bool:
        self._task_runner().run()
        return False

    def _task_runner(self, *, at_most: int | None = 20) -> TaskRunner:
        """django-tasks-db's own, told to come back when the queue is empty."""
        return TaskRunner(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=at_most,
            worker_id=self.name,
        )

    def _live(self) -> bool:
        check_in(worker=self.name, at=timezone.now())
        self._over.wait(SIGN_OF_LIFE.total_seconds())
        return False

    def _do_chores(self) -> bool:
        at = timezone.now()
        self._every(REGISTER, register_consumers, at)
        hand_over_the_past(at=at)
        seal_all(at=at)
        self._every(SIGN, sign_head, at)
        self._every(SIGN, write_digest, at)
        self._every(RESCUE, rescue_tasks, at)
        self._every(TIDY, tidy, at)
        return True

    def _every(self, pause: timedelta, chore: Callable[..., object], at: datetime) -> None:
        last = self._last.get(chore)
        # A last time that lies ahead was told by a clock that has since been set back.
        if last is None or not last <= at < last + pause:
            chore(at=at)
            self._last[chore] = at
