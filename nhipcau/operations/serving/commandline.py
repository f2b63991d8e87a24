"""The words of `nhipcau serve`, and what happens in which order."""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from nhipcau.operations.serving import place, stamp
from nhipcau.operations.serving.supervisor import Child, Supervisor
from nhipcau.operations.serving.words import _

PREPARATION_REFUSED = 3
DAY_SECONDS = 86_400.0
FIRST_DAILY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class House:
    """What `config` tells about the house that is to be served."""

    data: Path
    host: str
    port: int
    web_workers: int
    database: str
    database_file: Path | None
    public_url: str

    @property
    def address(self) -> str:
        return self.public_url or f"http://{self.host}:{self.port}"


def main(words: list[str], house: House) -> int:
    """Serve until told to stop. 1: the house cannot start here; the sentence is on stderr."""
    parser = argparse.ArgumentParser(prog="nhipcau serve")
    parser.add_argument("--sample", action="store_true", help=_("load the sample when empty"))
    parser.add_argument("--prepare-only", action="store_true", help=_("prepare, do not serve"))
    arguments = parser.parse_args(words)
    try:
        place.require_writable(house.data)
        with place.alone(house.data, says=f"{house.address}, pid {os.getpid()}"):
            place.require_whole(house.data)
            if not arguments.prepare_only:
                place.require_port(house.host, house.port)
            prepared = _prepared(house, sample=arguments.sample)
            if prepared is None:
                return PREPARATION_REFUSED
            if arguments.prepare_only:
                return 0
            return _serve(house, prepared)
    except place.CannotStart as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1


def _program(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _prepared(house: House, *, sample: bool) -> stamp.Stamp | None:
    """Migrations, static files, sample: done when something changed since the last time."""
    installed = Path(sys.executable).parent.parent / "installed.sha256"
    code = stamp.fingerprint(
        installed=installed, database=f"{house.database} {sample} {house.host} {house.public_url}"
    )
    known = stamp.read(house.data)
    is_there = house.database_file is not None and house.database_file.exists()
    # Others may have changed a shared server; only an embedded database is ours alone.
    if known is not None and known.code == code and is_there:
        return known
    command = [_program("nhipcau"), "prepare", "--code", code, *(["--sample"] if sample else [])]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 -- ours
    return stamp.read(house.data) if result.returncode == 0 else None


def _serve(house: House, prepared: stamp.Stamp) -> int:
    granian = [_program("granian"), "--interface", "wsgi", "--no-ws", "--host", house.host]
    granian += ["--port", str(house.port), "--workers", str(house.web_workers)]
    granian += ["--blocking-threads", "8", "--backpressure", "128", "--respawn-failed-workers"]
    granian += ["--workers-kill-timeout", "5", "--log-level", "error"]
    children = [
        Child("web", [*granian, "config.wsgi:application"]),
        Child("worker", [_program("nhipcau"), "outbox", "work"]),
        # Not in the first minute, in which people want their first page.
        Child(
            "daily",
            [_program("nhipcau"), "retention", "apply"],
            every=DAY_SECONDS,
            due_at=time.monotonic() + FIRST_DAILY_SECONDS,
        ),
    ]
    ready = [_("Nhịp Cầu answers at {address}").format(address=house.address)]
    if prepared.accounts:
        ready += ["", prepared.accounts]
    ready += ["", _("Ctrl-C stops it.")]

    def is_ready() -> bool:
        connection = http.client.HTTPConnection(house.host, house.port, timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    return Supervisor(children, is_ready=is_ready, when_ready="\n".join(ready)).run()
