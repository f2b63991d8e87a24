"""The board: texts by state, and the lists of what waits."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from nhipcau.people.tests.factories import AT
from nhipcau.publishing.actions import decide, release_bundle
from nhipcau.publishing.models import OpenStep
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.actions import assign, trash_work
from nhipcau.works.models import Work

pytestmark = pytest.mark.django_db
BOARD = reverse("publishing:board")


def columns(answer):
    return {
        column.state: [text.title for text in column.shown]
        for column, _label, _state in answer.context["columns"]
    }


def listed(client, scope, **more):
    answer = client.get(BOARD, {"scope": scope, **more})
    return [each.row.work.title for each in answer.context["rows"]]


@pytest.fixture
def works(house):
    """One work in each state."""
    made = {
        name: house.work(title=title)
        for name, title in {
            "draft": "Bản nháp",
            "returned": "Bị trả lại",
            "in_clearance": "Đang thẩm định",
            "ready": "Đã duyệt",
            "out": "Đã phát hành",
        }.items()
    }
    versions = {name: work.subject.versions.get() for name, work in made.items()}
    for name in ("returned", "in_clearance"):
        house.hand_in(versions[name])
    decide(
        step=house.step_of(versions["returned"]),
        verdict="returned",
        reason="Thiếu nguồn.",
        by=house.head,
        at=AT,
    )
    for name in ("ready", "out"):
        house.approved(made[name])
    release_bundle(bundle=house.bundle(made["out"]), by=house.publisher, at=AT)
    return made


@pytest.mark.usefixtures("works")
class TestTheBoard:
    def test_has_every_text_in_the_column_of_its_state(self, house, desk):
        LanguageVersion.objects.update(saved_at=timezone.now())

        assert columns(desk(house.author).get(BOARD)) == {
            "draft": ["Bản nháp"],
            "returned": ["Bị trả lại"],
            "in_clearance": ["Đang thẩm định"],
            "ready": ["Đã duyệt"],
            "out": ["Đã phát hành"],
        }

    def test_leaves_out_what_is_in_the_trash_and_what_the_filters_leave_out(self, house, desk):
        trash_work(work=Work.objects.get(title="Bản nháp"), by=house.author, at=AT)
        client = desk(house.author)

        assert columns(client.get(BOARD))["draft"] == []
        assert columns(client.get(BOARD, {"q": "tra lai"}))["returned"] == ["Bị trả lại"]
        assert columns(client.get(BOARD, {"kind": "video"}))["returned"] == []
        assert columns(client.get(BOARD, {"unit": 999_999}))["out"] == []

    def test_lists_what_waits_for_me(self, house, desk):
        assert listed(desk(house.head), "mine") == ["Đang thẩm định"]
        assert sorted(listed(desk(house.author), "mine")) == ["Bản nháp", "Bị trả lại"]
        assert listed(desk(house.secrecy), "mine") == []

    def test_lists_what_is_under_review(self, house, desk):
        assert listed(desk(house.author), "clearance") == ["Đang thẩm định"]
        assert listed(desk(house.author), "clearance", q="nhap") == []

    def test_lists_what_is_overdue_by_its_own_day_or_its_steps(self, house, desk):
        yesterday = timezone.localdate() - timedelta(days=1)
        OpenStep.objects.update(due_on=timezone.localdate())
        client = desk(house.author)
        assert listed(client, "overdue") == []

        OpenStep.objects.filter(closed_at__isnull=True).update(due_on=yesterday)
        assign(
            work=Work.objects.get(title="Bản nháp"),
            to=house.author,
            due_on=yesterday,
            by=house.head,
            at=AT,
        )
        Work.objects.filter(title="Đã phát hành").update(due_on=yesterday)

        assert sorted(listed(client, "overdue")) == ["Bản nháp", "Đang thẩm định"]

    def test_leaves_as_a_sheet(self, house, desk):
        answer = desk(house.author).get(BOARD, {"scope": "clearance", "export": "xlsx"})

        rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
        assert [row[0] for row in rows[1:]] == ["Đang thẩm định"]

    @pytest.mark.parametrize(
        "given",
        [
            {"scope": "x"},
            {"unit": "-1"},
            {"kind": "x"},
            {"q": "%_'\""},
            {"scope": "mine", "p": "x"},
        ],
    )
    def test_bears_broken_filters(self, house, desk, given):
        assert desk(house.author).get(BOARD, given).status_code == 200

    def test_shows_hostile_titles_as_words(self, house, desk):
        house.work(title="<script>alert(1)</script>")

        for scope in ("", "mine"):
            shown = desk(house.author).get(BOARD, {"scope": scope}).content.decode()
            assert "<script>alert(1)" not in shown


@pytest.mark.parametrize("scope", ["", "mine", "overdue", "clearance"])
@pytest.mark.parametrize("count", [1, 3])
def test_every_list_costs_at_most_fifteen_queries(
    house, desk, scope, count, django_assert_max_num_queries
):
    for number in range(count):
        house.hand_in(house.work(title=f"Tin {number}").subject.versions.get())
        house.work(title=f"Nháp {number}")
    client = desk(house.head)
    client.get(BOARD)

    with django_assert_max_num_queries(15):
        assert client.get(BOARD, {"scope": scope}).status_code == 200
