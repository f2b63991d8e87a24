"""Works: begun for a task, changed, handed on, duplicated, put away; their money and permits."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from nhipcau.audit.models import Entry
from nhipcau.kernel.errors import RuleBroken
from nhipcau.outbox.models import Message
from nhipcau.people.actions import leave, verify_contact
from nhipcau.people.enums import Verification
from nhipcau.people.tests.factories import AT, TEST, TODAY, make_person, make_unit
from nhipcau.translation.actions import save_words
from nhipcau.translation.queries import writers_of
from nhipcau.translation.tests.factories import clear, make_version
from nhipcau.works.actions import (
    assign,
    change_cost,
    change_work,
    drop_cost,
    duplicate_work,
    load_lists,
    note_cost,
    note_permit,
    note_print_run,
    restore_work,
    start_work,
    trash_work,
)
from nhipcau.works.enums import WorkKind
from nhipcau.works.errors import NotPossible
from nhipcau.works.models import CostLine, SpendingItem, Topic, Work, WorkTemplate
from nhipcau.works.rules.kinds import KINDS, kinds_for, spec_of
from nhipcau.works.tests.factories import make_task, make_work

pytestmark = pytest.mark.django_db


def test_a_work_begins_with_its_words_for_a_task_in_its_authors_hands():
    author = make_person("Hoàng Văn Tác")
    task = make_task()

    work = make_work(by=author, tasks=[task], title="Tờ rơi đi chợ phiên")

    version = work.subject.versions.get()
    assert (work.title, version.title) == ("Tờ rơi đi chợ phiên",) * 2
    assert list(task.works.all()) == [work]
    assert work.assignee == author
    assert Entry.objects.filter(event="works.work.started").count() == 1


def test_a_work_is_called_as_its_original_words_are_called_and_not_as_a_translation():
    work = make_work(title="Cũ")
    version = work.subject.versions.get()
    save_words(version=version, by=make_person(), at=AT, words={"title": "Mới"})
    clear(version)

    make_version(subject=work.subject, tag="en", title="English", source=version)

    work.refresh_from_db()
    assert (work.title, work.folded) == ("Mới", "moi")


def test_nothing_begins_for_a_unit_that_is_gone():
    gone = make_unit(valid_to=TODAY - timedelta(days=1))

    with pytest.raises(NotPossible):
        make_work(unit=gone)
    with pytest.raises(NotPossible):
        make_work(kind="nonsense")

    assert not Work.objects.exists()


def test_changes_are_told_with_what_was_before():
    work = make_work()
    load_lists(by=TEST, at=AT)
    topic = Topic.objects.get(key="image/tourism")

    change_work(
        work=work,
        by=make_person(),
        at=AT,
        changes={"audiences": ["visitors"], "topics": [topic], "due_on": date(2026, 4, 1)},
    )
    change_work(work=work, by=make_person(), at=AT, changes={"audiences": ["visitors"]})

    line = Entry.objects.get(event="works.work.changed")
    assert line.before["audiences"] == []
    assert line.after == {"audiences": ["visitors"], "topics": [topic.pk], "due_on": "2026-04-01"}
    assert list(work.topics.all()) == [topic]


def test_nobody_is_addressed_by_what_he_is():
    work = make_work()

    with pytest.raises(NotPossible):
        change_work(work=work, by=make_person(), at=AT, changes={"audiences": ["ethnicity:tay"]})
    with pytest.raises(TypeError):
        change_work(work=work, by=make_person(), at=AT, changes={"trashed_at": AT})

    work.refresh_from_db()
    assert work.audiences == []


def test_whoever_gets_a_work_gets_a_letter():
    work = make_work()
    officer = make_person("Lý Văn Xã")
    verify_contact(person=officer, how=Verification.IN_PERSON, by=TEST, at=AT)

    assign(work=work, to=officer, by=work.started_by, at=AT, due_on=date(2026, 3, 9), words="Sửa.")

    assert (work.assignee, work.due_on) == (officer, date(2026, 3, 9))
    assert Message.objects.filter(topic="people.letter.written").count() == 1
    assert Entry.objects.filter(event="people.letter.written").count() == 1


def test_nobody_gets_a_work_who_has_left():
    work = make_work()
    person = make_person("Người Đi")
    leave(person=person, on=TODAY, by=TEST, at=AT)

    with pytest.raises(NotPossible):
        assign(work=work, to=person, by=work.started_by, at=AT)

    assert not work.assignments.exists()


def test_a_copy_has_all_words_none_of_the_tasks_and_the_same_writers():
    author, copier = make_person("Người Viết"), make_person("Người Chép")
    work = make_work(by=author, tasks=[make_task()])

    copy = duplicate_work(work=work, unit=make_unit("UBND xã Nà Chương"), by=copier, at=AT)

    assert copy.subject.short_id != work.subject.short_id
    assert copy.tasks.count() == 0
    assert writers_of(copy.subject.versions.get()) == {author.pk, copier.pk}


def test_the_trash_keeps_a_work_whole():
    work = make_work()
    before = work.subject.versions.get().latest_revision_id

    trash_work(work=work, by=make_person(), at=AT)
    with pytest.raises(NotPossible):
        change_work(work=work, by=make_person(), at=AT, changes={"due_on": TODAY})
    assert not Work.objects.not_in_trash().exists()

    restore_work(work=work, by=make_person(), at=AT)
    assert work.subject.versions.get().latest_revision_id == before
    assert Work.objects.not_in_trash().get() == work


def test_a_work_that_is_gone_from_the_trash_names_who_put_it_there():
    work = make_work()

    with pytest.raises(IntegrityError), transaction.atomic():
        Work.objects.filter(pk=work.pk).update(trashed_at=AT)


class TestMoney:
    def line(self, work, **more):
        load_lists(by=TEST, at=AT)
        return note_cost(
            work=work,
            item=SpendingItem.objects.get(key="translation"),
            origin="central",
            by=make_person(),
            at=AT,
            **{"amount": 360_000, "state": "estimated", **more},
        )

    def test_a_sum_is_noted_changed_and_taken_back(self):
        work = make_work()
        line = self.line(work)

        change_cost(line=line, by=make_person(), at=AT, changes={"state": "spent"})
        assert line.state == "spent"

        drop_cost(line=line, by=make_person(), at=AT)
        assert not CostLine.objects.exists()
        assert Entry.objects.get(event="works.cost.dropped").before["amount"] == 360_000

    def test_only_a_task_that_ordered_the_work_pays(self):
        with pytest.raises(NotPossible):
            self.line(make_work(), task=make_task())
        with pytest.raises(NotPossible):
            self.line(make_work(), amount=0)

        assert not CostLine.objects.exists()


def test_print_runs_stay_within_their_permit():
    work = make_work()
    permit = note_permit(
        work=work,
        number="12/GP-STTTT",
        issuer="Sở Văn hóa",
        issued_on=TODAY,
        copies=1000,
        by=make_person(),
        at=AT,
    )
    run = {"work": work, "printer": "Nhà in Mẫu", "permit": permit, "by": make_person(), "at": AT}
    note_print_run(ordered=800, **run)

    with pytest.raises(NotPossible):
        note_print_run(ordered=300, **run)
    with pytest.raises(NotPossible):
        note_print_run(**{**run, "work": make_work()}, ordered=1)
    with pytest.raises(NotPossible):
        note_permit(
            work=work,
            number="13",
            issuer="Sở",
            issued_on=TODAY,
            valid_to=TODAY - timedelta(days=1),
            by=make_person(),
            at=AT,
        )

    assert [each.ordered for each in permit.print_runs.all()] == [800]


def test_the_command_brings_the_shipped_lists_and_says_when_there_was_nothing_to_do(capsys):
    call_command("works_load")
    first = capsys.readouterr().out
    call_command("works_load")

    many = Topic.objects.count() + SpendingItem.objects.count() + WorkTemplate.objects.count()
    assert many > 50
    assert first == f"Đã thêm hoặc sửa {many} dòng.\n"
    assert capsys.readouterr().out == "Các danh mục kèm theo phần mềm đã có đủ.\n"


def test_the_lists_load_again_without_a_change_and_leave_what_people_added():
    first = load_lists(by=TEST, at=AT)
    own = Topic.objects.create(key="own/x", name="Của tỉnh", topic_class="image")
    Topic.objects.filter(key="image/tourism").update(name="Sai")

    assert load_lists(by=TEST, at=AT) == 1
    assert load_lists(by=TEST, at=AT) == 0
    assert first == (
        Topic.objects.exclude(pk=own.pk).count()
        + SpendingItem.objects.count()
        + WorkTemplate.objects.count()
    )
    assert Topic.objects.get(key="image/tourism").name == "Du lịch"


def test_every_kind_says_what_it_needs_and_every_order_of_a_plan_finds_its_kinds():
    assert set(KINDS) == set(WorkKind)
    assert spec_of("leaflet").is_printed
    assert not spec_of("news").is_printed
    assert WorkKind.LEAFLET in kinds_for("leaflet")
    assert WorkKind.BULLETIN in kinds_for("news")
    assert kinds_for("event") == ()


def test_starting_is_one_transaction():
    author = make_person()

    with pytest.raises(RuleBroken):
        start_work(
            kind="news",
            unit=make_unit(),
            language=make_version().language,
            mode="spoken",
            title="Không có tiêu đề tiếng Việt",
            by=author,
            at=AT,
        )

    assert not Work.objects.exists()
