"""The diary and the work in the background as pages: searched, kept, tried again."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from nhipcau.audit.actions import record
from nhipcau.audit.models import Entry
from nhipcau.audit.rules import Personal
from nhipcau.desk.views import diary as diary_page
from nhipcau.outbox.actions import check_in, put, register_consumers, work
from nhipcau.outbox.errors import DeliveryFailed
from nhipcau.outbox.models import Consumer, Handover, TaskTrouble
from nhipcau.outbox.tests.hearers import Everything
from nhipcau.outbox.tests.troubles import give_up
from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import TEST, make_unit, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
DIARY, BACKGROUND = "/admin/diary/", "/admin/background/"


@pytest.fixture
def unit():
    return make_unit("Sở Ngoại vụ")


@pytest.fixture
def operator():
    return make_user(Role.OPERATOR, reach=Reach.HOUSE, full_name="Triệu Văn Cao")


@pytest.fixture
def desk(client, operator):
    client.force_login(operator)
    client.get("/admin/registry/")
    return client


def act(unit, *, event="plans.plan.accepted", days=0, who="Vi Thị Bích", **values):
    """A line that somebody of the unit wrote so many days ago."""
    person = make_user(Role.PLANNER, unit=unit, full_name=who).person
    person.act_for(unit)
    return record(
        event=event, target=unit, by=person, at=timezone.now() - timedelta(days=days), **values
    )


def sheet(answer):
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)), read_only=True)
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_the_diary_is_searched_by_words_area_unit_kind_and_days(desk, unit):
    other = make_unit("UBND xã Bảo Lâm")
    act(unit, days=3)
    act(other, event="works.work.begun", who="Lù Seo Dìn")
    today = timezone.localdate()

    def holds(query):
        page = desk.get(f"{DIARY}?{query}").content.decode().partition("<ol")[2]
        return {name for name in ("Vi Thị Bích", "Lù Seo Dìn") if name in page}

    assert holds("") == {"Vi Thị Bích", "Lù Seo Dìn"}
    assert holds("q=vi+thi+bich") == {"Vi Thị Bích"}
    assert holds("room=works.") == {"Lù Seo Dìn"}
    assert holds("event=plans.plan.accepted") == {"Vi Thị Bích"}
    assert holds(f"unit={other.key}") == {"Lù Seo Dìn"}
    assert holds(f"since={today}") == {"Lù Seo Dìn"}
    assert holds(f"last={today - timedelta(days=1)}") == {"Vi Thị Bích"}
    assert holds("q=khong+ai") == set()


@pytest.mark.parametrize(
    "query",
    ["before=x", "before=" + "9" * 40, "since=hôm-qua", "unit=x", "event=%27--", "room=%00"],
)
def test_what_cannot_be_narrows_nothing_and_breaks_nothing(desk, unit, query):
    act(unit)

    answer = desk.get(f"{DIARY}?{query}")

    assert answer.status_code == 200
    assert "Vi Thị Bích" in answer.content.decode()


def test_personal_values_are_shown_as_kept_not_as_hashes(desk, unit):
    entry = act(
        unit, before={"email": Personal("a@b.vn")}, after={"email": Personal("c@d.vn"), "roles": []}
    )

    page = desk.get(DIARY).content.decode()

    assert entry.before["email"]["personal"] not in page
    assert 'scope="row">email' in page


def test_an_operator_of_one_unit_reads_what_was_done_for_it_and_nothing_else(unit):
    other = make_unit("UBND xã Bảo Lâm")
    act(unit)
    act(other, who="Lù Seo Dìn")
    client = Client()
    client.force_login(make_user(Role.OPERATOR, unit=unit))

    for query in ("", f"?unit={other.key}", "?unit=", "?q=lu+seo+din"):
        assert "Lù Seo Dìn" not in client.get(DIARY + query).content.decode().partition("<ol")[2]
    table = sheet(client.get(f"{DIARY}?unit={other.key}&export=xlsx"))
    assert {row[2] for row in table[1:]} == {"Vi Thị Bích"}


def test_older_lines_follow_page_by_page_and_all_stand_in_the_table(desk, unit, monkeypatch):
    for number in range(120):
        record(
            event="plans.task.changed", target=unit, by=TEST, at=timezone.now(), after={"n": number}
        )
    monkeypatch.setattr(diary_page, "BATCH", 50)
    address, seen = f"{DIARY}?event=plans.task.changed", []
    while address:
        page = desk.get(address)
        seen += [line.entry.pk for line in page.context["lines"]]
        older = page.context["older"]
        address = older and f"{DIARY}?event=plans.task.changed&before={older}"

    table = sheet(desk.get(f"{DIARY}?event=plans.task.changed&export=xlsx"))

    assert len(seen) == len(set(seen)) == 120
    assert len(table) == 121
    assert "119" in table[1][6]
    monkeypatch.setattr(diary_page, "LONGEST", 100)
    cut = sheet(desk.get(f"{DIARY}?event=plans.task.changed&export=xlsx"))
    assert len(cut) == 102
    assert len(cut[-1]) == 1


@pytest.mark.parametrize("how_many", [1, 60])
def test_a_page_of_the_diary_costs_the_same_for_one_and_for_many(
    desk, unit, django_assert_num_queries, how_many
):
    for _ in range(how_many):
        record(event="plans.task.changed", target=unit, by=TEST, at=timezone.now())

    # One asks whether words were stopped, whose titles are not shown.
    with django_assert_num_queries(8):
        assert desk.get(DIARY).status_code == 200


@pytest.fixture
def troubled(settings):
    """Two messages given up whose trouble is over, and a task given up."""
    now = timezone.now()
    Consumer.objects.all().delete()
    settings.OUTBOX_CONSUMERS = [f"{Everything.__module__}.{Everything.__name__}"]
    Everything.heard.clear()
    register_consumers(at=now)
    for number in range(2):
        put(topic="works.version.changed", key=f"tin:{number}", payload={}, at=now)
    Everything.fails_with.append(DeliveryFailed("The address is gone.", permanent=True))
    work(consumer="everything", at=now)
    Everything.fails_with.clear()
    DBTaskResult.objects.all().delete()
    task = DBTaskResult.objects.create(
        task_path="nhipcau.plans.tasks.read_plan",
        args_kwargs={"args": [1], "kwargs": {}},
        queue_name="default",
        backend_name="default",
        priority=0,
        run_after=now,
        exception_class_path="builtins.ValueError",
    )
    give_up([task], at=now)
    return task


def test_what_was_given_up_is_seen_and_tried_again(desk, operator, troubled):
    page = desk.get(BACKGROUND).content.decode()
    first = Handover.objects.given_up().order_by("pk")[0]

    assert "tin:0" in page
    assert "The address is gone." in page
    assert "nhipcau.plans.tasks.read_plan" in page

    desk.post(BACKGROUND, {"do": "message", "row": first.pk})
    assert Handover.objects.given_up().count() == 1
    desk.post(BACKGROUND, {"do": "consumer", "name": "everything"})
    assert not Handover.objects.given_up().exists()
    desk.post(BACKGROUND, {"do": "task", "row": TaskTrouble.objects.get().pk})
    troubled.refresh_from_db()
    assert troubled.status == "READY"
    assert work(consumer="everything", at=timezone.now()).done == 2
    lines = Entry.objects.filter(event__startswith="outbox.")
    assert {line.by_key for line in lines} == {operator.person.actor_key}
    assert len(lines) == 3


def test_what_is_not_given_up_is_not_tried_again_and_nonsense_changes_nothing(desk, troubled):
    message, trouble = Handover.objects.given_up()[0], TaskTrouble.objects.get()
    desk.post(BACKGROUND, {"do": "message", "row": message.pk})
    lines = Entry.objects.count()

    said = desk.post(BACKGROUND, {"do": "message", "row": message.pk}, follow=True)

    assert 'class="error' in said.content.decode() or "messages" in said.content.decode()
    for nonsense in (
        {"do": "message", "row": "9" * 40},
        {"do": "task", "row": "-1"},
        {"do": "consumer", "name": "nobody"},
        {"do": "drop", "row": message.pk},
        {},
    ):
        assert desk.post(BACKGROUND, nonsense).status_code in {302, 404}
    trouble.refresh_from_db()
    assert trouble.given_up_at is not None
    assert Entry.objects.count() == lines


def test_workers_that_are_there_are_named_and_none_is_said_plainly(desk):
    none = desk.get(BACKGROUND).content.decode()
    check_in(worker="may-1:41", at=timezone.now())
    one = desk.get(BACKGROUND).content.decode()

    assert 'class="trouble"' in none
    assert "may-1:41" in one
    assert 'class="trouble"' not in one


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_page_of_background_work_costs_the_same_for_little_and_for_much(
    desk, troubled, django_assert_num_queries, how_many
):
    for number in range(how_many):
        put(topic="works.version.changed", key=f"them:{number}", payload={}, at=timezone.now())
    Handover.objects.filter(done_at__isnull=True).update(given_up_at=timezone.now())

    with django_assert_num_queries(11):
        assert desk.get(BACKGROUND).status_code == 200


@pytest.mark.parametrize("role", [Role.PLANNER, Role.APPROVER, Role.PUBLISHER])
def test_nobody_but_operators_reads_the_diary_or_touches_the_queue(role, unit, troubled):
    client = Client()
    client.force_login(make_user(role, unit=unit))
    message = Handover.objects.given_up()[0]

    client.post(BACKGROUND, {"do": "message", "row": message.pk})

    for address in (DIARY, f"{DIARY}?export=xlsx", BACKGROUND):
        assert client.get(address).status_code == 302
    assert Handover.objects.given_up().count() == 2
