"""The table of tasks narrowed: what each filter leaves, and what it leaves out."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_user
from nhipcau.plans.actions import accepting, review
from nhipcau.plans.models import Party, Task
from nhipcau.plans.tests.room.conftest import LONG_AGO, NOON, PLAN
from nhipcau.registry.actions.changes import tell_change
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


def become(kind, before, after, day, by):
    tell_change(kind=kind, on=day, before=before, after=after, by=by, at=NOON)


def test_a_unit_finds_the_tasks_given_to_those_whose_place_it_took(
    table, departments, planner, client
):
    heir = create_unit(
        key="so-moi", kind="department", name="Sở Văn hóa và Thương mại",
        valid_from=LONG_AGO, by=planner, at=NOON,
    )  # fmt: skip
    assert table(unit=heir.pk) == []
    become("merge", list(departments.values()), [heir], date(2026, 3, 1), planner)
    client.force_login(make_user(Role.PLANNER, unit=heir))  # the planner's own unit has ended

    assert table(unit=heir.pk) == ["II.1", "II.2", "II.3", "II.4"]
    assert table(unit=heir.pk, role="coordinating") == ["II.1"]
    assert table(unit=departments["trade"].pk) == ["II.1", "II.2", "II.4"]
    for name in ("plans:outline", "plans:table"):
        page = client.get(reverse(name, args=[table.plan.uuid]), {"unit": heir.pk})
        shown = page.content.decode()
        assert "Kể cả việc của “Sở Công Thương” trước ngày 01/03/2026." in shown
        assert f'<option value="{heir.pk}" selected>Sở Văn hóa và Thương mại' in shown


def test_a_part_that_was_split_off_takes_what_was_given_before_and_nothing_later(
    table, departments, planner
):
    trade = departments["trade"]
    part = create_unit(
        key="xuc-tien", kind="department", name="Trung tâm Xúc tiến",
        valid_from=date(2026, 1, 1), by=planner, at=NOON,
    )  # fmt: skip
    become("split", [trade], [trade, part], date(2026, 1, 20), planner)
    assert table(unit=part.pk) == []  # the plan is of 26 January

    document = table.plan.document
    document.issued_on = date(2026, 1, 19)
    document.save(update_fields=["issued_on"])
    assert table(unit=part.pk) == ["II.1", "II.2", "II.4"]


@pytest.fixture
def outline(table, client):
    """The outline below a heading: II.1 with parts (a) and (b), of which only (b) is due in May."""
    first = table.plan.tasks.get(path="II.1")
    for letter, day in (("a", date(2026, 4, 2)), ("b", date(2026, 5, 2))):
        Task.objects.create(
            plan=first.plan, version=first.version, parent=first, order=100, depth=2,
            path=f"II.1.{letter}", title=f"Phần {letter}", folded=f"phan {letter}",
            starts_on=day, ends_on=day,
        )  # fmt: skip

    def asked(**filters):
        page = client.get(reverse("plans:outline", args=[table.plan.uuid]), filters)
        return page, [(line.task.path, line.is_context) for line in page.context["lines"]]

    asked.plan = table.plan
    return asked


def test_the_outline_keeps_the_headings_above_what_fits_and_says_how_many_fit(outline):
    page, shown = outline(q="phan b")

    assert shown == [("II.1", True), ("II.1.b", False)]
    assert "1 trên 6 nhiệm vụ" in page.content.decode()
    table = reverse("plans:table", args=[outline.plan.uuid])
    assert f'href="{table}?q=phan+b"' in page.content.decode()


def test_the_outline_has_the_filters_of_the_table(outline, departments):
    def paths(**filters):
        return [path for path, is_context in outline(**filters)[1] if not is_context]

    assert paths(unit=departments["trade"].pk, role="lead") == ["II.2", "II.4"]
    assert paths(kind="video") == ["II.3"]
    assert paths(recurrence="continuous") == ["II.2"]
    assert set(paths(since="2026-05-01", until="2026-05-31")) == {"II.1", "II.2", "II.1.b"}


def test_an_outline_in_which_nothing_fits_says_what_to_do(outline):
    page, shown = outline(q="kinh khí cầu")

    assert shown == []
    assert "Bỏ bớt một bộ lọc ở trên" in page.content.decode()
