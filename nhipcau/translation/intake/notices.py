"""What a person should know about how words were taken in; none of it stops the taking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    MAY_BE_STAMPED = "may_be_stamped"
    MACROS = "macros"
    EMBEDDED = "embedded"
    EXTERNAL = "external"
    CODE = "code"
    HIDDEN_TEXT = "hidden_text"
    TRACKED_CHANGES = "tracked_changes"
    COMMENTS = "comments"
    CONTENTS = "contents"
    HEADER = "header"
    FOOTNOTES = "footnotes"
    LEGACY_FONTS = "legacy_fonts"
    MERGED_CELLS = "merged_cells"
    TABLE_AS_TEXT = "table_as_text"
    NO_TABLE_HEADS = "no_table_heads"
    UNSAFE_LINK = "unsafe_link"
    PICTURE_FORMAT = "picture_format"
    PICTURE_LOST = "picture_lost"
    TITLE_GUESSED = "title_guessed"
    HEADINGS_GUESSED = "headings_guessed"
    NO_TITLE = "no_title"


@dataclass(frozen=True, slots=True)
class Notice:
    """`shown` is what it is about, cut to a line; empty where the kind says it all."""

    kind: NoticeKind
    shown: str = ""


LONGEST_SHOWN = 160


class Notices:
    """Collects them in order, each kind and thing once, and not without end."""

    most = 200

    def __init__(self) -> None:
        self._all: dict[Notice, None] = {}

    def add(self, kind: NoticeKind, shown: str = "") -> None:
        if len(self._all) < self.most:
            line = " ".join(shown.split())
            self._all[Notice(kind, line[:LONGEST_SHOWN])] = None

    def told(self) -> tuple[Notice, ...]:
        """In the order of their kinds, the gravest first."""
        order = list(NoticeKind)
        return tuple(sorted(self._all, key=lambda notice: order.index(notice.kind)))
