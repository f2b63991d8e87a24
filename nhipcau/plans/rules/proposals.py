"""From what the reader printed to what a person reviews. Pure.

The body of a proposed task, as JSON:

    {"role": "" or the reader's role of a node that orders nothing,
     "parties": [{"role": PartyRole, "words": str, "span": [start, end] or null,
                  "confidence": 0..1, "qualifier": str, "name": NAME}],
     "timing": {"words": str, "span": [start, end] or null, "starts_on": ISO day or null,
                "ends_on": ISO day or null, "recurrence": str, "tentative": bool},
     "products": [{"words", "kind", "at_least", "at_most", "counted_in", "languages"}],
     "audiences": [str], "targets": [str], "languages": [tag],
     "items": [{"text": str, "actors": [str]}]}

NAME is what the registry knows of the words: {"state": NameState, "unit": id or null, "group": id
or null, "label": str, "why": str, "candidates": [{"kind": "unit" or "group", "id", "label"}]}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nhipcau.plans.enums import NameState, PartyRole
from nhipcau.plans.reading.remarks import remark_after
from nhipcau.plans.rules.lines import lines_of

Json = dict[str, Any]

ROLE_KEYS = {
    "lead_units": PartyRole.LEAD,
    "coordinating_units": PartyRole.COORDINATING,
    "implementing_units": PartyRole.IMPLEMENTING,
    "actors": PartyRole.ACTOR,
}
TASK_KEYS = ("tasks", "annex_tasks")
TABLE_ROW = "table_row"
HEADER_KEYS = (
    "doc_type",
    "number",
    "symbol",
    "issuing_body",
    "parent_body",
    "place",
    "date",
    "title",
    "is_draft",
    "signer_name",
    "signer_title",
    "sections",
)


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One proposed task, before it has a row. `orders_nothing` marks scope, method, schedule."""

    path: str
    parent_path: str | None
    title: str
    span: tuple[int, int] | None
    body: Json
    confidence: float
    orders_nothing: bool


def unnamed() -> Json:
    """The name of a party before the registry was asked."""
    return {
        "state": NameState.UNKNOWN.value,
        "unit": None,
        "group": None,
        "label": "",
        "why": "",
        "candidates": [],
    }


def citation_of(header: Mapping[str, Any]) -> str:
    """The document's number as it is cited; nothing while the draft's number is still open."""
    number, symbol = header.get("number") or "", header.get("symbol") or ""
    if not symbol or not number:
        return ""
    # Party numbers join with a hyphen, "149-KH/TU", all others with a slash.
    return f"{number}-{symbol}" if "/" in symbol else f"{number}/{symbol}"


def header_of(reading: Mapping[str, Any]) -> Json:
    """Everything outside the tasks that a person may mend: values, and lines of `rules/lines.py`.

    `places` holds the span of each value that the text bears out.
    """
    spans: Mapping[str, Sequence[int]] = reading.get("spans") or {}
    values = {key: reading.get(key) for key in HEADER_KEYS}
    places = {key: list(spans[f"/{key}"]) for key in HEADER_KEYS if f"/{key}" in spans}
    return {**values, "places": places, **lines_of(reading, spans)}


def warnings_of(reading: Mapping[str, Any]) -> list[Json]:
    """What a person must look at, each with its place in the text where it has one."""
    spans: Mapping[str, Sequence[int]] = reading.get("spans") or {}
    return [
        {**warning, "span": _list(spans.get(f"/warnings/{place}"))}
        for place, warning in enumerate(reading.get("warnings") or ())
    ]


def drafts_of(reading: Mapping[str, Any]) -> Iterator[TaskDraft]:
    """The proposed tasks in the document's order; a parent always comes before its children.

    Rows of tables mostly repeat what the text orders; where the text orders nothing, they are
    the tasks.
    """
    all_tasks = [task for key in TASK_KEYS for task in reading.get(key) or ()]
    text_orders = any(not task.get("role") for task in all_tasks)
    spans: Mapping[str, Sequence[int]] = reading.get("spans") or {}
    sureness: Mapping[str, float] = reading.get("confidence") or {}
    least = _least_by_task(sureness)
    met: set[str] = set()
    text = str(reading.get("text") or "")
    for list_key in TASK_KEYS:
        for place, task in enumerate(reading.get(list_key) or ()):
            pointer = f"/{list_key}/{place}"
            above = task["path"].rpartition(".")[0]
            yield TaskDraft(
                path=task["path"],
                parent_path=above if above in met else None,
                title=_whole_title(task, text, spans, pointer),
                span=_pair(spans.get(pointer)) or _pair(spans.get(f"{pointer}/title")),
                body=_body(task, text, spans, sureness, pointer),
                confidence=least.get(pointer, 1.0),
                orders_nothing=bool(task.get("role"))
                and (text_orders or task["role"] != TABLE_ROW),
            )
            met.add(task["path"])


