"""What is compared of a document: every field as a set of comparable items.

The shared fields follow the conventions under which plans are annotated: case, tone placement,
dashes and the abbreviation UBND are folded; what stands on a sub-item that only assigns its
parent's work counts for the parent; nodes with another role are neither owed nor wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Entry = tuple[str, Any, str | None]  # field, comparable item, JSON pointer of the value

HEADER = ("doc_type", "number", "symbol", "issuing_body", "date", "title", "signer_name")
UNIT_LISTS = ("lead_units", "coordinating_units", "implementing_units")
SHARED = (
    *HEADER, "is_draft", "legal_bases", "recipients",
    "task_paths", "task_titles", *UNIT_LISTS, "timing", "products",
)  # fmt: skip
FURTHER = (
    "actors", "items", "item_actors", "funding", "duties", "reporting", "times",
    "quantities", "languages", "audiences", "rows", "warnings",
)  # fmt: skip
OF_TASKS = {
    "task_paths", "task_titles", *UNIT_LISTS, "timing", "products",
    "actors", "items", "item_actors", "times", "quantities", "languages", "audiences",
}  # fmt: skip
OF_PLANS = {"funding", "duties", "reporting", "rows", "recipients", "signer_name"}  # not of letters
# Phrases whose borders are a matter of taste: one may hold the other if most words are common.
TOLERANT = {"funding": 0.6, "audiences": 0.6, "reporting": 0.5}  # of a report: its deadline
# durations and frequencies: annotated by some, asked of nobody
_TIMES = {"phút", "giây", "giờ", "ngày", "tuần", "tháng", "năm", "lần"}
_CONTINUOUS = {"daily", "weekly", "continuous"}
_OLD_TONES = (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
              ("uỷ", "ủy"), ("uỳ", "ùy"), ("uý", "úy"), ("uỹ", "ũy"), ("uỵ", "ụy"))  # fmt: skip


def norm(value: object) -> str:
    """Fold case, tone placement, dashes, markup, spaces and the commonest abbreviation."""
    s = unicodedata.normalize("NFC", str(value)).casefold()
    s = re.sub(r"[*_#`\"“”()]", " ", s).replace("–", "-").replace("—", "-")
    s = re.sub("(ủy|uỷ) ban nhân dân", "ubnd", s)
    for old, new in _OLD_TONES:
        s = s.replace(old, new)
    return re.sub(r"\s+", " ", s).strip(" .;:,-/|")


def entries(
    document: Mapping[str, Any], *, blocks: frozenset[str] = frozenset()
) -> Iterator[Entry]:
    """Every value of a document in the form of the annotations, with its field and pointer."""
    for field in HEADER:
        value = document.get(field)
        if value:
            yield field, norm(norm(value)[:80]) if field == "title" else norm(value), f"/{field}"
    yield "is_draft", str(bool(document.get("is_draft"))), None
    for n, base in enumerate(document.get("legal_bases") or ()):
        name = norm(base.get("number") or base.get("name") or base.get("type") or "")[:60]
        yield "legal_bases", (name, base.get("date") or ""), f"/legal_bases/{n}"
    for n, line in enumerate(document.get("recipients") or ()):
        yield "recipients", norm(line), f"/recipients/{n}"
    for n, source in enumerate(document.get("funding_sources") or ()):
        yield "funding", norm(source), f"/funding_sources/{n}"
    for n, duty in enumerate(document.get("responsibilities") or ()):
        for nth in range(duty["count"]):
            yield (
                "duties",
                (norm(duty["unit"]), nth),
                f"/responsibilities/{n}/unit" if not nth else None,
            )
    for n, report in enumerate(document.get("reporting") or ()):
        words = (
            norm(report.get("unit") or ""),
            report.get("recurrence"),
            norm(report.get("deadline") or ""),
        )
        yield "reporting", words, f"/reporting_duties/{n}/who"
    for code in document.get("warnings") or ():
        yield "warnings", code, None
    for row in document.get("rows") or ():
        title = norm(row["title"])[:40]
        yield "rows", (title, "row", ""), None
        for key in ("lead_units", "coordinating_units", "products"):
            for value in row.get(key) or ():
                yield "rows", (title, key, norm(value)), None
        if row.get("timing"):
            yield "rows", (title, "timing", norm(row["timing"])), None
    for n, task in enumerate(document.get("tasks") or ()):
        yield from _task_entries(task, f"/tasks/{n}", blocks)


def _task_entries(task: Mapping[str, Any], pointer: str, blocks: frozenset[str]) -> Iterator[Entry]:
    path = task["path"]
    home = path.rsplit(".", 1)[0] if path in blocks else path
    yield "task_paths", (path,), None
    yield "task_titles", (path, norm(task.get("title") or "")[:40]), f"{pointer}/title"
    for field in (*UNIT_LISTS, "products", "actors", "audiences"):
        for n, value in enumerate(task.get(field) or ()):
            yield field, (home, norm(value)), f"{pointer}/{field}/{n}"
    if task.get("timing"):
        yield "timing", (home, norm(task["timing"])), f"{pointer}/timing"
        parsed = task.get("timing_parsed") or {}
        keys = ("start", "end", "recurrence", "tentative")
        yield "times", (home, *(parsed.get(key) for key in keys)), None
    for n, item in enumerate(task.get("items") or ()):
        text = norm(item["text"])[:40]
        yield "items", (home, text), f"{pointer}/items/{n}/text"
        for k, actor in enumerate(item.get("actors") or ()):
            yield "item_actors", (home, text, norm(actor)), f"{pointer}/items/{n}/actors/{k}"
    for quantity in task.get("quantities") or ():
        low, high = quantity["min"], quantity["max"]
        # an open end is compared by the end that is named
        ends = (high if low is None else low, low if high is None else high)
        counted = re.split(r"\W+", norm(quantity["unit"]))[0]
        if counted not in _TIMES:
            yield "quantities", (home, *ends, counted), None
    for tag in task.get("languages") or ():
        yield "languages", (home, tag), None


def adapted(found: Mapping[str, Any], gold: Mapping[str, Any]) -> dict[str, Any]:
    """The reader's JSON in the form of the annotations; places in lists stay what they were."""
    document = dict(found)
    document["tasks"] = [_adapted_task(task) for task in found.get("tasks") or ()]
    document["responsibilities"] = [
        {"unit": duty["unit"], "count": max(1, len(duty.get("duties") or ()))}
        for duty in found.get("responsibilities") or ()
    ]
    document["reporting"] = [
        {
            "unit": duty.get("who"),
            "recurrence": _reporting_rhythm(duty.get("recurrence")),
            "deadline": duty.get("deadline"),
        }
        for duty in found.get("reporting_duties") or ()
    ]
    document["warnings"] = sorted({notice["code"] for notice in found.get("warnings") or ()})
    owed = {norm(row["title"])[:40] for row in gold.get("rows") or ()}
    document["rows"] = (
        [
            *(found.get("annex_tasks") or ()),
            *(task for task in document["tasks"] if norm(task["title"])[:40] in owed),
        ]
        if owed
        else []
    )
    return document


