"""Marks of secrecy in what is brought: nothing of such a document is kept."""

from __future__ import annotations

from collections.abc import Iterable

from nhipcau.translation.intake.notices import NoticeKind, Notices
from nhipcau.translation.proofreading.text.stamps import Certainty, stamps


class Stamped(Exception):
    """The document bears a stamp. It says nothing of what stood there."""


def judge(lines: Iterable[str], notices: Notices) -> None:
    """Raises Stamped for a stamp; notes down what only may be one."""
    for line in lines:
        for stamp in stamps(line):
            if stamp.certainty is Certainty.SURE:
                raise Stamped
            notices.add(NoticeKind.MAY_BE_STAMPED, line[stamp.start : stamp.end])
