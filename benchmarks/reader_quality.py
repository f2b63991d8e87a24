"""How well the plan reader reads: precision, recall and F1 per field over annotated documents.

usage: reader_quality.py [--set a|b|plans|all] [--field NAME ...] [--verbose] [--floor F]

`a` and `b` are the documents under nhipcau/plans/tests/corpus; `plans` is a folder of real plans
with a `gold` folder, `../shared/plans` beside the repository, left out where it is absent. The
table goes to the terminal and, for all sets and all fields, to results/reader_quality.md.
Exit status 1: a field below the floor, a document wrongly refused or wrongly read, or a
confidence that does not find the errors.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import reader_comparison as comparison  # noqa: E402 -- beside this script

from nhipcau.plans.reading import NotReadable, Refusal, read  # noqa: E402 -- after the path is set
from nhipcau.plans.reading.sources import load  # noqa: E402 -- after the path is set

CORPUS = ROOT / "nhipcau" / "plans" / "tests" / "corpus"
PLANS = ROOT.parent / "shared" / "plans"
RESULTS = ROOT / "benchmarks" / "results" / "reader_quality.md"
LEAST_CONFIDENT = 0.2
FLOOR = 0.85  # of every field
CALIBRATION_FLOOR = 0.6


@dataclass(slots=True)
class Score:
    """What was right, what was given, what was owed."""

    right: int = 0
    given: int = 0
    owed: int = 0

    def add(self, right: int, given: int, owed: int) -> None:
        self.right, self.given, self.owed = self.right + right, self.given + given, self.owed + owed

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else float(not self.owed)

    @property
    def recall(self) -> float:
        return self.right / self.owed if self.owed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Quality:
    """The tally over all documents."""

    scores: dict[str, Score] = field(default_factory=dict)
    refused_right: int = 0
    wrong: list[str] = field(default_factory=list)
    values: list[tuple[float, bool]] = field(default_factory=list)  # confidence, right
    other_codes: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    seconds: float = 0.0

    def score(self, name: str) -> Score:
        return self.scores.setdefault(name, Score())


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    document: Path
    gold: dict[str, Any]
    ours: bool  # annotated with the further fields too


def samples(wanted: str) -> list[Sample]:
    found = []
    for folder in ("a", "b", "c"):
        if wanted in (folder, "all"):
            for gold in sorted((CORPUS / folder).glob("*.json")):
                document = next(p for s in (".txt", ".md") if (p := gold.with_suffix(s)).exists())
                found.append(
                    Sample(
                        f"{folder}/{gold.stem}",
                        document,
                        json.loads(gold.read_text("utf-8")),
                        ours=True,
                    )
                )
    if wanted in ("plans", "all"):
        for gold in sorted((PLANS / "gold").glob("*.json")):
            annotations = json.loads(gold.read_text("utf-8"))
            if "skip" not in annotations:
                document = PLANS / f"{gold.stem}.txt"
                found.append(Sample(f"plans/{gold.stem[:3]}", document, annotations, ours=False))
    return found


def agreed_warnings() -> set[str]:
    """The codes that the annotations use; a reader may know more."""
    table = (CORPUS / "README.md").read_text("utf-8").split("## Warnings")[1]
    return {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")}


def measure(sample: Sample, quality: Quality, *, verbose: bool, fields: set[str]) -> None:
    quality.documents += 1
    begun = time.perf_counter()
    try:
        found = read(load(sample.document.read_bytes(), sample.document.name)).as_json(spans=True)
    except NotReadable as refusal:
        quality.seconds += time.perf_counter() - begun
        if sample.gold.get("not_an_official_document") and refusal.reason is Refusal.NOT_OFFICIAL:
            quality.refused_right += 1
        else:
            quality.wrong.append(f"{sample.name}: refused ({refusal.reason}): {refusal}")
            tally(
                sample,
                quality,
                *comparison.compare(sample.gold, {})[:2],
                verbose=False,
                fields=fields,
            )
        return
    quality.seconds += time.perf_counter() - begun
    if sample.gold.get("not_an_official_document"):
        quality.wrong.append(f"{sample.name}: is no official document, and was read")
        return
    agreed = agreed_warnings()
    quality.other_codes.update(n["code"] for n in found["warnings"] if n["code"] not in agreed)
    found["warnings"] = [n for n in found["warnings"] if n["code"] in agreed]
    want, have, values = comparison.compare(sample.gold, found)
    tally(sample, quality, want, have, verbose=verbose, fields=fields)
    confidence = found["confidence"]
    known = annotated(sample)
    quality.values += [
        (confidence[pointer], right)
        for name, pointer, right in values
        if name in known and pointer in confidence
    ]
    check_spans(sample, found, quality, verbose=verbose and (not fields or "spans" in fields))


def annotated(sample: Sample) -> tuple[str, ...]:
    """The fields that the sample's annotations speak of."""
    further = comparison.FURTHER if sample.ours else ("funding", "duties")
    return comparison.SHARED + further


