"""A PostgreSQL server for tests: made in a temporary folder, thrown away at the end.

    tools/postgres.py COMMAND ...    runs the command with NHIPCAU_DATABASE_URL set

The server is Debian's where it is installed, else the one of a wheel, which lacks the
extensions pg_trgm and unaccent. PostgreSQL refuses to run as root; for root it runs as
`postgres`, or as `nobody` where that user does not exist. Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WHEEL = ROOT / ".venv" / "postgresql"
START_SECONDS = 60
# A test cluster may lose its data in a power cut; it need not wait for the disk.
CAREFREE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


class NoServer(Exception):
    """PostgreSQL cannot be had here; the message says why."""


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with initdb, postgres and pg_dump, and whether the extensions are there."""

    folder: Path
    complete: bool


def debian_programs() -> Programs | None:
    """Debian's newest server, or one on the path; None where there is none."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name)
    )
    on_path = shutil.which("postgres")
    if on_path:
        folders.insert(0, Path(on_path).resolve().parent)
    for folder in reversed(folders):
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return Programs(folder, complete=True)
    return None


def wheel_programs() -> Programs:
    """The server of the wheel, installed beside the virtual environment on first use."""
    found = sorted(WHEEL.glob("*/pginstall/bin/postgres"))
    if not found:
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        command += ["--require-hashes", "--no-deps", "--target", str(WHEEL)]
        command += ["-r", str(ROOT / "requirements" / "postgresql.txt")]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode:
            raise NoServer(f"The wheel could not be installed: {result.stderr.strip()[-300:]}")
        found = sorted(WHEEL.glob("*/pginstall/bin/postgres"))
    return Programs(found[0].parent, complete=False)


def programs() -> Programs:
    return debian_programs() or wheel_programs()


def _someone_else() -> pwd.struct_passwd | None:
    """Whom the server runs as; None when this process may run it itself."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer("PostgreSQL refuses to run as root, and there is no other user here.")


def _goes_with_its_parent() -> None:
    """The server stops when this process dies, however it dies (Linux only)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def throwaway(found: Programs | None = None) -> Iterator[str]:
    """The address of a running, empty server; it is stopped and deleted at the end."""
    found = found or programs()
    owner = _someone_else()
    # A socket's path may have 107 characters, so not under any TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="nhipcau-pg-", dir="/tmp"))
    try:
        if owner and not found.complete:
            # The project may lie where the other user cannot read.
            copy = folder / "wheel"
            shutil.copytree(WHEEL, copy, ignore=shutil.ignore_patterns("pginstall1*"))
            found = Programs(copy / found.folder.relative_to(WHEEL), complete=False)
        folder.chmod(0o755)
        password = secrets.token_urlsafe(16)
        (folder / "password").write_text(password)
        (folder / "socket").mkdir()
        (folder / "data").mkdir(mode=0o700)
        if owner:
            for name in ("password", "socket", "data"):
                os.chown(folder / name, owner.pw_uid, owner.pw_gid)
        (folder / "password").chmod(0o600)
        _initialise(found, folder, owner)
        server, port = _started(found, folder, owner)
        try:
            yield f"postgresql://nhipcau:{password}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # a fast shutdown: connections are ended
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _initialise(found: Programs, folder: Path, owner: pwd.struct_passwd | None) -> None:
    command = [found.folder / "initdb", "--pgdata", folder / "data", "--username", "nhipcau"]
    command += ["--pwfile", folder / "password", "--auth", "scram-sha-256", "--no-sync"]
    command += ["--encoding", "UTF8", "--locale", "C"]
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **_as(owner),
    )
    if result.returncode:
        raise NoServer(f"initdb failed: {result.stderr.strip()[-500:]}")


def _started(
    found: Programs, folder: Path, owner: pwd.struct_passwd | None
) -> tuple[subprocess.Popen[bytes], int]:
    log = folder / "log"
    for _attempt in range(3):  # somebody may take the free port between the look and the start
        port = _free_port()
        command = [str(found.folder / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
        command += ["-k", str(folder / "socket"), "-c", "listen_addresses=127.0.0.1"]
        command += [part for setting in CAREFREE for part in ("-c", setting)]
        with log.open("wb") as output:
            server: subprocess.Popen[bytes] = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C belongs to the tests; we end the server
                preexec_fn=_goes_with_its_parent,  # noqa: PLW1509 -- this process has one thread
                **_as(owner),
            )
        until = time.monotonic() + START_SECONDS
        while server.poll() is None and time.monotonic() < until:
            if b"ready to accept connections" in log.read_bytes():
                return server, port
            time.sleep(0.05)
        if server.poll() is None:
            server.kill()
            server.wait()
    raise NoServer(f"The server did not start: {log.read_text(errors='replace')[-500:]}")


def main() -> int:
    if not sys.argv[1:]:
        print(__doc__)
        return 2
    try:
        with throwaway() as url:
            environment = {**os.environ, "NHIPCAU_DATABASE_URL": url}
            try:
                return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
            except KeyboardInterrupt:
                return 130
    except NoServer as failure:
        print(failure, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
