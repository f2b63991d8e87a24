"""The JSON of a reading: one object, the keys that `nhipcau plan read` promises, and more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.plans.reading.reading import (
        Item,
        Notice,
        PrintedDate,
        Product,
        Quantity,
        Reading,
        Reference,
        ReportingDuty,
        Responsibility,
        Task,
        Timing,
        Words,
    )

TITLE_LENGTH = 120


@dataclass(slots=True)
class _Places:
    """Spans and confidences by JSON pointer, gathered while the object is built."""

    spans: dict[str, list[int]] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    further: dict[str, list[list[int]]] = field(default_factory=dict)

    def words(self, words: Words | None, pointer: str) -> str | None:
        if words is None:
            return None
        self.spans[pointer] = [words.span.start, words.span.end]
        self.confidence[pointer] = round(words.confidence, 2)
        if words.also:
            self.further[pointer] = [[span.start, span.end] for span in words.also]
        return words.text

    def listed(self, all_words: Iterable[Words], pointer: str) -> list[str]:
        return [
            self.words(words, f"{pointer}/{place}") or "" for place, words in enumerate(all_words)
        ]


def as_json(reading: Reading, *, spans: bool) -> dict[str, Any]:
    places = _Places()
    result = _header(reading, places)
    result["legal_bases"] = _references(reading.legal_bases, "/legal_bases", places)
    result["tasks"] = [
        _task(task, f"/tasks/{place}", places) for place, task in enumerate(reading.tasks)
    ]
    result["annex_tasks"] = [
        _task(task, f"/annex_tasks/{place}", places)
        for place, task in enumerate(reading.annex_tasks)
    ]
    result["funding_sources"] = places.listed(reading.funding_sources, "/funding_sources")
    result["responsibilities"] = [
        _responsibility(duty, f"/responsibilities/{place}", places)
        for place, duty in enumerate(reading.responsibilities)
    ]
    result["reporting_duties"] = [
        _reporting(duty, f"/reporting_duties/{place}", places)
        for place, duty in enumerate(reading.reporting_duties)
    ]
    result |= _closing(reading, places)
    result["nested_references"] = _references(
        reading.nested_references, "/nested_references", places
    )
    result["footnote_refs"] = _references(reading.footnote_references, "/footnote_refs", places)
    result["sections"] = [
        {
            "path": section.path,
            "title": places.words(section.title, f"/sections/{place}/title"),
            "role": section.role.value,
        }
        for place, section in enumerate(reading.sections)
    ]
    result["warnings"] = [
        _notice(notice, f"/warnings/{place}", places)
        for place, notice in enumerate(reading.warnings)
    ]
    if spans:
        result["spans"] = places.spans
        # Values put together from several places: where their other parts stand.
        result["further_spans"] = places.further
        result["confidence"] = places.confidence
        result["text"] = reading.text
    return result


def _header(reading: Reading, places: _Places) -> dict[str, Any]:
    kind, stamp = reading.doc_type, reading.incoming_stamp
    if kind is not None:
        places.words(kind.words, "/doc_type")
    return {
        "doc_type": kind and kind.code,
        "number": places.words(reading.number, "/number"),
        "symbol": places.words(reading.symbol, "/symbol"),
        "issuing_body": places.words(reading.issuing_body, "/issuing_body"),
        "parent_body": places.words(reading.parent_body, "/parent_body"),
        "place": places.words(reading.place, "/place"),
        "date": _date(reading.date, places),
        "title": places.words(reading.title, "/title"),
        "is_draft": reading.is_draft,
        "draft_mark": places.words(reading.draft_mark, "/draft_mark"),
        "incoming_stamp": stamp
        and {
            "office": stamp.office,
            "number": stamp.number,
            "date_raw": stamp.date_raw,
            "words": places.words(stamp.words, "/incoming_stamp/words"),
        },
        "addressees": places.listed(reading.addressees, "/addressees"),
    }


def _closing(reading: Reading, places: _Places) -> dict[str, Any]:
    return {
        "recipients": places.listed(reading.recipients, "/recipients"),
        "signing_authority": places.listed(reading.signing_authority, "/signing_authority"),
        "signer_title": places.words(reading.signer_title, "/signer_title"),
        "signer_name": places.words(reading.signer_name, "/signer_name"),
    }


def _date(date: PrintedDate | None, places: _Places) -> str | None:
    if date is None:
        return None
    places.words(date.words, "/date")
    return date.iso


def _references(
    references: Iterable[Reference], pointer: str, places: _Places
) -> list[dict[str, Any]]:
    printed = []
    for place, reference in enumerate(references):
        places.words(reference.words, f"{pointer}/{place}")
        printed.append(
            {
                "type": reference.type,
                "number": reference.number,
                "date": reference.date,
                "name": reference.name,
                "issuer": reference.issuer,
            }
        )
    return printed


def _task(task: Task, pointer: str, places: _Places) -> dict[str, Any]:
    places.words(task.title, f"{pointer}/title")
    places.spans[pointer] = [task.span.start, task.span.end]
    printed: dict[str, Any] = {
        "path": task.path,
        "title": task.title.text[:TITLE_LENGTH],
        "lead_units": places.listed(task.lead_units, f"{pointer}/lead_units"),
        "coordinating_units": places.listed(
            task.coordinating_units, f"{pointer}/coordinating_units"
        ),
        "implementing_units": places.listed(
            task.implementing_units, f"{pointer}/implementing_units"
        ),
        "actors": places.listed(task.actors, f"{pointer}/actors"),
        "timing": places.words(task.timing.words, f"{pointer}/timing") if task.timing else None,
        "time": _time(task.timing),
        "products": places.listed(
            (product.words for product in task.products), f"{pointer}/products"
        ),
        "product_details": [_product(product) for product in task.products],
        "audiences": places.listed(task.audiences, f"{pointer}/audiences"),
        "targets": [
            _quantity(target, f"{pointer}/targets/{place}", places)
            for place, target in enumerate(task.targets)
        ],
        "languages": list(task.languages),
        "items": [
            _item(item, f"{pointer}/items/{place}", places) for place, item in enumerate(task.items)
        ],
    }
    if task.role is not None:
        printed["role"] = task.role.value
    return printed


def _time(timing: Timing | None) -> Mapping[str, Any] | None:
    if timing is None:
        return None
    return {
        "windows": [
            [
                window.starts_on and window.starts_on.isoformat(),
                window.ends_on and window.ends_on.isoformat(),
            ]
            for window in timing.windows
        ],
        "precision": timing.precision.value,
        "recurrence": timing.recurrence and timing.recurrence.value,
        "deadline": timing.deadline,
        "tentative": timing.tentative,
        "relative": timing.relative,
    }


def _product(product: Product) -> dict[str, Any]:
    return {
        "text": product.words.text,
        "kind": product.kind,
        "quantities": [
            [quantity.minimum, quantity.maximum, quantity.counted]
            for quantity in product.quantities
        ],
        "languages": list(product.languages),
    }


def _quantity(quantity: Quantity, pointer: str, places: _Places) -> dict[str, Any]:
    return {
        "text": places.words(quantity.words, f"{pointer}/text"),
        "minimum": quantity.minimum,
        "maximum": quantity.maximum,
        "counted": quantity.counted,
        "approximate": quantity.approximate,
    }


def _item(item: Item, pointer: str, places: _Places) -> dict[str, Any]:
    return {
        "text": places.words(item.words, f"{pointer}/text"),
        "actors": places.listed(item.actors, f"{pointer}/actors"),
    }


def _responsibility(duty: Responsibility, pointer: str, places: _Places) -> dict[str, Any]:
    return {
        "unit": places.words(duty.unit, f"{pointer}/unit"),
        "units": places.listed(duty.units, f"{pointer}/units"),
        "duties": places.listed(duty.duties, f"{pointer}/duties"),
        "verb": duty.verb,
    }


def _reporting(duty: ReportingDuty, pointer: str, places: _Places) -> dict[str, Any]:
    return {
        "text": places.words(duty.words, f"{pointer}/text"),
        "who": places.words(duty.who, f"{pointer}/who"),
        "to": places.listed(duty.to, f"{pointer}/to"),
        "recurrence": duty.recurrence and duty.recurrence.value,
        "deadline": places.words(duty.deadline, f"{pointer}/deadline"),
    }


def _notice(notice: Notice, pointer: str, places: _Places) -> dict[str, Any]:
    if notice.span is not None:
        places.spans[pointer] = [notice.span.start, notice.span.end]
    return {"code": notice.code, "text": notice.vi, "text_en": notice.en}