def _whole_title(
    task: Mapping[str, Any], text: str, spans: Mapping[str, Sequence[int]], pointer: str
) -> str:
    """The reader's JSON cuts a title at 120 characters; the words in the text are whole."""
    pair = _pair(spans.get(f"{pointer}/title"))
    if pair is None:
        return str(task["title"])
    return " ".join(text[pair[0] : pair[1]].split()) or str(task["title"])


def _body(
    task: Mapping[str, Any],
    text: str,
    spans: Mapping[str, Sequence[int]],
    sureness: Mapping[str, float],
    pointer: str,
) -> Json:
    parties = [
        {
            "role": role.value,
            "words": words,
            "span": _list(spans.get(f"{pointer}/{key}/{place}")),
            "confidence": sureness.get(f"{pointer}/{key}/{place}", 1.0),
            "qualifier": _remark(text, spans.get(f"{pointer}/{key}/{place}")),
            "name": unnamed(),
        }
        for key, role in ROLE_KEYS.items()
        for place, words in enumerate(task.get(key) or ())
    ]
    return {
        "role": task.get("role") or "",
        "parties": parties,
        "timing": _timing(task, spans, pointer),
        "products": [_product(product) for product in _products(task)],
        "audiences": list(task.get("audiences") or ()),
        "targets": [target["text"] for target in task.get("targets") or ()],
        "languages": list(task.get("languages") or ()),
        "items": [
            {"text": item["text"], "actors": list(item.get("actors") or ())}
            for item in task.get("items") or ()
        ],
    }


def _remark(text: str, span: Sequence[int] | None) -> str:
    """What the plan says about a unit right behind its name: “theo chức năng, nhiệm vụ”."""
    found = remark_after(text, span[1]) if span else None
    return "" if found is None else " ".join(text[found.start : found.end].split())


def _products(task: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    details: Sequence[Mapping[str, Any]] | None = task.get("product_details")
    return details or [{"text": words} for words in task.get("products") or ()]


def _product(product: Mapping[str, Any]) -> Json:
    quantities = product.get("quantities") or [[None, None, ""]]
    at_least, at_most, counted_in = quantities[0]
    return {
        "words": product["text"],
        "kind": product.get("kind") or "",
        "at_least": at_least,
        "at_most": at_most,
        "counted_in": counted_in or "",
        "languages": list(product.get("languages") or ()),
    }


def _timing(task: Mapping[str, Any], spans: Mapping[str, Sequence[int]], pointer: str) -> Json:
    time = task.get("time") or {}
    windows = time.get("windows") or []
    starts = [start for start, _end in windows if start]
    ends = [end for _start, end in windows if end]
    return {
        "words": task.get("timing") or "",
        "span": _list(spans.get(f"{pointer}/timing")),
        "starts_on": min(starts) if starts else None,
        "ends_on": max(ends) if ends else None,
        "recurrence": time.get("recurrence") or "",
        "tentative": bool(time.get("tentative")),
    }


def _least_by_task(sureness: Mapping[str, float]) -> dict[str, float]:
    """For each task ("/tasks/3") the least sure of the values inside it, in one pass."""
    least: dict[str, float] = {}
    for key, sure in sureness.items():
        _root, list_key, place, *inside = [*key.split("/", 3), "", ""][:4]
        if inside and inside[0]:
            task = f"/{list_key}/{place}"
            least[task] = min(sure, least.get(task, sure))
    return least


def _pair(span: Sequence[int] | None) -> tuple[int, int] | None:
    return (span[0], span[1]) if span else None


def _list(span: Sequence[int] | None) -> list[int] | None:
    return list(span) if span else None
