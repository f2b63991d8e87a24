"""How the state of a language version shows in a list."""

from __future__ import annotations

from nhipcau.translation.enums import VersionState
from nhipcau.works.enums import Mark


def marks_of(*, state: str, is_out_of_date: bool, is_public: bool) -> tuple[Mark, ...]:
    """What is to be seen of a version, the most pressing mark first.

    An approved text that is public says “released” alone; a public text of which a new draft is
    being written says both. A stopped text says nothing else.
    """
    if state == VersionState.STOPPED:
        return (Mark.STOPPED,)
    marks = [Mark.OUT_OF_DATE] if is_out_of_date else []
    if not (is_public and state == VersionState.APPROVED):
        marks.append(Mark(state))
    if is_public:
        marks.append(Mark.PUBLIC)
    return tuple(marks)