def tally(
    sample: Sample,
    quality: Quality,
    want: dict[str, set[Any]],
    have: dict[str, set[Any]],
    *,
    verbose: bool,
    fields: set[str],
) -> None:
    for name in annotated(sample):
        owed, given = want.get(name, set()), have.get(name, set())
        quality.score(name).add(len(owed & given), len(given), len(owed))
        if verbose and owed != given and (not fields or name in fields):
            print(f"{sample.name} {name}")
            for title, items in (("missing", owed - given), ("extra", given - owed)):
                for item in sorted(map(str, items)):
                    print(f"   {title:8}{item}")


def check_spans(sample: Sample, found: dict[str, Any], quality: Quality, *, verbose: bool) -> None:
    """Every raw value has a span, and the text at the span is the value."""
    for pointer, value in comparison.raw_values(found):
        span = found["spans"].get(pointer)
        words = comparison.norm(found["text"][slice(*span)]) if span else None
        # a title is cut after 120 characters, its span is not
        same = words is not None and (
            words.startswith(comparison.norm(value))
            if pointer.endswith("/title")
            else words == comparison.norm(value)
        )
        quality.score("spans").add(same, span is not None, 1)
        if verbose and not same:
            print(f"{sample.name} spans\n   {pointer}: {value!r} is not {words!r}")


def errors_among_least_confident(values: list[tuple[float, bool]]) -> float:
    """The share of all errors that the least confident fifth holds; ties are shared out evenly."""
    errors = sum(not right for _, right in values)
    room = LEAST_CONFIDENT * len(values)
    held = 0.0
    for level in sorted({confidence for confidence, _ in values}):
        group = [right for confidence, right in values if confidence == level]
        part = min(1.0, room / len(group))
        held += part * sum(not right for right in group)
        room -= part * len(group)
        if room <= 0:
            break
    return held / errors if errors else 1.0


def macro(quality: Quality, names: tuple[str, ...]) -> float:
    known = [quality.scores[name].f1 for name in names if name in quality.scores]
    return sum(known) / len(known) if known else 0.0


def report(quality: Quality, fields: set[str]) -> str:
    lines = ["| field | P | R | F1 | owed |", "| --- | ---: | ---: | ---: | ---: |"]
    further = (*comparison.FURTHER, "spans")
    for title, names in (("shared", comparison.SHARED), ("further", further)):
        for name in names:
            score = quality.scores.get(name)
            if score and (not fields or name in fields):
                figures = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
                lines.append(f"| {name} | {figures} | {score.owed} |")
        lines.append(f"| **macro F1, {title} fields** | | | **{macro(quality, names):.3f}** | |")
    share = errors_among_least_confident(quality.values)
    errors = sum(not right for _, right in quality.values)
    lines.append("")
    lines.append(
        f"Documents: {quality.documents}, read in {quality.seconds:.1f} s. Rightly refused: "
        f"{quality.refused_right}. Wrongly read or refused: {len(quality.wrong)}."
    )
    lines.append(
        f"The least confident fifth of {len(quality.values)} values holds {share:.0%} of the "
        f"{errors} errors (floor {CALIBRATION_FLOOR:.0%})."
    )
    lines += [f"- {line}" for line in quality.wrong]
    if quality.other_codes:
        codes = ", ".join(f"{code} {count}" for code, count in quality.other_codes.most_common())
        lines.append(f"Warnings of the reader that the annotations do not know: {codes}.")
    return "\n".join(lines)


def below(quality: Quality, floor: float) -> bool:
    names = (*comparison.SHARED, *comparison.FURTHER, "spans")
    weak = any(quality.scores[name].f1 < floor for name in names if name in quality.scores)
    share = errors_among_least_confident(quality.values)
    return weak or bool(quality.wrong) or share < CALIBRATION_FLOOR


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--set", choices=("a", "b", "c", "plans", "all"), default="all")
    parser.add_argument(
        "--field", action="append", default=[], help="show this field only; may be repeated"
    )
    parser.add_argument(
        "--verbose", action="store_true", help="say for each document what is missing and extra"
    )
    parser.add_argument(
        "--floor", type=float, default=FLOOR, help="every field's F1 must reach this"
    )
    options = parser.parse_args()
    fields = set(options.field)
    quality = Quality()
    for sample in samples(options.set):
        measure(sample, quality, verbose=options.verbose, fields=fields)
    text = report(quality, fields)
    print(text)
    if options.set == "all" and not fields:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(f"# The plan reader over annotated documents\n\n{text}\n", "utf-8")
    return int(below(quality, options.floor))


if __name__ == "__main__":
    sys.exit(main())
