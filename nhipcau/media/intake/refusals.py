"""Why a file is not taken; the sentences for people stand in the room's phrases."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    EMPTY = "empty"
    UNKNOWN = "unknown"
    HEIC = "heic"
    TIFF = "tiff"
    OLD_OFFICE = "old_office"
    ARCHIVE = "archive"
    PROGRAM = "program"
    WEB_PAGE = "web_page"
    WINDOWS_MEDIA = "windows_media"
    POLYGLOT = "polyglot"
    BOMB = "bomb"
    TOO_LARGE = "too_large"
    TOO_MANY_FRAMES = "too_many_frames"
    CUT_OFF = "cut_off"
    DAMAGED = "damaged"
    ACTIVE_DRAWING = "active_drawing"
    OUTSIDE_DRAWING = "outside_drawing"
    MACROS = "macros"
    EMBEDDED = "embedded"
    ENCRYPTED = "encrypted"
    SIGNED = "signed"
    REMARKS = "remarks"
    ACTIVE_PDF = "active_pdf"
    OUTSIDE_DATA = "outside_data"
    CANNOT_CLEAN = "cannot_clean"
    TOO_SLOW = "too_slow"
    VIRUS = "virus"
    OVER_QUOTA = "over_quota"
    OTHER_KIND = "other_kind"


class Refused(Exception):
    """One file is not taken; `values` are the numbers and words of the sentence."""

    def __init__(self, why: Refusal, **values: int | str) -> None:
        super().__init__(why, values)
        self.why = why
        self.values = values
