"""What a person may do in a review, and what still stands in the way of accepting it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from nhipcau.plans.enums import UNDECIDED_NAMES, NameState, PartyRole, Recurrence

Json = dict[str, Any]

STRIDE = 1024  # between two neighbours' order numbers, so that most moves touch one row
LONGEST_TITLE = 4000
LONGEST_WORDS = 500
MOST_PARTIES = 200
MOST_LINES = 200
LARGEST_COUNT = 2_000_000_000  # what an integer column of both engines holds


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
    """Everything that stands in the way, so that it can be mended in one go.

    Each task is looked at once, so that the tasks of a long plan need not be there together.
    """
    checks: Mapping[Obstacle, Callable[[Reviewed], bool]] = {
        Obstacle.TITLE_EMPTY: lambda task: not task.title.strip(),
        Obstacle.NAME_UNDECIDED: lambda task: bool(undecided_names(task.body)),
        Obstacle.ENDS_BEFORE_START: lambda task: _ends_before_start(task.body),
    }
    keys: dict[Obstacle, list[int]] = {obstacle: [] for obstacle in checks}
    is_empty = True
    for task in tasks:
        if task.becomes_a_task:
            is_empty = False
            for obstacle, stands in checks.items():
                if stands(task):
                    keys[obstacle].append(task.key)
    found: list[Standing] = []
    if not title.strip():
        found.append(Standing(Obstacle.NO_TITLE_OF_PLAN))
    if is_empty:
        found.append(Standing(Obstacle.NO_TASK))
    return found + [Standing(obstacle, tuple(those)) for obstacle, those in keys.items() if those]


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
    timing = body.get("timing")
    checks = {
        "title": 0 < len(title.strip()) <= LONGEST_TITLE,
        "parties": _list_of(body.get("parties"), _is_party, most=MOST_PARTIES),
        "timing": isinstance(timing, dict) and _is_text(timing.get("words", ""), may_be_empty=True),
        "starts_on": isinstance(timing, dict) and _is_day(timing.get("starts_on")),
        "ends_on": isinstance(timing, dict) and _is_day(timing.get("ends_on")),
        "recurrence": isinstance(timing, dict)
        and timing.get("recurrence", "") in Recurrence.values
        and isinstance(timing.get("tentative", False), bool),
        "products": _list_of(body.get("products", []), _is_product, most=MOST_LINES),
        "audiences": _list_of(body.get("audiences", []), _is_text, most=MOST_LINES),
    }
    wrong = [field for field, is_right in checks.items() if not is_right]
    wrong += sorted(set(body) - EDITED)
    if not wrong and _ends_before_start(body):
        wrong.append("ends_on")
    return wrong


EDITED = frozenset({"parties", "timing", "products", "audiences"})


def _list_of(value: Any, is_right: Callable[[Any], bool], *, most: int) -> bool:
    return isinstance(value, list) and len(value) <= most and all(map(is_right, value))


def _is_text(value: Any, *, may_be_empty: bool = False) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= LONGEST_WORDS
        and (may_be_empty or bool(value.strip()))
    )


def _is_key(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0)


def _is_span(value: Any) -> bool:
    return value is None or (
        isinstance(value, list) and len(value) == 2 and all(_is_count(edge) for edge in value)
    )


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_COUNT


def _is_product(product: Any) -> bool:
    return (
        isinstance(product, dict)
        and _is_text(product.get("words"))
        and all(_is_text(product.get(key, ""), may_be_empty=True) for key in ("kind", "counted_in"))
        and all(
            product.get(key) is None or _is_count(product[key]) for key in ("at_least", "at_most")
        )
        and _list_of(product.get("languages", []), _is_text, most=MOST_LINES)
    )


def _is_party(party: Any) -> bool:
    return (
        isinstance(party, dict)
        and party.get("role") in PartyRole.values
        and _is_text(party.get("words"))
        and _is_text(party.get("qualifier", ""), may_be_empty=True)
        and _is_span(party.get("span"))
        and _is_name(party.get("name"))
    )


def _is_name(name: Any) -> bool:
    """What is known of the words: at most one of a unit and a group."""
    return (
        isinstance(name, dict)
        and name.get("state") in NameState.values
        and all(_is_key(name.get(key)) for key in ("unit", "group"))
        and not (name.get("unit") and name.get("group"))
        and isinstance(name.get("candidates"), list)
    )


def problems_of_header(values: Mapping[str, Any]) -> list[str]:
    """The names of the header's fields that a person cannot mend like this."""
    return [
        key
        for key, value in values.items()
        if key not in MENDED_BY_HAND
        or not (value is None or (isinstance(value, str) and len(value) <= LONGEST_TITLE))
        or (key == "date" and not _is_printed_day(value))
    ]


MENDED_BY_HAND = frozenset(
    {
        "doc_type",
        "number",
        "symbol",
        "date",
        "issuing_body",
        "place",
        "title",
        "signer_name",
        "signer_title",
    }
)


def _is_printed_day(value: str | None) -> bool:
    """A day, a month or a year alone: drafts leave the day open."""
    if value is None:
        return True
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        return False
    return _is_day(f"{value}-01-01"[:10])


def _is_day(value: Any) -> bool:
    if value is None:
        return True
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