def _adapted_task(task: Mapping[str, Any]) -> dict[str, Any]:
    counted = [[t["minimum"], t["maximum"], t["counted"]] for t in task.get("targets") or ()]
    for product in task.get("product_details") or ():
        counted += product["quantities"]
    time = task.get("time") or {}
    windows = time.get("windows") or []
    rhythm = time.get("recurrence")
    parsed = {
        "start": windows[0][0] if windows else None,
        "end": windows[-1][1] if windows else None,
        "recurrence": "continuous"
        if rhythm in _CONTINUOUS
        else None
        if rhythm == "on_demand"
        else rhythm,
        "tentative": bool(time.get("tentative")),
    }
    quantities = [{"min": low, "max": high, "unit": unit} for low, high, unit in counted]
    return {**task, "timing_parsed": parsed, "quantities": quantities, "targets": []}


def _reporting_rhythm(rhythm: str | None) -> str | None:
    return "ad_hoc" if rhythm == "on_demand" else rhythm


def compare(
    gold: Mapping[str, Any], found: Mapping[str, Any]
) -> tuple[dict[str, set[Any]], dict[str, set[Any]], list[tuple[str, str, bool]]]:
    """What was owed and what was given, per field, and for each given value whether it is right.

    The third list holds (field, JSON pointer, right) for the values that have a pointer.
    """
    marked = [task for task in gold.get("tasks") or () if task.get("role")]
    blocks = frozenset(t["path"] for t in marked if t["role"] == "assignment_block")
    optional = {t["path"] for t in marked} - blocks
    listed = {
        (task["path"], norm(text)[:40])
        for task in gold.get("tasks") or ()
        for text in task.get("listed") or ()
    }

    def scored(entry: Entry) -> bool:
        field, item, _ = entry
        if gold.get("tasks") is None and (field in OF_TASKS or field in OF_PLANS):
            return False
        if field in ("task_paths", "task_titles"):
            return item[0] not in optional | blocks
        if field in OF_TASKS and item[0] in optional:
            return False
        return not (field in ("items", "item_actors") and item[:2] in listed)

    want: dict[str, set[Any]] = {}
    have: dict[str, set[Any]] = {}
    for field, item, _ in filter(scored, entries(gold, blocks=blocks)):
        want.setdefault(field, set()).add(item)
    values: list[tuple[str, str, bool]] = []
    for field, item, pointer in filter(scored, entries(adapted(found, gold), blocks=blocks)):
        owed = want.get(field, set())
        same = _same(field, item, owed) if field in TOLERANT else item
        have.setdefault(field, set()).add(same)
        if pointer:
            values.append((field, pointer, same in owed))
    return want, have, values


