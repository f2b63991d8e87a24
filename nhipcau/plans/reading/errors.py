"""Why a file could not be read as a plan; each a whole sentence for the person who brought it."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """The reason, for programs; `NotReadable.sentence` says it to people, in two languages."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    BOMB = "bomb"
    UNKNOWN_FORMAT = "unknown_format"
    WRONG_KIND = "wrong_kind"  # a spreadsheet, a picture, a programme ... whatever its name says
    SCAN = "scan"  # pages without text
    NOT_OFFICIAL = "not_official"  # readable, but no official document
    TOO_SLOW = "too_slow"
    INTERRUPTED = "interrupted"  # something outside ended the reading, again and again


class NotReadable(Exception):
    """The file cannot be read. Nothing was saved.

    `vi` and `en` are one sentence each: what is wrong and what to do next.
    """

    def __init__(self, reason: Refusal, *, vi: str, en: str) -> None:
        super().__init__(en)
        self.reason = reason
        self.vi = vi
        self.en = en


class ReadingInterrupted(Exception):
    """Something outside ended the reading, which says nothing about the file: read it again."""
