"""Taking a backup while people write and upload."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from nhipcau.operations.backup import archive
from nhipcau.operations.backup.engines import Engine

# What a running upload writes before its file has a name.
PASSING = frozenset({"arriving"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written: `digest` is the SHA-256 of the whole file."""

    path: Path
    bytes: int
    members: int
    digest: str


def take(target: Path, *, engine: Engine, head: dict[str, Any], at: datetime) -> Taken:
    """Write database and files of one moment into `target`, whole or not at all.

    Files never change and are on the disk before a row names them. So every file of the
    snapshot's moment was there before it or is there after it: both are gathered as hard links,
    which keep even what is deleted while the archive is written.
    """
    with _workshop() as folder:
        media = folder / archive.MEDIA
        _link_files(media)
        counts = engine.snapshot(folder / archive.DATABASE)
        _link_files(media)
        with archive.whole_or_nothing(target) as stream:
            writer = archive.Writer(stream, folder / archive.MANIFEST)
            writer.add(archive.DATABASE, folder / archive.DATABASE)
            for path in _files(media):
                writer.add(f"{archive.MEDIA}/{path.relative_to(media).as_posix()}", path)
            writer.finish(
                {
                    "engine": engine.name,
                    "moment": at.isoformat(),
                    "rows": counts,
                    "diary_head": head,
                    "time_zone": settings.TIME_ZONE,
                }
            )
    return Taken(target, target.stat().st_size, writer.members, _digest(target))


@contextmanager
def _workshop() -> Iterator[Path]:
    """A folder on the disk of the data, since hard links do not cross disks."""
    for leftover in Path(settings.DATA).glob(".backup.*"):
        if not Path("/proc", leftover.suffix[1:]).exists():  # its maker was killed
            shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(settings.DATA) / f".backup.{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - PASSING)
        for name in sorted(names):
            path = Path(root) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _link_files(target: Path) -> None:
    media = Path(settings.MEDIA_ROOT)
    for path in _files(media):
        place = target / path.relative_to(media)
        if place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # deleted between the listing and here: not of the moment
            _link(path, place)


def _link(path: Path, place: Path) -> None:
    try:
        os.link(path, place)
    except PermissionError:
        shutil.copyfile(path, place)  # a disk without hard links


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
