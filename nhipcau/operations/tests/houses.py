"""Real houses for tests: processes of their own on a folder of their own."""

import contextlib
import fcntl
import hashlib
import http.client
import os
import queue
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent.parent
NHIPCAU = Path(sys.executable).parent / "nhipcau"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data, **more):
    outside = os.environ  # noqa: TID251 -- a child process gets its own
    kept = {name: outside[name] for name in ("PATH", "HOME") if name in outside}
    return kept | {"NHIPCAU_DATA": str(data), "LC_ALL": "C.UTF-8"} | more


def nhipcau(*words, data, timeout=120, **more):
    """Run one command to its end."""
    return subprocess.run(
        [str(NHIPCAU), *map(str, words)],
        cwd=ROOT,
        env=environment(data, **more),
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def made_once(request, tmp_path_factory, name, make):
    """A folder that the first process of a run makes, `make(folder)`, and all others find."""
    run = tmp_path_factory.getbasetemp()
    shared = run.parent if hasattr(request.config, "workerinput") else run
    folder, done = shared / name / "data", shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(parents=True)
            make(folder)
            done.touch()
    return folder


def server_address():
    """The PostgreSQL server that these tests may make databases on; "" when there is none."""
    return os.environ.get("NHIPCAU_DATABASE_URL", "")  # noqa: TID251 -- the tests' own question


class House:
    """A data folder with its database, looked at from outside."""

    def __init__(self, data, **settings):
        self.data = data
        self.settings = settings

    def run(self, *words, **more):
        return nhipcau(*words, data=self.data, **self.settings, **more)

    def python(self, *words, **more):
        """Start Python in this house."""
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            cwd=ROOT,
            env=environment(self.data, **self.settings)
            | {"DJANGO_SETTINGS_MODULE": "config.settings.base"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            **more,
        )

    def ask(self, question):
        """The answers of the database, row by row."""
        if url := self.settings.get("NHIPCAU_DATABASE_URL"):
            with psycopg.connect(url) as database:
                return database.execute(question).fetchall()
        with contextlib.closing(sqlite3.connect(self.data / "nhipcau.sqlite3")) as database:
            return database.execute(question).fetchall()

    def files(self):
        media = self.data / "media"
        return {
            str(path.relative_to(media)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in media.rglob("*")
            if path.is_file()
        }

    def things(self):
        """Names at the top of the data folder, without keys and the lock."""
        return sorted(
            path.name for path in self.data.iterdir() if path.name not in {"keys", "run.lock"}
        )


class Served:
    """A running `nhipcau serve`, ended with the test."""

    def __init__(self, data, *, port=None, command=None, **more):
        self.port = port or free_port()
        self.process = subprocess.Popen(
            command or [str(NHIPCAU), "serve"],
            cwd=ROOT,
            env=environment(data, NHIPCAU_PORT=str(self.port), **more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.output = []
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.output.append(line)
            self._lines.put(line)

    def wait_for(self, words, *, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                line = self._lines.get(timeout=0.2)
            except queue.Empty:
                if self.process.poll() is not None:
                    break
                continue
            if words in line:
                return line
        raise AssertionError(f"never said {words!r}: {''.join(self.output)}")

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            connection.close()

    def stop(self, number=signal.SIGINT, *, seconds=20):
        self.process.send_signal(number)
        return self.process.wait(timeout=seconds)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
