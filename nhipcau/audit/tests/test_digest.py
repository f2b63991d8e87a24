import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from nhipcau.audit.actions import record, seal, write_digest
from nhipcau.audit.chain import Finding
from nhipcau.audit.enums import Flaw
from nhipcau.audit.guards import lift_guards
from nhipcau.audit.models import Entry, Seal, SignedHead
from nhipcau.audit.queries import latest_head
from nhipcau.audit.verification import Verification
from nhipcau.kernel.actor import Machine

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)  # noon in the province
NEXT_DAY = NOON + timedelta(days=1)


def write(event, at):
    record(event=event, target=Seal(position=1), by=Machine("Đặng Thị Lan"), at=at)


def test_the_digest_counts_a_day_of_the_province_and_ends_with_the_signed_head(settings):
    write("plans.task.moved", NOON)
    write("plans.task.moved", NOON)
    write("plans.plan.accepted", datetime(2026, 3, 1, 17, tzinfo=UTC))  # its midnight
    write("plans.plan.accepted", datetime(2026, 3, 2, 17, tzinfo=UTC))  # the next one
    seal(at=NOON)

    path = write_digest(at=NEXT_DAY)

    lines = path.read_text().splitlines()
    assert path == settings.DATA / "digests" / "2026-03-02.txt"
    assert lines[0] == "Diary of Nhịp Cầu, 2026-03-02"
    assert [line.split() for line in lines[2:4]] == [
        ["1", "plans.plan.accepted"],
        ["2", "plans.task.moved"],
    ]
    assert json.loads(lines[-1]) == latest_head().as_dict()
    assert "Lan" not in path.read_text()


def test_a_day_has_one_digest():
    write("plans.task.moved", NOON)
    seal(at=NOON)
    path = write_digest(at=NEXT_DAY)
    text = path.read_text()
    write("plans.task.moved", NOON)
    seal(at=NEXT_DAY)

    assert write_digest(at=NEXT_DAY + timedelta(hours=1)) is None
    assert path.read_text() == text


def test_an_empty_diary_has_a_digest_without_a_head():
    assert write_digest(at=NEXT_DAY).read_text().endswith("The diary is empty.\n")


def test_a_digest_kept_elsewhere_shows_that_the_diary_was_emptied(tmp_path):
    write("plans.task.moved", NOON)
    seal(at=NOON)
    copy = tmp_path / "copy.txt"
    copy.write_text(write_digest(at=NEXT_DAY).read_text())
    lift_guards(connection)
    for model in (Entry, Seal, SignedHead):
        model.objects.all().delete()

    assert list(Verification().findings()) == []
    assert list(Verification(extra_heads=[copy]).findings()) == [
        Finding(Flaw.TAIL_CUT, position=1, last=1)
    ]
