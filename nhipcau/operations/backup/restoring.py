"""The way back: into an empty place, all or nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from nhipcau.operations.backup import archive
from nhipcau.operations.backup.engines import Engine
from nhipcau.operations.serving.place import UNFINISHED_RESTORE


class ProofFailed(Exception):
    """The restored copy is not sound; the words are those of the check."""


class WrongEngine(Exception):
    """The backup was taken from the other kind of database."""


def is_empty(engine: Engine) -> bool:
    """Whether nothing would be overwritten: no database, no files."""
    media = Path(settings.MEDIA_ROOT)
    return engine.is_empty() and not any(path.is_file() for path in media.rglob("*"))


def clear_what_a_cut_off_restore_left() -> None:
    """Its workshop, and files that it had put in place already. The caller holds the lock."""
    for leftover in Path(settings.DATA).glob(".restore.*"):
        shutil.rmtree(leftover, ignore_errors=True)
    marker = Path(settings.DATA) / UNFINISHED_RESTORE
    if marker.exists():
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        marker.unlink()


def restore(source: Path, *, engine: Engine, say: Callable[[str], None]) -> dict[str, Any]:
    """Build the house of the backup beside the place, prove it, then put it in place.

    The summary of the backup. Whatever is raised, the place is as it was: empty.
    """
    with _workshop() as folder:
        with source.open("rb") as stream:
            summary = archive.unpack(stream, folder)
        if summary.get("engine") != engine.name:
            raise WrongEngine(str(summary.get("engine")))
        say("unpacked")
        try:
            counts = engine.build(folder / archive.DATABASE, folder)
            _require_same_rows(counts, summary.get("rows"))
            say("built")
            engine.forget_sign_ins(folder)
            _prove(folder, head=summary.get("diary_head"))
            say("proved")
            _put_in_place(folder, engine)
        except BaseException:
            engine.give_up()
            raise
    return summary


def put_database_back(source: Path, *, engine: Engine) -> None:
    """Replace the database by the one in the backup; the files, which never change, stay.

    Only for the backup that was taken a moment ago by whoever now gives up.
    """
    with _workshop() as folder:
        with source.open("rb") as stream:
            summary = archive.unpack(stream, folder, wanted=lambda name: name == archive.DATABASE)
        connections.close_all()
        engine.make_room()
        counts = engine.build(folder / archive.DATABASE, folder)
        _require_same_rows(counts, summary.get("rows"))
        engine.put_in_place(folder)


@contextmanager
def _workshop() -> Iterator[Path]:
    folder = Path(settings.DATA) / f".restore.{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _require_same_rows(found: dict[str, int], told: Any) -> None:
    if found == told:
        return
    told = told if isinstance(told, dict) else {}
    raise ProofFailed(
        ", ".join(
            f"{table}: {found.get(table)} rows instead of {told.get(table)}"
            for table in sorted({*found, *told})
            if found.get(table) != told.get(table)
        )
    )


def _prove(folder: Path, *, head: Any) -> None:
    """Migrate the copy and let the rooms check it, in a process that knows no other place."""
    heads = folder / "head.jsonl"
    heads.write_text(json.dumps(head) + "\n" if head else "")
    result = subprocess.run(  # noqa: S603 -- our own module, no shell
        [sys.executable, "-m", "nhipcau.operations.backup.proving", str(heads)],
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode:
        words = (result.stderr or result.stdout).strip().splitlines()
        raise ProofFailed(words[-1].rstrip(".") if words else str(result.returncode))


def _environment(folder: Path) -> dict[str, str]:
    outside = os.environ  # noqa: TID251 -- handed on to a child, with another folder in it
    return {
        **outside,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "NHIPCAU_DATA": str(folder),
        "NHIPCAU_KEYS": str(settings.KEYS),
    }


def _put_in_place(folder: Path, engine: Engine) -> None:
    marker = Path(settings.DATA) / UNFINISHED_RESTORE
    marker.touch()
    media = folder / archive.MEDIA
    media.mkdir(exist_ok=True)
    place = Path(settings.MEDIA_ROOT)
    if place.exists():
        shutil.rmtree(place)  # empty folders: is_empty() has seen to it
    media.replace(place)
    engine.put_in_place(folder)
    os.sync()
    marker.unlink()
