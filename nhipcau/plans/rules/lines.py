"""What a plan says outside its tasks, line by line, as a person reviews it. Pure.

The header of an import holds a list of lines under each of PARTS. A line, as JSON:

    {"words": str, "span": [start, end] or null, "kept": bool}

and more by its part: a legal basis is {"type", "number", "date", "name", "issuer"} instead of
words; a duty has "unit" (the words that name who owes it) and "name" (NAME of
`rules/proposals.py`, or null where nobody has asked the registry yet); a report owed has those,
"to" (words that name who receives it), "recurrence" and "deadline". A line that is not kept stays
where it is, so that it can be taken back, and acceptance writes nothing of it.

Reviews begun before lines had places hold what the reader printed: strings, and duties under the
unit that owes them. `with_lines` understands both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from nhipcau.plans.enums import NameState, Recurrence
from nhipcau.plans.rules.review import (
    LARGEST_COUNT,
    LONGEST_LINE,
    LONGEST_TITLE,
    LONGEST_WORDS,
    is_name,
    is_printed_day,
    is_span,
    is_text,
    list_of,
)

Json = dict[str, Any]
Spans = Mapping[str, Sequence[int]]
Checks = dict[str, Callable[[Any], bool]]

BASES = "legal_bases"
FUNDING = "funding_sources"
DUTIES = "duties"
REPORTS = "reports"
RECIPIENTS = "recipients"
PARTS = (BASES, FUNDING, DUTIES, REPORTS, RECIPIENTS)
OWED = (DUTIES, REPORTS)  # what a unit owes
PRINTED = frozenset({"responsibilities", "reporting_duties"})  # the reader's own keys
BASIS_FIELDS = {"type": 60, "number": 100, "date": 10, "name": LONGEST_TITLE, "issuer": 300}
LONGEST_DEADLINE = 300
MOST_LINES = 2000


def lines_of(printed: Mapping[str, Any], spans: Spans) -> Json:
    """The lines of every part, from the reader's keys; `spans` by JSON pointer, where known."""
    return {
        BASES: [
            {
                **{field: basis.get(field) for field in BASIS_FIELDS},
                **_place(spans, f"/{BASES}/{place}"),
            }
            for place, basis in enumerate(printed.get(BASES) or ())
        ],
        FUNDING: list(_plain(printed, FUNDING, spans)),
        DUTIES: list(_duties(printed, spans)),
        REPORTS: list(_reports(printed, spans)),
        RECIPIENTS: list(_plain(printed, RECIPIENTS, spans)),
    }


def _place(spans: Spans, pointer: str) -> Json:
    span = spans.get(pointer)
    return {"span": None if span is None else list(span), "kept": True}


def _plain(printed: Mapping[str, Any], part: str, spans: Spans) -> Iterator[Json]:
    for place, words in enumerate(printed.get(part) or ()):
        yield {"words": words, **_place(spans, f"/{part}/{place}")}


def _duties(printed: Mapping[str, Any], spans: Spans) -> Iterator[Json]:
    for place, told in enumerate(printed.get("responsibilities") or ()):
        pointer = f"/responsibilities/{place}"
        for nth, words in enumerate(told.get("duties") or ()):
            yield {
                "words": words,
                "unit": (told.get("unit") or "")[:LONGEST_WORDS],
                "name": None,
                **_place(spans, f"{pointer}/duties/{nth}"),
            }


def _reports(printed: Mapping[str, Any], spans: Spans) -> Iterator[Json]:
    for place, told in enumerate(printed.get("reporting_duties") or ()):
        yield {
            "words": told["text"],
            "unit": (told.get("who") or "")[:LONGEST_WORDS],
            "name": None,
            "to": list(told.get("to") or ()),
            "recurrence": told.get("recurrence") or "",
            "deadline": (told.get("deadline") or "")[:LONGEST_DEADLINE],
            **_place(spans, f"/reporting_duties/{place}/text"),
        }


def with_lines(header: Mapping[str, Any]) -> Json:
    """The header with a list of lines for each part, whenever its review was begun."""
    if DUTIES in header:
        return dict(header)
    rest = {key: value for key, value in header.items() if key not in PRINTED}
    return {**rest, **lines_of(header, {})}


def kept_lines(header: Mapping[str, Any], part: str) -> list[Json]:
    """The lines of a part that acceptance writes, in their order."""
    return [line for line in with_lines(header)[part] if line["kept"]]


def named_anew(header: Mapping[str, Any], words: str, name: Json) -> Json:
    """The header in which every duty of the unit that is called `words` has this name."""
    header = with_lines(header)
    return header | {
        part: [
            {**line, "name": name_of_one(name)} if line["unit"] == words else line
            for line in header[part]
        ]
        for part in OWED
    }


def name_of_one(name: Json) -> Json:
    """The name as a duty can have it: one unit owes it, or only the words are kept."""
    if name.get("unit"):
        return name
    state = NameState.AS_WRITTEN if name.get("group") else NameState(name["state"])
    candidates = [one for one in name["candidates"] if one["kind"] == "unit"]
    return {**name, "state": state.value, "group": None, "label": "", "candidates": candidates}


def placed(lines: Sequence[Json], line: Json) -> list[Json]:
    """The lines with one more: where the document has its words, or at the end."""
    span = line.get("span")
    behind = len(lines)
    if span:
        behind = next(
            (
                place
                for place, other in enumerate(lines)
                if other.get("span") and other["span"][0] > span[0]
            ),
            behind,
        )
    return [*lines[:behind], line, *lines[behind:]]


def problems_of_line(part: str, line: Mapping[str, Any], *, length: int) -> list[str]:
    """The names of the fields in which a line cannot be; `length` is that of the text."""
    if part not in PARTS:
        return ["part"]
    checks: Checks = {
        "kept": _is_bool,
        "span": lambda value: is_span(value) and _is_inside(value, length),
    }
    checks |= _CHECKS[part]
    wrong = [field for field, is_right in checks.items() if not is_right(line.get(field))]
    wrong += sorted(set(line) - set(checks))
    if part == BASES and not wrong and not (line["number"] or line["name"]):
        wrong.append("number")
    return wrong


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _is_inside(span: Sequence[int] | None, length: int) -> bool:
    return span is None or 0 <= span[0] < span[1] <= min(length, LARGEST_COUNT)


def _or_nothing(longest: int) -> Callable[[Any], bool]:
    return lambda value: value is None or is_text(value, longest=longest, may_be_empty=True)


def _is_words(value: Any) -> bool:
    return is_text(value, longest=LONGEST_LINE)


def _is_who(value: Any) -> bool:
    return is_text(value, may_be_empty=True)


def _is_name_or_nothing(value: Any) -> bool:
    return value is None or (is_name(value) and not value.get("group"))


_OWED_BY: Checks = {"words": _is_words, "unit": _is_who, "name": _is_name_or_nothing}
_CHECKS: Mapping[str, Checks] = {
    BASES: {field: _or_nothing(longest) for field, longest in BASIS_FIELDS.items()}
    | {"date": lambda value: value is None or (_is_who(value) and is_printed_day(value))},
    FUNDING: {"words": _is_words},
    DUTIES: _OWED_BY,
    REPORTS: _OWED_BY
    | {
        "to": lambda value: list_of(value, is_text, most=200),
        "recurrence": lambda value: value in Recurrence.values,
        "deadline": lambda value: is_text(value, longest=LONGEST_DEADLINE, may_be_empty=True),
    },
    RECIPIENTS: {"words": _is_words},
}
