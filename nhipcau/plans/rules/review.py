"""What a person may do in a review, and what still stands in the way of accepting it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from nhipcau.plans.enums import (
    UNDECIDED_NAMES,
    NameState,
    PartyRole,
    ProductKind,
    Recurrence,
)
from nhipcau.registry.enums import DocumentType

Json = dict[str, Any]

STRIDE = 1024  # between two neighbours' order numbers, so that most moves touch one row
LONGEST_TITLE = 4000
LONGEST_WORDS = 500
LONGEST_LINE = 20_000  # a duty or a point may be a paragraph
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
        "parties": list_of(body.get("parties"), _is_party, most=MOST_PARTIES),
        "timing": isinstance(timing, dict) and is_text(timing.get("words", ""), may_be_empty=True),
        "starts_on": isinstance(timing, dict) and is_day(timing.get("starts_on")),
        "ends_on": isinstance(timing, dict) and is_day(timing.get("ends_on")),
        "recurrence": isinstance(timing, dict)
        and timing.get("recurrence", "") in Recurrence.values
        and isinstance(timing.get("tentative", False), bool),
        "products": list_of(body.get("products", []), _is_product, most=MOST_LINES),
        "audiences": list_of(body.get("audiences", []), is_text, most=MOST_LINES),
        "targets": list_of(body.get("targets", []), is_text, most=MOST_LINES),
        "languages": _are_languages(body.get("languages", [])),
        "items": list_of(body.get("items", []), _is_item, most=MOST_LINES),
    }
    wrong = [field for field, is_right in checks.items() if not is_right]
    wrong += sorted(set(body) - EDITED)
    if not wrong and _ends_before_start(body):
        wrong.append("ends_on")
    return wrong


EDITED = frozenset({"parties", "timing", "products", "audiences", "targets", "languages", "items"})
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,5}")


def list_of(value: Any, is_right: Callable[[Any], bool], *, most: int) -> bool:
    """Whether it is a list of at most so many, each of them right."""
    return isinstance(value, list) and len(value) <= most and all(map(is_right, value))


def is_text(value: Any, *, longest: int = LONGEST_WORDS, may_be_empty: bool = False) -> bool:
    """Whether it is text of at most so many characters, and not of spaces alone."""
    return (
        isinstance(value, str) and len(value) <= longest and (may_be_empty or bool(value.strip()))
    )


def _is_tag(tag: Any) -> bool:
    return isinstance(tag, str) and _TAG.fullmatch(tag) is not None


def _are_languages(value: Any) -> bool:
    """BCP-47 tags, each once."""
    return list_of(value, _is_tag, most=MOST_PARTIES) and len(set(value)) == len(value)


def _is_item(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and is_text(item.get("text"), longest=LONGEST_LINE)
        and list_of(item.get("actors"), is_text, most=MOST_PARTIES)
    )


def _is_key(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0)


def is_span(value: Any) -> bool:
    """Whether it is a place of the text, or none."""
    return value is None or (
        isinstance(value, list) and len(value) == 2 and all(is_count(edge) for edge in value)
    )


def is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_COUNT


def _is_product(product: Any) -> bool:
    return (
        isinstance(product, dict)
        and is_text(product.get("words"))
        and product.get("kind", "") in {"", *ProductKind.values}
        and is_text(product.get("counted_in", ""), longest=60, may_be_empty=True)
        and _is_range(product.get("at_least"), product.get("at_most"))
        and _are_languages(product.get("languages", []))
    )


def _is_range(least: Any, most: Any) -> bool:
    """A quantity: either end may be open."""
    return all(end is None or is_count(end) for end in (least, most)) and (
        least is None or most is None or least <= most
    )


def _is_party(party: Any) -> bool:
    return (
        isinstance(party, dict)
        and party.get("role") in PartyRole.values
        and is_text(party.get("words"))
        and is_text(party.get("qualifier", ""), longest=300, may_be_empty=True)
        and is_span(party.get("span"))
        and is_name(party.get("name"))
    )


def is_name(name: Any) -> bool:
    """What is known of the words: at most one of a unit and a group."""
    return (
        isinstance(name, dict)
        and name.get("state") in NameState.values
        and all(_is_key(name.get(key)) for key in ("unit", "group"))
        and not (name.get("unit") and name.get("group"))
        and list_of(name.get("candidates"), _is_candidate, most=MOST_LINES)
    )


def _is_candidate(candidate: Any) -> bool:
    return (
        isinstance(candidate, dict)
        and candidate.get("kind") in {"unit", "group"}
        and _is_key(candidate.get("id"))
        and isinstance(candidate.get("label"), str)
    )


def problems_of_header(values: Mapping[str, Any]) -> list[str]:
    """The names of the header's fields that a person cannot mend like this.

    `starts_on` and `ends_on` say together which days the plan covers; both None: what its title
    says.
    """
    wrong = [
        key
        for key, value in values.items()
        if key not in MENDED_BY_HAND or not MENDED_BY_HAND[key](value)
    ]
    if wrong or not {"starts_on", "ends_on"} & set(values):
        return wrong
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if (starts is None) != (ends is None) or (starts is not None and ends < starts):
        return ["ends_on"]
    return []


def _text_or_nothing(longest: int) -> Callable[[Any], bool]:
    return lambda value: value is None or is_text(value, longest=longest, may_be_empty=True)


def is_printed_day(value: Any) -> bool:
    """A day, a month or a year alone: drafts leave the day open."""
    if value is None:
        return True
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        return False
    return is_day(f"{value}-01-01"[:10])


def is_day(value: Any) -> bool:
    """Whether it is a day of the calendar, as ISO writes it, or none."""
    if value is None:
        return True
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


# What may stand in the header, as long as the register of documents can hold it.
MENDED_BY_HAND: Mapping[str, Callable[[Any], bool]] = {
    "doc_type": lambda value: value is None or value in DocumentType.values,
    "number": _text_or_nothing(20),
    "symbol": _text_or_nothing(60),
    "date": is_printed_day,
    "issuing_body": _text_or_nothing(300),
    "place": _text_or_nothing(LONGEST_WORDS),
    "title": _text_or_nothing(LONGEST_TITLE),
    "signer_name": _text_or_nothing(LONGEST_WORDS),
    "signer_title": _text_or_nothing(LONGEST_WORDS),
    "is_draft": lambda value: isinstance(value, bool),
    "starts_on": is_day,
    "ends_on": is_day,
}
