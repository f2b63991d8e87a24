"""The desk's own pages: the first one, and the registry's units."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from nhipcau.desk.queries import SHOWN, my_work, units_listed
from nhipcau.desk.templatetags.desk_tags import days_late
from nhipcau.people.actions import open_account
from nhipcau.people.enums import Role
from nhipcau.people.queries import rights_of
from nhipcau.people.tests.factories import AT, PASSWORD, TEST, make_unit, make_user
from nhipcau.plans.actions import accepting, importing, review
from nhipcau.plans.tasks import read_plan
from nhipcau.plans.tests.room.conftest import NOON, PLAN
from nhipcau.publishing.actions import decide
from nhipcau.publishing.tests.factories import House
from nhipcau.registry.actions.changes import tell_change
from nhipcau.registry.actions.names import give_name
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.models import Unit
from nhipcau.registry.queries.unit_sheets import exported_workbook

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def culture():
    return create_unit(
        key="culture", kind="department", name="Sở Văn hóa, Thể thao và Du lịch", by=TEST, at=AT
    )


@pytest.fixture
def planner(culture):
    return make_user(Role.PLANNER, unit=culture)


@pytest.fixture
def plan_import(culture, planner):
    brought = importing.bring_file(
        chunks=[PLAN.encode()], file_name="x.txt", unit=culture, by=planner.person, at=NOON
    )
    read_plan.call(brought.plan_import.pk)
    brought.plan_import.refresh_from_db()
    return brought.plan_import


def work_of(user, on):
    return my_work(
        rights=rights_of(user.person, on=on), person=user.person, on=on, at=timezone.now()
    )


def test_my_work_shows_a_review_to_those_who_may_decide_and_to_nobody_else(
    plan_import, planner, culture
):
    officer = make_user(Role.UNIT_OFFICER, unit=culture)
    elsewhere = make_user(Role.PLANNER, unit=make_unit("Sở Công Thương"))

    assert work_of(planner, date(2026, 3, 2)).reviews == [plan_import]
    assert work_of(officer, date(2026, 3, 2)).reviews == []
    assert work_of(elsewhere, date(2026, 3, 2)).reviews == []


def test_my_work_shows_texts_to_clear_and_texts_that_came_back(client):
    house = House()
    texts = [house.work(title=title).subject.versions.get() for title in ("Chợ xa", "Chợ gần")]
    for text in texts:
        house.hand_in(text)
    client.force_login(open_account(person=house.head, password=PASSWORD, by=TEST, at=AT))
    waiting = client.get("/admin/").content.decode()
    for text in texts:
        decide(
            step=house.step_of(text), verdict="returned", reason="Sửa ngày.", by=house.head, at=AT
        )
    done = client.get("/admin/").content.decode()
    client.force_login(open_account(person=house.author, password=PASSWORD, by=TEST, at=AT))
    returned = client.get("/admin/").content.decode()

    assert waiting.count("work-title") == returned.count("work-title") == 2
    assert (
        reverse("publishing:review", args=[texts[0].clearance_items.get().clearance.uuid])
        in waiting
    )
    assert reverse("works:work", args=[texts[1].subject.uuid]) in returned
    assert "work-title" not in done


def test_my_work_shows_tasks_of_my_units_that_end_soon_or_ended_lately(
    plan_import, planner, culture
):
    review.keep_names_as_written(plan_import=plan_import, seen=0, by=planner.person, at=NOON)
    plan = accepting.accept(plan_import=plan_import, by=planner.person, at=NOON)
    task = plan.tasks.get(path="II.1")  # until 30 June 2026
    stranger = make_user(Role.UNIT_OFFICER, unit=make_unit("Sở Công Thương"))

    assert work_of(planner, task.ends_on).to_do.shown == [task]
    assert work_of(planner, task.ends_on).ended.total == 0
    assert work_of(planner, task.ends_on + timedelta(days=1)).ended.shown == [task]
    assert work_of(planner, task.ends_on + timedelta(days=91)).ended.total == 0
    assert work_of(planner, task.ends_on - timedelta(days=61)).to_do.total == 0
    assert work_of(stranger, task.ends_on).to_do.total == 0


def test_the_first_page_greets_every_role(client, plan_import):
    for role in Role.values:
        client.force_login(make_user(role, unit=make_unit()))
        answer = client.get("/admin/")
        assert answer.status_code == 200
        assert answer.content.decode().count('class="work-column"') == 3


@pytest.mark.parametrize(("language", "said"), [("vi", "trễ 3 ngày"), ("en", "3 days late")])
def test_days_late_are_counted_from_the_last_day(language, said):
    with translation.override(language):
        assert days_late(date(2026, 2, 12), date(2026, 2, 15)) == said


def test_units_are_found_by_any_of_their_names_and_as_of_a_day(culture):
    give_name(to=culture, kind="abbreviation", text="Sở VHTTDL", by=TEST, at=AT)
    gone = create_unit(
        key="gone",
        kind="department",
        name="Sở Thông tin và Truyền thông",
        valid_from=date(2008, 1, 1),
        valid_to=date(2025, 3, 1),
        by=TEST,
        at=AT,
    )

    def found(words, on):
        return [unit.key for unit in units_listed(words=words, kind="", on=on, sort="name")]

    assert found("so vhttdl", date(2026, 1, 1)) == ["culture"]
    assert found("thong tin", date(2026, 1, 1)) == []
    assert found("thong tin", date(2024, 1, 1)) == [gone.key]
    assert found("thong tin", None) == [gone.key]


@pytest.mark.parametrize("count", [1, 3, 80])
@pytest.mark.parametrize("sort", ["name", "-name", "kind", "area", "from", "'; drop", ""])
def test_the_list_of_units_costs_the_same_for_one_and_for_many(
    client, planner, django_assert_num_queries, sort, count
):
    client.force_login(planner)
    address = reverse("desk:units") + f"?sort={sort}&all=on&q=van+phong"
    for number in range(count):
        create_unit(key=f"u{number}", kind="office", name=f"Văn phòng {number:02}", by=TEST, at=AT)
    client.get(address)  # what is kept for a while has been asked for

    with django_assert_num_queries(9):
        page = client.get(address).content.decode()
    assert len(set(re.findall(r"Văn phòng \d\d", page))) == min(count, 50)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_unit_costs_the_same_for_one_and_for_three_changes(
    client, planner, culture, django_assert_num_queries, count
):
    for number in range(count):
        old = create_unit(key=f"u{number}", kind="department", name=f"Sở {number}", by=TEST, at=AT)
        day = date(2010 + number, 1, 1)
        tell_change(kind="merge", on=day, before=[old], after=[culture], by=TEST, at=AT)
    client.force_login(planner)
    client.get(reverse("desk:unit", args=[culture.uuid]))

    with django_assert_num_queries(12):
        page = client.get(reverse("desk:unit", args=[culture.uuid])).content.decode()
    assert page.count("<strong>") >= count


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_first_page_costs_the_same_for_one_and_for_many_tasks(
    client, plan_import, planner, django_assert_max_num_queries, count
):
    review.keep_names_as_written(plan_import=plan_import, seen=0, by=planner.person, at=NOON)
    plan = accepting.accept(plan_import=plan_import, by=planner.person, at=NOON)
    today = timezone.localdate()
    plan.tasks.all().delete()
    for number in range(count):
        for days in (3, -3):
            task = plan.tasks.create(
                version=plan.versions.get(),
                path=f"II.{number}",
                order=number,
                title=f"Việc {number}",
                folded=f"viec {number}",
                ends_on=today + timedelta(days=days),
            )
            task.parties.create(role="lead", order=0, words="x", unit=plan_import.unit)
    client.force_login(planner)
    client.get("/admin/")

    with django_assert_max_num_queries(12 + 2 * (count > SHOWN)):
        page = client.get("/admin/").content.decode()
    assert page.count('class="work-line"') == 2 * min(count, SHOWN)


def test_a_units_page_tells_what_became_of_it(client, planner, culture):
    old = create_unit(key="old", kind="department", name="Sở Du lịch", by=TEST, at=AT)
    older = create_unit(key="older", kind="department", name="Sở Văn hóa", by=TEST, at=AT)
    tell_change(
        kind="merge", on=date(2016, 5, 1), before=[old, older], after=[culture], by=TEST, at=AT
    )
    client.force_login(planner)

    page = client.get(reverse("desk:unit", args=[old.uuid])).content.decode()

    assert "01/05/2016" in page
    assert culture.label in page
    assert reverse("desk:unit", args=[older.uuid]) in page


def bring(client, data):
    return client.post(
        reverse("desk:bring_units"), {"file": SimpleUploadedFile("don-vi.xlsx", data)}
    )


def test_a_workbook_is_shown_first_and_changes_only_what_was_looked_at(client, planner, culture):
    client.force_login(planner)
    data = exported_workbook()
    Unit.objects.filter(pk=culture.pk).update(label="Sở Văn hóa")

    preview = client.get(bring(client, data)["Location"])
    assert [each.key for each in preview.context["preview"].change] == ["culture"]
    assert Unit.objects.get(pk=culture.pk).label == "Sở Văn hóa"

    address = preview.request["PATH_INFO"]
    client.post(address, {"looked_at": "something else"})
    assert Unit.objects.get(pk=culture.pk).label == "Sở Văn hóa"

    row = preview.context["preview"].change[0].number
    said = {f"row-{row}": "correction"}
    client.post(address, {"looked_at": preview.context["preview"].digest, **said})
    assert Unit.objects.get(pk=culture.pk).label == "Sở Văn hóa, Thể thao và Du lịch"


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04 torn"])
def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(client, planner, data):
    client.force_login(planner)

    answer = bring(client, data)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_an_officer_reads_the_units_and_brings_none(client, culture):
    client.force_login(make_user(Role.UNIT_OFFICER, unit=culture))

    assert client.get(reverse("desk:units")).status_code == 200
    assert bring(client, exported_workbook())["Location"] == "/admin/"
