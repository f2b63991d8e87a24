"""Brought .xlsx workbooks: what is none, or is a bomb, is refused before anything reads it."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from nhipcau.kernel.errors import RuleBroken

MOST_PARTS = 300


class NoWorkbook(RuleBroken):
    """The file is no workbook, is too large, or unpacks to too much."""


def damaged() -> str:
    return _("The file is damaged or is no .xlsx workbook; save it again as .xlsx and retry.")


# What a part of an archive raises: damaged, cut off, of a method nobody knows, behind a password.
_NOT_UNPACKED = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(NotImplementedError, RuntimeError),
)


def refuse_what_is_no_workbook(data: bytes, *, largest: int, largest_unpacked: int) -> None:
    """Read every part once, never more than it declares.

    `largest` and `largest_unpacked` are bytes: of the file, and of all its parts together. Raises
    NoWorkbook with one sentence.
    """
    if len(data) > largest:
        raise NoWorkbook(
            _("The file is larger than %(limit)d MB; split it.")
            % {"limit": largest // 1024 // 1024}
        )
    if not data.startswith(b"PK"):
        raise NoWorkbook(damaged())
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > largest_unpacked:
                raise NoWorkbook(_("The workbook unpacks to far more than a list needs."))
            if "[Content_Types].xml" not in archive.namelist():
                raise NoWorkbook(damaged())
            for part in parts:
                # Sizes in the directory may lie: read, but never more than was declared.
                with archive.open(part) as opened:
                    start = opened.read(part.file_size + 1)[:2048].upper()
                if part.filename.endswith((".xml", ".rels")) and (
                    b"<!DOCTYPE" in start or b"<!ENTITY" in start
                ):
                    raise NoWorkbook(damaged())
    except _NOT_UNPACKED as error:
        raise NoWorkbook(damaged()) from error
