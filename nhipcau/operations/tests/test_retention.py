"""Personal data goes when its rule says so, and the diary tells how much, not whose."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Machine
from nhipcau.media import store
from nhipcau.media.actions import begin_upload, keep_file
from nhipcau.media.models import StoredFile, Upload
from nhipcau.operations.actions import apply_retention
from nhipcau.operations.models import RetentionRule
from nhipcau.operations.queries import rules_in_force
from nhipcau.operations.retention import ERASERS
from nhipcau.people.models import Person
from nhipcau.people.tests.factories import make_unit, make_user
from nhipcau.plans.enums import ImportState
from nhipcau.plans.models import PlanImport

pytestmark = pytest.mark.django_db

NOON = datetime(2031, 11, 21, 5, tzinfo=UTC)
JOB = Machine("retention")
WEEKS = timedelta(days=21)


def test_every_rule_that_is_shipped_names_an_eraser_a_law_and_a_reason():
    rules = rules_in_force(on=date(2026, 11, 21))

    assert {rule.kind for rule in rules} == set(ERASERS)
    assert all("91/2025/QH15" in rule.source and rule.reason for rule in rules)


def test_the_rules_cost_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        rules_in_force(on=NOON.date())


def test_sign_ins_go_seven_days_after_they_ran_out():
    for key, days in (("old", 8), ("young", 6)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=NOON - timedelta(days=days)
        )

    erased = apply_retention(by=JOB, at=NOON)

    assert erased["sign-in"] == 1
    assert [session.session_key for session in Session.objects.all()] == ["young"]


def test_the_daily_command_says_what_it_erased_and_the_second_time_nothing(capsys):
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - WEEKS)
    Session.objects.create(session_key="young", session_data="", expire_date=timezone.now())

    call_command("retention_apply")
    first = capsys.readouterr().out
    call_command("retention_apply")

    assert first == "sign-in: đã xóa 1\n"
    assert capsys.readouterr().out == ""
    assert [session.session_key for session in Session.objects.all()] == ["young"]
    told = Entry.objects.filter(event="operations.retention.applied")
    assert [(entry.by_key, entry.after) for entry in told] == [("machine:retention", {"erased": 1})]


def test_what_was_noted_of_a_sign_in_goes_with_it_and_after_a_sign_out_too():
    user = make_user()
    for key, days in (("over", 8), ("signed-out", 8), ("just-out", 6), ("here", 30)):
        UserSession.objects.create(
            user=user, ip="10.0.0.7", session_key=key, user_agent="Firefox", data={}
        )
        UserSession.objects.filter(session_key=key).update(last_seen_at=NOON - timedelta(days=days))
    for key, days in (("over", -8), ("here", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=NOON + timedelta(days=days)
        )

    erased = apply_retention(by=JOB, at=NOON)

    assert erased["sign-in"] == 3
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"just-out", "here"}


def brought(words, *, state, days, **fields):
    """An import of these bytes, as it became so many days ago."""
    moment = NOON - timedelta(days=days)
    person = Person.objects.create(full_name="Hoàng Thu Hà")
    stored = keep_file(chunks=[words], by=JOB, at=moment)
    if state == ImportState.DISCARDED:
        fields |= {"decided_by": person, "decided_at": moment}
    return PlanImport.objects.create(
        file=stored,
        file_name="ke-hoach.docx",
        state=state,
        brought_by=person,
        brought_at=moment,
        **fields,
    )


def test_files_that_became_no_plan_go_after_ninety_days_with_their_bytes(
    django_capture_on_commit_callbacks,
):
    gone = [
        brought(b"refused", state=ImportState.REFUSED, days=91),
        brought(b"discarded", state=ImportState.DISCARDED, days=91),
    ]
    young = brought(b"young", state=ImportState.REFUSED, days=89)
    waits = brought(b"waits", state=ImportState.REVIEW, days=400)
    again = brought(b"again", state=ImportState.REFUSED, days=91)
    brought(b"again", state=ImportState.REVIEW, days=1)
    paths = [store.path_of(each.file.sha256) for each in gone]
    for path in paths:
        os.utime(path, (1, 1))  # bytes of the last hour would stay

    with django_capture_on_commit_callbacks(execute=True):
        erased = apply_retention(by=JOB, at=NOON)

    assert erased["rejected-plan-file"] == 3
    assert not any(path.exists() for path in paths)
    assert not StoredFile.objects.filter(pk__in=[each.file_id for each in gone]).exists()
    left = set(PlanImport.objects.values_list("pk", flat=True))
    assert {young.pk, waits.pk} < left
    assert again.pk not in left
    assert store.path_of(again.file.sha256).exists()
    assert StoredFile.objects.filter(pk=again.file_id).exists()
    lines = Entry.objects.filter(event="plans.import.forgotten")
    assert {line.before["state"] for line in lines} == {"refused", "discarded"}
    assert apply_retention(by=JOB, at=NOON)["rejected-plan-file"] == 0


def test_uploads_go_seven_days_after_the_last_piece(django_capture_on_commit_callbacks):
    sender = Person.objects.create(full_name="Hoàng Thu Hà")
    unit = make_unit()
    for name, days in (("old", 8), ("young", 6)):
        begin_upload(
            unit=unit,
            file_name=f"{name}.jpg",
            size_bytes=10,
            by=sender,
            at=NOON - timedelta(days=days),
        )

    with django_capture_on_commit_callbacks(execute=True):
        erased = apply_retention(by=JOB, at=NOON)

    assert erased["stopped-upload"] == 1
    assert Upload.objects.get().file_name == "young.jpg"


def test_who_left_long_ago_becomes_a_pseudonym_and_who_is_here_stays():
    gone = Person.objects.create(full_name="Lò Thị Mai", left_on=date(2026, 1, 2))
    recent = Person.objects.create(full_name="Vi Văn Sơn", left_on=date(2031, 1, 2))
    here = Person.objects.create(full_name="Hoàng Thu Hà")

    erased = apply_retention(by=JOB, at=NOON)
    again = apply_retention(by=JOB, at=NOON)

    for person in (gone, recent, here):
        person.refresh_from_db()
    assert erased["departed-person"] == 1
    assert again["departed-person"] == 0
    assert gone.erased_at == NOON
    assert "Mai" not in gone.full_name
    assert (recent.full_name, here.full_name) == ("Vi Văn Sơn", "Hoàng Thu Hà")
    told = Entry.objects.filter(event="operations.retention.applied")
    assert [entry.after for entry in told] == [{"erased": 1}]


def test_the_newest_rule_that_has_begun_counts():
    RetentionRule.objects.create(
        kind="sign-in", days=1, since=date(2031, 1, 1), source="Quy chế", reason="Ngắn hơn."
    )
    RetentionRule.objects.create(
        kind="sign-in", days=9, since=date(2032, 1, 1), source="Quy chế", reason="Chưa bắt đầu."
    )

    days = {rule.kind: rule.days for rule in rules_in_force(on=NOON.date())}

    assert days["sign-in"] == 1