def _same(field: str, item: Any, owed: Iterable[Any]) -> Any:
    """The owed item that means the same phrase, or the item itself."""
    text = item if isinstance(item, str) else item[-1]
    for other in owed:
        wanted = other if isinstance(other, str) else other[-1]
        if not isinstance(item, str) and other[:-1] != item[:-1]:
            continue
        short, long = sorted((text, wanted), key=len)
        if short in long and len(short.split()) >= TOLERANT[field] * len(long.split()):
            return other
    return item


def raw_values(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(JSON pointer, value) of everything the reader copied out of the text."""
    for key in (
        "number",
        "symbol",
        "issuing_body",
        "parent_body",
        "place",
        "title",
        "signer_name",
        "signer_title",
    ):
        if found.get(key):
            yield f"/{key}", found[key]
    for key in ("recipients", "funding_sources"):
        for n, value in enumerate(found.get(key) or ()):
            yield f"/{key}/{n}", value
    for n, duty in enumerate(found.get("responsibilities") or ()):
        yield f"/responsibilities/{n}/unit", duty["unit"]
        for k, value in enumerate(duty.get("duties") or ()):
            yield f"/responsibilities/{n}/duties/{k}", value
    for n, report in enumerate(found.get("reporting_duties") or ()):
        for key in ("who", "deadline"):
            if report.get(key):
                yield f"/reporting_duties/{n}/{key}", report[key]
    for n, task in enumerate(found.get("tasks") or ()):
        for key in ("title", "timing"):
            if task.get(key):
                yield f"/tasks/{n}/{key}", task[key]
        for key in (*UNIT_LISTS, "actors", "products", "audiences"):
            for k, value in enumerate(task.get(key) or ()):
                yield f"/tasks/{n}/{key}/{k}", value
        for k, item in enumerate(task.get("items") or ()):
            yield f"/tasks/{n}/items/{k}/text", item["text"]
