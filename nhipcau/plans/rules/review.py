"""What a person may do in a review, and what still stands in the way of accepting it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from nhipcau.plans.enums import UNDECIDED_NAMES, PartyRole, Recurrence

Json = dict[str, Any]

STRIDE = 1024  # between two neighbours' order numbers, so that most moves touch one row
LONGEST_TITLE = 4000
LONGEST_WORDS = 500
MOST_PARTIES = 200


class Obstacle(StrEnum):
    """Why a review cannot be accepted yet."""

    NO_TASK = "no_task"
    NAME_UNDECIDED = "name_undecided"
    TITLE_EMPTY = "title_empty"
    NO_TITLE_OF_PLAN = "no_title_of_plan"
    ENDS_BEFORE_START = "ends_before_start"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One proposed task as the rules see it."""

    key: int
    title: str
    body: Mapping[str, Any]
    becomes_a_task: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """An obstacle, and the proposed tasks in which it stands (empty: the plan as a whole)."""

    obstacle: Obstacle
    keys: tuple[int, ...] = ()


def obstacles(*, title: str, tasks: Iterable[Reviewed]) -> list[Standing]:
    """Everything that stands in the way, so that it can be mended in one go."""
    kept = [task for task in tasks if task.becomes_a_task]
    found: list[Standing] = []
    if not title.strip():
        found.append(Standing(Obstacle.NO_TITLE_OF_PLAN))
    if not kept:
        found.append(Standing(Obstacle.NO_TASK))
    checks: list[tuple[Obstacle, Callable[[Reviewed], bool]]] = [
        (Obstacle.TITLE_EMPTY, lambda task: not task.title.strip()),
        (Obstacle.NAME_UNDECIDED, lambda task: bool(undecided_names(task.body))),
        (Obstacle.ENDS_BEFORE_START, lambda task: _ends_before_start(task.body)),
    ]
    for obstacle, stands in checks:
        keys = tuple(task.key for task in kept if stands(task))
        if keys:
            found.append(Standing(obstacle, keys))
    return found


def undecided_names(body: Mapping[str, Any]) -> list[str]:
    """The unit names in a task about which nobody has decided."""
    return [
        party["words"]
        for party in body.get("parties", ())
        if party["name"]["state"] in UNDECIDED_NAMES and party["role"] != PartyRole.ACTOR
    ]


def _ends_before_start(body: Mapping[str, Any]) -> bool:
    timing = body.get("timing") or {}
    starts, ends = timing.get("starts_on"), timing.get("ends_on")
    return bool(starts and ends and ends < starts)


def is_below(key: int, other: int, parents: Mapping[int, int | None]) -> bool:
    """Whether `key` stands somewhere below `other` (or is it)."""
    seen: set[int] = set()
    above: int | None = key
    while above is not None and above not in seen:
        if above == other:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def order_between(before: int | None, after: int | None) -> int | None:
    """An order number between two neighbours; None when there is no room and all must move."""
    low = 0 if before is None else before
    if after is None:
        return low + STRIDE
    middle = (low + after) // 2
    return middle if low < middle < after else None


def merged_body(bodies: Iterable[Mapping[str, Any]]) -> Json:
    """One body out of several: nothing is lost, nothing is there twice; the first time counts."""
    bodies = list(bodies)
    result: Json = {"role": ""}
    for key in ("parties", "products", "audiences", "targets", "languages", "items"):
        kept: list[Any] = []
        seen: set[str] = set()
        for body in bodies:
            for value in body.get(key, ()):
                mark = _mark(key, value)
                if mark not in seen:
                    seen.add(mark)
                    kept.append(value)
        result[key] = kept
    timings = [body["timing"] for body in bodies if body.get("timing", {}).get("words")]
    result["timing"] = timings[0] if timings else bodies[0].get("timing", {})
    return result


def _mark(key: str, value: Any) -> str:
    if key == "parties":
        return f"{value['role']}\0{value['words'].casefold()}"
    if key == "products":
        return str(value["words"]).casefold()
    if key == "items":
        return str(value["text"]).casefold()
    return str(value).casefold()


def next_part_path(path: str, taken: Iterable[str]) -> str:
    """The place of a part split off: "II.1/2" is the second part of what is printed as II.1."""
    base = path.partition("/")[0]
    others = set(taken)
    part = 2
    while f"{base}/{part}" in others:
        part += 1
    return f"{base}/{part}"


def problems_of_edit(title: str, body: Mapping[str, Any]) -> list[str]:
    """The names of the fields in which a typed edit cannot be; empty when all is well."""
    timing = body.get("timing") or {}
    checks = {
        "title": 0 < len(title.strip()) <= LONGEST_TITLE,
        "parties": isinstance(body.get("parties"), list)
        and len(body["parties"]) <= MOST_PARTIES
        and all(_is_party(party) for party in body["parties"]),
        "starts_on": _is_day(timing.get("starts_on")),
        "ends_on": _is_day(timing.get("ends_on")),
        "recurrence": timing.get("recurrence", "") in Recurrence.values,
    }
    wrong = [field for field, is_right in checks.items() if not is_right]
    if not wrong and _ends_before_start(body):
        wrong.append("ends_on")
    return wrong


def _is_party(party: Any) -> bool:
    return (
        isinstance(party, dict)
        and party.get("role") in PartyRole.values
        and isinstance(party.get("words"), str)
        and 0 < len(party["words"].strip()) <= LONGEST_WORDS
    )


def _is_day(value: Any) -> bool:
    if value is None:
        return True
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
