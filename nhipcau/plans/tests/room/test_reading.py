"""A file that waits, is read, is interrupted: what is kept of it, and what its page says."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psutil
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from nhipcau.audit.models import Entry
from nhipcau.outbox.actions import check_in
from nhipcau.outbox.tests.troubles import give_up
from nhipcau.plans.actions import importing, reading
from nhipcau.plans.actions.reading import MOST_ATTEMPTS
from nhipcau.plans.enums import ImportState
from nhipcau.plans.models import PlanImport
from nhipcau.plans.reading.errors import ReadingInterrupted
from nhipcau.plans.reading.isolated import Stage
from nhipcau.plans.tasks import read_plan
from nhipcau.plans.tests.room.conftest import NOON, PLAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(planner, departments):
    """A file that waits to be read."""

    def brought(text=PLAN, name="ke-hoach.txt", at=NOON):
        return importing.bring_file(
            chunks=[text.encode()], file_name=name, unit=departments["culture"], by=planner, at=at
        ).plan_import

    return brought


@pytest.fixture
def page(client, planner):
    """What the page of an import says, in a language, while the file is not read yet."""
    client.force_login(planner.user)

    def page(plan_import, language="en"):
        UserProfile.objects.update_or_create(
            user=planner.user, defaults={"preferred_language": language}
        )
        told = client.get(reverse("plans:progress", args=[plan_import.uuid])).json()
        shown = client.get(reverse("plans:review", args=[plan_import.uuid])).content.decode()
        assert told["words"] in shown.replace("&quot;", '"')
        return told

    return page


def a_worker_is_there():
    check_in(worker="host:1:a", at=timezone.now())


def end_the_reader():
    """SIGKILL to the reading process that this process has started, as soon as it is there."""
    for _ in range(3000):
        for child in psutil.Process(os.getpid()).children():
            if any("reading.isolated" in word for word in child.cmdline()):
                child.send_signal(signal.SIGKILL)
                return
    raise AssertionError("nothing was being read")


@pytest.mark.django_db(transaction=True)
def test_a_reading_that_something_ends_is_begun_again_and_refuses_nothing(brought):
    plan_import = brought("Kế hoạch\n" * 50_000 + PLAN)

    with ThreadPoolExecutor(1) as threads:
        ending = threads.submit(end_the_reader)
        with pytest.raises(ReadingInterrupted):
            read_plan.call(plan_import.pk)
        ending.result()

    plan_import.refresh_from_db()
    assert (plan_import.state, plan_import.attempts) == (ImportState.READING, 1)
    assert not plan_import.tasks.exists()


def test_a_file_that_was_begun_often_enough_is_refused_and_may_be_brought_again(brought):
    plan_import = brought()
    PlanImport.objects.update(state=ImportState.READING, attempts=MOST_ATTEMPTS)

    read_plan.call(plan_import.pk)

    plan_import.refresh_from_db()
    assert plan_import.state == ImportState.REFUSED
    assert "gián đoạn" in plan_import.refusal_vi
    assert "interrupted" in plan_import.refusal_en
    assert Entry.objects.filter(event="plans.import.refused").count() == 1
    again = brought()
    assert again.pk != plan_import.pk
    read_plan.call(again.pk)
    again.refresh_from_db()
    assert (again.state, again.attempts) == (ImportState.REVIEW, 1)


def test_a_file_that_the_queue_gave_up_is_refused_and_may_be_brought_again(brought):
    plan_import = brought()
    importing.begin_reading(plan_import=plan_import, by=plan_import.brought_by, at=NOON)
    others = brought(PLAN + "\n2")

    give_up(DBTaskResult.objects.order_by("enqueued_at")[:1], at=NOON)

    plan_import.refresh_from_db()
    assert plan_import.state == ImportState.REFUSED
    assert "gián đoạn" in plan_import.refusal_vi
    assert Entry.objects.filter(event="plans.import.refused").count() == 1
    others.refresh_from_db()
    assert others.state == ImportState.WAITING
    assert brought().pk != plan_import.pk


def test_the_page_says_that_nobody_is_there_to_read(brought, page):
    plan_import = brought()

    assert page(plan_import)["words"].startswith("No background worker is at work")
    assert page(plan_import, "vi")["words"].startswith("Hiện không có tiến trình nền")


def test_the_page_says_how_many_files_come_first(brought, page):
    a_worker_is_there()
    first = brought()
    second = brought(PLAN + "\n2", at=NOON + timedelta(seconds=1))
    third = brought(PLAN + "\n3", at=NOON + timedelta(seconds=2))

    assert page(first)["words"].startswith("The plan is about to be read")
    assert page(second)["words"].startswith("One file is read before this one")
    assert page(third)["words"].startswith("2 files are read before this one")


def test_the_page_says_that_an_interrupted_reading_has_begun_again(brought, page):
    a_worker_is_there()
    plan_import = brought()
    for _ in range(2):
        importing.begin_reading(plan_import=plan_import, by=plan_import.brought_by, at=NOON)
    importing.note_stage(
        plan_import=plan_import, stage=Stage.OPENED, by=plan_import.brought_by, at=NOON
    )

    told = page(plan_import)

    assert "(attempt 2)" in told["words"]
    assert (told["state"], told["progress"]) == ("reading", Stage.OPENED)
    assert "lần thứ 2" in page(plan_import, "vi")["words"]


def test_the_stages_of_a_reading_are_told_while_it_goes_on(brought, monkeypatch):
    plan_import = brought()
    seen = []

    def noted(**given):
        importing.note_stage(**given)
        seen.append(PlanImport.objects.get(pk=plan_import.pk).progress)

    monkeypatch.setattr(reading, "note_stage", noted)
    read_plan.call(plan_import.pk)

    assert seen == [Stage.OPENED, Stage.UNDERSTOOD]
    assert PlanImport.objects.get(pk=plan_import.pk).progress == 100


def test_a_stage_that_comes_late_changes_no_review(bring):
    plan_import = bring()

    importing.note_stage(
        plan_import=plan_import, stage=Stage.OPENED, by=plan_import.brought_by, at=NOON
    )

    plan_import.refresh_from_db()
    assert (plan_import.state, plan_import.progress) == (ImportState.REVIEW, 100)


def test_the_command_says_that_a_reading_was_interrupted(brought, planner, tmp_path, monkeypatch):
    from django.core.management import CommandError, call_command

    def interrupted(*_given, **_more):
        raise ReadingInterrupted

    monkeypatch.setattr(reading, "read_file", interrupted)
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN)
    with (
        translation.override("en"),
        pytest.raises(CommandError, match="background worker reads it again"),
    ):
        call_command("plan_import", str(path), by=planner.user.email, language="en")
