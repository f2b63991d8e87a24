"""The files that go with a sheet: a folder or a .zip, read one at a time, never unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from nhipcau.works.errors import SheetRefused

MOST_FILES = 100_000
PIECE = 256 * 1024
ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class FileInFolder:
    """A file of the folder; `pieces` stops at `size_bytes`, whatever an archive says."""

    name: str
    size_bytes: int
    opened: Callable[[], IO[bytes]]

    def pieces(self) -> Iterator[bytes]:
        left = self.size_bytes
        with self.opened() as file:
            while left and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def files_of(place: Path | None, *, called: str = "") -> Mapping[str, FileInFolder]:
    """The files of a folder or .zip by name, the folders within left out of the name.

    `called` is the name under which people know it. Raises SheetRefused for what is neither, for
    too many files, for two of one name, and for files behind a password.
    """
    if place is None:
        return {}
    if place.is_dir():
        return _named(
            FileInFolder(path.name, path.stat().st_size, partial(_opened, path))
            for path in sorted(place.rglob("*"))
            if path.is_file() and not path.is_symlink()
        )
    try:
        archive = zipfile.ZipFile(place)
    except (zipfile.BadZipFile, OSError) as error:
        raise SheetRefused(
            _("“%(name)s” is neither a folder nor a .zip file.") % {"name": called or place.name}
        ) from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise SheetRefused(_("The .zip file has a password; pack it again without one."))
    return _named(
        FileInFolder(
            entry.filename.replace("\\", "/").rpartition("/")[2],
            entry.file_size,
            partial(archive.open, entry),
        )
        for entry in entries
    )


def _named(files: Iterator[FileInFolder]) -> dict[str, FileInFolder]:
    found: dict[str, FileInFolder] = {}
    for file in files:
        if file.name in found:
            raise SheetRefused(
                _("Two files are called “%(name)s”; give each a name of its own.")
                % {"name": file.name}
            )
        found[file.name] = file
        if len(found) > MOST_FILES:
            raise SheetRefused(
                _("There are more than %(limit)d files; split the sheet.") % {"limit": MOST_FILES}
            )
    return found
