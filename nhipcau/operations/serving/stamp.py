"""What the last preparation saw, so that a second start need not look again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent.parent
FILE = "prepared.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """`code` is the fingerprint of what was prepared; `accounts` what to show at the start."""

    code: str
    accounts: str = ""


def _watched(installed: Path) -> Iterator[Path]:
    yield installed
    yield from sorted(PACKAGE.glob("**/migrations/*.py"))
    yield from sorted(path for path in PACKAGE.glob("*/static/**/*") if path.is_file())
    yield from sorted(PACKAGE.glob("demo/**/*.py"))


def fingerprint(*, installed: Path, database: str) -> str:
    """Changes whenever migrations, static files, packages or the database's address change."""
    digest = hashlib.sha256(database.encode())
    for path in _watched(installed):
        if path.exists():
            state = path.stat()
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def read(folder: Path) -> Stamp | None:
    """The stamp of the last preparation; None when there is none that can be read."""
    try:
        words = json.loads((folder / FILE).read_text())
        return Stamp(code=str(words["code"]), accounts=str(words["accounts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(folder: Path, stamp: Stamp) -> None:
    unfinished = folder / f".{FILE}.{os.getpid()}"
    unfinished.write_text(json.dumps(asdict(stamp), ensure_ascii=False))
    unfinished.replace(folder / FILE)
