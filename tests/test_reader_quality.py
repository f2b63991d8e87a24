"""The measure of the plan reader measures what it says."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import reader_comparison  # noqa: E402 -- benchmarks are scripts beside each other, no package
import reader_quality  # noqa: E402 -- as above

GOLD = sorted((ROOT / "nhipcau/plans/tests/corpus").glob("[abc]/*.json"))


def as_read(gold):
    """What a reader would print that found exactly what the annotations say."""
    found = dict(gold)
    tasks = []
    for task in gold.get("tasks") or []:
        time = task.get("timing_parsed")
        read = dict(task, time=None)
        if time:
            windows = [[time["start"], time["end"]]]
            read["time"] = {**time, "windows": windows}
        read["targets"] = [
            {"minimum": q["min"], "maximum": q["max"], "counted": q["unit"]}
            for q in task.get("quantities") or []
        ]
        tasks.append(read)
    found["tasks"] = tasks
    found["annex_tasks"] = gold.get("rows") or []
    found["responsibilities"] = [
        {"unit": duty["unit"], "duties": ["duty"] * duty["count"]}
        for duty in gold.get("responsibilities") or []
    ]
    found["reporting_duties"] = [
        dict(report, who=report["unit"]) for report in gold.get("reporting") or []
    ]
    found["warnings"] = [{"code": code} for code in gold.get("warnings") or []]
    return found


@pytest.mark.parametrize("path", GOLD, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_reader_that_finds_just_the_annotations_is_perfect(path):
    gold = json.loads(path.read_text("utf-8"))
    if gold.get("not_an_official_document"):
        return
    want, have, values = reader_comparison.compare(gold, as_read(gold))
    assert {f: i for f, i in want.items() if i} == {f: i for f, i in have.items() if i}
    assert all(right for _, _, right in values)


PLAN = {
    "doc_type": "KH",
    "tasks": [
        {"path": "II.1", "title": "In tờ rơi", "lead_units": ["Sở Tư pháp"]},
        {"path": "II.2", "title": "Phạm vi", "role": "scope", "lead_units": ["Công an tỉnh"]},
        {"path": "II.1.1", "title": "Tổ chức", "role": "assignment_block"},
    ],
}


def test_a_wrong_lead_is_missing_and_extra():
    found = as_read(PLAN)
    found["tasks"][0]["lead_units"] = ["Sở Nội vụ"]
    want, have, values = reader_comparison.compare(PLAN, found)
    assert want["lead_units"] == {("II.1", "sở tư pháp")}
    assert have["lead_units"] == {("II.1", "sở nội vụ")}
    assert ("lead_units", "/tasks/0/lead_units/0", False) in values


def test_what_stands_on_an_assignment_counts_for_its_parent():
    found = as_read(PLAN)
    found["tasks"][2]["lead_units"] = found["tasks"][0].pop("lead_units")
    want, have, _ = reader_comparison.compare(PLAN, found)
    assert have["lead_units"] == want["lead_units"] == {("II.1", "sở tư pháp")}


def test_a_node_of_another_role_is_neither_owed_nor_wrong():
    found = as_read(PLAN)
    del found["tasks"][1]
    want, have, _ = reader_comparison.compare(PLAN, found)
    assert want["task_paths"] == have["task_paths"] == {("II.1",)}


def test_old_and_new_tone_placement_and_the_short_name_are_one():
    assert reader_comparison.norm("Uỷ ban nhân dân xã  Hoà Bình.") == "ubnd xã hòa bình"
    assert reader_comparison.norm("UBND xã Hòa Bình") == "ubnd xã hòa bình"


def test_the_least_confident_fifth_shares_ties_out_evenly():
    values = [(0.1, False), *[(0.5, False)] * 2, *[(0.5, True)] * 2, *[(0.9, True)] * 5]
    # two of ten values: the first, and a quarter of the four that share one confidence
    assert reader_quality.errors_among_least_confident(values) == pytest.approx(1.5 / 3)


def test_a_reader_without_errors_has_all_of_them_in_the_least_confident_fifth():
    assert reader_quality.errors_among_least_confident([(0.9, True)]) == 1.0


def test_every_field_of_our_own_documents_is_read_well_enough():
    quality = reader_quality.Quality()
    for name in ("a", "b", "c"):
        for sample in reader_quality.samples(name):
            reader_quality.measure(sample, quality, verbose=False, fields=set())

    names = (*reader_comparison.SHARED, *reader_comparison.FURTHER, "spans")
    weak = {name: score.f1 for name in names if (score := quality.scores[name]).f1 < 0.85}
    assert weak == {}
    assert quality.wrong == []
    assert quality.documents >= 100
    assert reader_quality.errors_among_least_confident(quality.values) >= 0.6
