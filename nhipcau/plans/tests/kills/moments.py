"""What is going on in each process, told to the one that kills, and kills at chosen moments.

A table of bytes in memory that parent and children share: it outlives whoever wrote in it.
"""

import mmap
import os
import signal
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass

READING = "reading (the process of its own)"
# What a process can be killed in the midst of: how often it is chosen, for how many seconds it
# may go on, and how many moments it has, about.
OF_PEOPLE = {
    "bringing a file": (3, 0.1, 30),
    "writing the file": (2, 0.01, 12),
    "taking a step": (5, 0.1, 40),
    "saying of which plan it is": (2, 0.1, 30),
    "accepting": (6, 0.3, 250),
    "looking at the page": (0.5, 0.05, 15),
}
OF_THE_WORKER = {
    READING: (2, 1.0, 4),
    "keeping the proposals": (4, 0.1, 40),
    "telling the news": (3, 0.02, 8),
    "rescuing what was left": (1, 0.02, 8),
    "sealing the diary": (1, 0.02, 8),
}
PHASES = ("", *OF_PEOPLE, *OF_THE_WORKER)
PLACES = 8  # threads of one process that may tell at once
PROCESSES = 4
_FILE_EVENTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.chmod"})


class Board:
    """Shared by all processes: what each is doing, and whether it is time to come to an end."""

    def __init__(self):
        self._bytes = mmap.mmap(-1, 1 + PROCESSES * PLACES)

    @property
    def ends(self):
        return self._bytes[0] == 1

    def end(self):
        self._bytes[0] = 1

    def tell(self, process, place, phase):
        self._bytes[1 + process * PLACES + place] = PHASES.index(phase)

    def told(self, process):
        """The phases that a process was in, and a clean sheet for its successor."""
        start = 1 + process * PLACES
        told = {PHASES[number] for number in self._bytes[start : start + PLACES]} - {""}
        self._bytes[start : start + PLACES] = bytes(PLACES)
        return told

    def is_in(self, process, phase):
        start = 1 + process * PLACES
        return PHASES.index(phase) in self._bytes[start : start + PLACES]


@dataclass(frozen=True)
class Fate:
    """In the midst of what a process is killed: so many seconds after it began, or at a moment.

    A moment is a statement of SQL, the edge of a commit, or the touch of a file: the places at
    which an action can be torn. There the process kills itself.
    """

    phase: str
    seconds: float | None = None
    moments: int | None = None

    @classmethod
    def drawn(cls, chance, phases):
        weights = [weight for weight, _seconds, _moments in phases.values()]
        (phase,) = chance.choices(list(phases), weights)
        _weight, seconds, moments = phases[phase]
        if chance.random() < 0.5:
            return cls(phase, seconds=chance.uniform(0, seconds))
        return cls(phase, moments=chance.randint(1, moments))


class Teller:
    """One process's pen."""

    def __init__(self, board, process, fate):
        self.board = board
        self.process = process
        self.phase = fate.phase if fate is not None else ""
        self.left = fate.moments if fate is not None else None
        self._places = {}
        self._busy = threading.local()

    @contextmanager
    def during(self, phase):
        place = self._places.setdefault(threading.get_ident(), len(self._places) % PLACES)
        before = getattr(self._busy, "phase", "")
        self._busy.phase = phase
        self.board.tell(self.process, place, phase)
        try:
            yield
        finally:
            self._busy.phase = before
            self.board.tell(self.process, place, before)

    def wrap(self, owner, name, phase):
        """From now on, whoever calls owner.name is in that phase."""
        plain = getattr(owner, name)

        def told(*given, **more):
            with self.during(phase):
                return plain(*given, **more)

        setattr(owner, name, told)

    def listen(self):
        """Hear every moment of this process."""
        from django.db.backends.base.base import BaseDatabaseWrapper
        from django.db.backends.signals import connection_created

        sys.addaudithook(lambda event, _: event in _FILE_EVENTS and self.moment())
        commit = BaseDatabaseWrapper._commit

        def told_commit(connection):
            self.moment()
            answer = commit(connection)
            self.moment()
            return answer

        BaseDatabaseWrapper._commit = told_commit

        def told_statement(execute, sql, params, many, context):
            self.moment()
            return execute(sql, params, many, context)

        connection_created.connect(
            lambda connection, **_: connection.execute_wrappers.append(told_statement), weak=False
        )

    def moment(self):
        if self.left is None or self.board.ends or self.phase != getattr(self._busy, "phase", ""):
            return
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
