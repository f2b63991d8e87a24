"""The same plan gives the same reading in whatever format it comes."""

import pytest

from nhipcau.plans.reading import read
from nhipcau.plans.reading.sources import load
from nhipcau.plans.tests.sources import same_plan

FROM_WORDS = ("tasks", "legal_bases", "funding_sources", "responsibilities", "reporting_duties",
              "recipients", "signer_name", "signer_title", "doc_type", "number", "symbol", "date",
              "place", "title", "issuing_body", "sections", "is_draft")  # fmt: skip


def json_of(data):
    return read(load(data)).as_json()


@pytest.mark.parametrize("form", ["docx", "html", "pdf"])
def test_every_format_gives_the_reading_of_the_plain_text(form):
    expected = json_of(same_plan.as_text().encode())

    found = json_of(getattr(same_plan, f"as_{form}")())

    assert {key: found[key] for key in FROM_WORDS} == {key: expected[key] for key in FROM_WORDS}


def test_the_tasks_are_those_of_the_plan():
    tasks = json_of(same_plan.as_docx())["tasks"]

    assert [task["path"] for task in tasks] == ["II.1", "II.1.a", "II.1.b", "II.2", "II.3"]
    assert tasks[1]["lead_units"] == ["Sở Ngoại vụ"]
    assert tasks[1]["coordinating_units"] == [
        "Sở Văn hóa, Thể thao và Du lịch",
        "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    ]
    assert [task["timing"] for task in tasks] == [
        None,
        "Quý II năm 2026",
        "Trước ngày 30/6/2026",
        "Thường xuyên trong năm 2026",
        "Quý III năm 2026",
    ]
