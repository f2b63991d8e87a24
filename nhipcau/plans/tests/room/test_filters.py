"""The table of tasks narrowed: what each filter leaves, and what it leaves out."""

import io

import openpyxl
import pytest
from django.urls import reverse

from nhipcau.plans.actions import accepting, review
from nhipcau.plans.models import Party
from nhipcau.plans.tests.room.conftest import LONG_AGO, NOON, PLAN
from nhipcau.registry.actions.groups import create_group, freeze_group
from nhipcau.registry.actions.units import create_unit

pytestmark = pytest.mark.django_db
MORE = """3. Quay phim ngắn về đường đến chợ

- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Thời gian thực hiện: Tháng 11/2026.
- Sản phẩm: 02 video.

4. Lắp bảng chỉ đường tại bến xe

- Đơn vị chủ trì: Sở Công Thương.
- Thời gian thực hiện: Trước ngày 15/3/2026.

III. KINH PHÍ
"""


@pytest.fixture
def table(client, bring, planner):
    """The places of the tasks that the table, its spreadsheet and that of all plans show."""
    plan_import = bring(PLAN.replace("III. KINH PHÍ\n", MORE))
    review.keep_names_as_written(plan_import=plan_import, seen=0, by=planner, at=NOON)
    plan = accepting.accept(plan_import=plan_import, by=planner, at=NOON)
    client.force_login(planner.user)

    def asked(**filters):
        found = set()
        for address in (reverse("plans:table", args=[plan.uuid]), reverse("plans:tasks")):
            lines = client.get(address, filters).context["lines"]
            found.add(tuple(line.task.path for line in lines))
            answer = client.get(address, {**filters, "export": "xlsx"})
            book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
            rows = book.active.iter_rows(min_row=2, max_col=1, values_only=True)
            found.add(tuple(path for (path,) in rows))
        assert len(found) == 1, found
        return list(found.pop())

    asked.plan = plan
    return asked


def test_every_filter_leaves_the_tasks_that_fit_and_no_other(table, departments):
    culture, trade = departments["culture"].pk, departments["trade"].pk

    told = {
        "all": table(),
        "leaflets": table(kind="leaflet"),
        "videos": table(kind="video"),
        "books": table(kind="book"),
        "of culture": table(unit=culture),
        "of trade": table(unit=trade),
        "led by trade": table(unit=trade, role="lead"),
        "trade beside another": table(unit=trade, role="coordinating"),
        "continuous": table(recurrence="continuous"),
        "video of trade": table(kind="video", unit=trade),
    }

    assert told == {
        "all": ["II.1", "II.2", "II.3", "II.4"],
        "leaflets": ["II.1"],
        "videos": ["II.3"],
        "books": [],
        "of culture": ["II.1", "II.3"],
        "of trade": ["II.1", "II.2", "II.4"],
        "led by trade": ["II.2", "II.4"],
        "trade beside another": ["II.1"],
        "continuous": ["II.2"],
        "video of trade": [],
    }


def test_a_stretch_of_time_holds_the_tasks_that_fall_into_it_even_by_a_day(table):
    """II.1 is the second quarter, II.2 the whole year, II.3 November, II.4 ends on 15 March."""
    told = {
        (since, until): table(since=since, until=until)
        for since, until in (
            ("2026-06-30", "2026-10-31"),
            ("2026-07-01", "2026-10-31"),
            ("2026-03-16", "2026-03-31"),
            ("2026-03-15", "2026-03-31"),
            ("2026-11-30", ""),
            ("2026-12-01", ""),
            ("", "2026-04-01"),
            ("", "2026-03-31"),
        )
    }

    assert told == {
        ("2026-06-30", "2026-10-31"): ["II.1", "II.2"],
        ("2026-07-01", "2026-10-31"): ["II.2"],
        ("2026-03-16", "2026-03-31"): ["II.2"],
        ("2026-03-15", "2026-03-31"): ["II.2", "II.4"],
        ("2026-11-30", ""): ["II.2", "II.3"],
        ("2026-12-01", ""): ["II.2"],
        ("", "2026-04-01"): ["II.1", "II.2", "II.4"],
        ("", "2026-03-31"): ["II.2", "II.4"],
    }


def test_a_unit_finds_the_tasks_of_the_group_that_it_belonged_to(table, planner):
    def paper(key, name):
        return create_unit(
            key=key, kind="press", name=name, valid_from=LONG_AGO, by=planner, at=NOON
        )

    member = paper("bao-ls", "Báo Lạng Sơn")
    group = create_group(key="bao-dai", name="các báo, đài", unit_kind="press", by=planner, at=NOON)
    frozen = freeze_group(group=group, on=NOON.date(), within=None, by=planner, at=NOON)
    later = paper("dai-ls", "Đài Lạng Sơn")  # it joins when the tasks are given already
    Party.objects.create(
        task=table.plan.tasks.get(path="II.3"), role="coordinating", order=9,
        words="các báo, đài", group=group, group_members=frozen,
    )  # fmt: skip

    assert table(unit=member.pk) == ["II.3"]
    assert table(unit=member.pk, role="lead") == []
    assert table(unit=later.pk) == []
