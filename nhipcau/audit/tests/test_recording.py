import stat
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.keys import value_key
from nhipcau.audit.models import Entry, Seal, Unsealed
from nhipcau.audit.requests import current_request_id
from nhipcau.audit.rules import Personal, is_the_value
from nhipcau.kernel.actor import Machine

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def test_a_line_says_who_did_what_to_what_and_when(settings):
    token = current_request_id.set("request-1")
    try:
        record(
            event="plans.task.moved",
            target=Seal(position=7),
            by=Machine("máy kiểm tra"),
            at=NOON,
            before={"due": date(2026, 3, 1), "money": Decimal("10.50")},
            after={"due": date(2026, 4, 1), "phone": Personal("0912345678")},
        )
    finally:
        current_request_id.reset(token)

    entry = Entry.objects.get()
    assert (entry.at, entry.event, entry.by_key) == (
        NOON,
        "plans.task.moved",
        "machine:máy kiểm tra",
    )
    assert (entry.target_kind, entry.target_key) == ("audit.seal", "7")
    assert entry.before == {"due": "2026-03-01", "money": "10.50"}
    assert entry.after["due"] == "2026-04-01"
    assert is_the_value(entry.after["phone"], "0912345678", key=value_key())
    assert entry.request_id == "request-1"
    assert entry.words == "seal 7 of entry none · may kiem tra"
    assert Unsealed.objects.get().entry_id == entry.pk


def test_a_line_goes_with_the_transaction_it_tells_of():
    with transaction.atomic():
        record(event="a.b.done", target=Seal(position=7), by=Machine("x"), at=NOON)
        transaction.set_rollback(True)

    assert (Entry.objects.count(), Unsealed.objects.count()) == (0, 0)


def test_a_value_without_plain_form_is_refused_and_nothing_is_written():
    with pytest.raises(TypeError, match="Seal has no plain form"):
        record(
            event="a.b.done", target=Seal(position=7), by=Machine("x"), at=NOON, after={"s": Seal()}
        )

    assert Entry.objects.count() == 0


def test_a_target_that_is_a_person_says_how_the_diary_may_call_it():
    class Somebody(Seal):
        diary_name = "person 41"

        class Meta:
            proxy = True
            app_label = "audit"

    assert (
        record(event="a.b.done", target=Somebody(position=41), by=Machine("x"), at=NOON).target_name
        == "person 41"
    )


def test_the_keys_are_made_once_and_are_their_owners_alone(settings):
    first = value_key()

    assert value_key() == first
    assert len(first) == 32
    assert stat.S_IMODE((settings.KEYS / "diary_value_key").stat().st_mode) == 0o600
    assert [path.name for path in settings.KEYS.iterdir()] == ["diary_value_key"]
