"""What a new version changes in a plan, task by task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from nhipcau.plans.enums import BECOMES_A_TASK, Change, PartyRole
from nhipcau.plans.models import Party, Plan, PlanImport
from nhipcau.plans.rules import versions

READ_AT_ONCE = 500
PAGE = 100


def comparison(plan_import: PlanImport, plan: Plan) -> list[versions.Match]:
    """What the new version changes in the plan. Three queries."""
    return versions.matches(_faces_of_plan(plan), _faces_of_review(plan_import))


def _faces_of_plan(plan: Plan) -> list[versions.TaskFace]:
    """The plan's tasks in force, as the comparison of versions sees them. Two queries."""
    parties = defaultdict[int, list[tuple[str, str]]](list)
    named = Party.objects.filter(task__plan=plan, task__left_the_plan_at__isnull=True).order_by()
    for key, role, words, remark in named.values_list("task_id", "role", "words", "qualifier"):
        parties[key].append((role, _with_remark(words, remark)))
    tasks = plan.tasks.filter(left_the_plan_at__isnull=True).order_by("order")
    return [
        versions.TaskFace(key, path, title, (tuple(sorted(parties[key])), timing_words))
        for key, path, title, timing_words in tasks.values_list(
            "pk", "path", "title", "timing_words"
        )
    ]


def _faces_of_review(plan_import: PlanImport) -> list[versions.TaskFace]:
    """The kept proposals, as the comparison of versions sees them. One query."""
    rows = plan_import.tasks.filter(state__in=BECOMES_A_TASK).order_by("order", "pk")
    return [
        versions.TaskFace(
            key,
            path,
            title,
            (
                tuple(
                    sorted(
                        (party["role"], _with_remark(party["words"], party.get("qualifier")))
                        for party in body.get("parties", ())
                    )
                ),
                (body.get("timing") or {}).get("words", ""),
            ),
        )
        for key, path, title, body in rows.values_list("pk", "path", "title", "body").iterator(
            chunk_size=READ_AT_ONCE
        )
    ]


def _with_remark(words: str, remark: str | None) -> str:
    return f"{words} ({remark})" if remark else words


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a task beside the other: its place, and its lines with changed words."""

    path: str
    lines: tuple[list[versions.Words], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    change: Change
    old: Side | None
    new: Side | None


@dataclass(frozen=True, slots=True)
class Differences:
    """Every task that differs between the versions, and how many there are of each kind."""

    rows: list[tuple[Change, versions.TaskFace | None, versions.TaskFace | None]]
    totals: dict[Change, int]


def differences(plan_import: PlanImport, plan: Plan) -> Differences:
    """What differs between the plan and its new version. Three queries."""
    before = {face.key: face for face in _faces_of_plan(plan)}
    after = {face.key: face for face in _faces_of_review(plan_import)}
    told = versions.matches(list(before.values()), list(after.values()))
    return Differences(
        [
            (match.change, before.get(match.old or 0), after.get(match.new or 0))
            for match in told
            if match.change != Change.SAME
        ],
        versions.count(told),
    )


def side_by_side(
    rows: Iterable[tuple[Change, versions.TaskFace | None, versions.TaskFace | None]],
) -> list[Difference]:
    """Rows of `differences` with their changed words, as a page shows them. No query."""
    return [_difference(change, old, new) for change, old, new in rows]


def _difference(
    change: Change, old: versions.TaskFace | None, new: versions.TaskFace | None
) -> Difference:
    pairs = [
        versions.changed_words(one, other)
        for one, other in zip(_lines(old), _lines(new), strict=True)
    ]
    marked = change == Change.CHANGED
    olds = tuple(_marked([*pair[0]], marked=marked) for pair in pairs)
    news = tuple(_marked([*pair[1]], marked=marked) for pair in pairs)
    return Difference(
        change,
        None if old is None else Side(old.path, olds),
        None if new is None else Side(new.path, news),
    )


def _marked(pieces: list[versions.Words], *, marked: bool) -> list[versions.Words]:
    """Words are marked where both versions have the task; a new one is new as a whole."""
    return pieces if marked else [versions.Words(piece.text, is_changed=False) for piece in pieces]


def _lines(face: versions.TaskFace | None) -> tuple[str, str, str]:
    """Title, units and time of a task as three lines of text."""
    if face is None:
        return ("", "", "")
    parties, timing = face.details
    units = "; ".join(f"{PartyRole(role).label}: {words}" for role, words in parties)
    return (face.title, units, timing)
