import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, connections, transaction

from nhipcau.audit import heads
from nhipcau.audit.actions import record, seal, seal_all, sign_head
from nhipcau.audit.models import Entry, Seal, SignedHead, Unsealed
from nhipcau.audit.queries import latest_head
from nhipcau.audit.rules import GENESIS, is_signed, link
from nhipcau.audit.verification import Verification
from nhipcau.kernel.actor import Machine

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
in_one_transaction = pytest.mark.django_db
in_real_transactions = pytest.mark.django_db(transaction=True)


def write(event="a.b.done"):
    return record(event=event, target=Seal(position=1), by=Machine("test"), at=NOON).pk


def in_a_thread(work, *arguments):
    """Runs `work` with a connection of its own, closed at the end."""

    def run():
        try:
            return work(*arguments)
        finally:
            connections.close_all()

    return run


@in_one_transaction
def test_seals_form_a_chain_from_the_first_entry_on():
    first, second = write(), write()

    assert seal(at=NOON) == 2

    one, two = Seal.objects.order_by("position")
    assert (one.position, one.entry_id, two.position, two.entry_id) == (1, first, 2, second)
    assert one.hash == link(before=GENESIS, position=1, entry_id=first, digest=one.digest)
    assert two.hash == link(before=one.hash, position=2, entry_id=second, digest=two.digest)
    assert Unsealed.objects.count() == 0


@in_one_transaction
def test_sealing_again_changes_nothing_and_goes_on_where_it_stopped():
    write()
    assert (seal(at=NOON), seal(at=NOON)) == (1, 0)

    late = write()

    assert seal(at=NOON) == 1
    assert Seal.objects.get(position=2).entry_id == late


@in_one_transaction
def test_a_batch_is_no_longer_than_asked_and_all_batches_seal_everything():
    for _ in range(7):
        write()

    assert seal(at=NOON, limit=3) == 3
    assert seal_all(at=NOON) == 4
    assert list(Verification().findings()) == []


@in_one_transaction
@pytest.mark.parametrize("entries", [1, 40])
def test_a_batch_costs_the_same_however_long_it_is(entries, django_assert_max_num_queries):
    for _ in range(entries):
        write()

    with django_assert_max_num_queries(8):
        assert seal(at=NOON) == entries


@in_one_transaction
def test_an_empty_diary_has_no_head():
    assert seal(at=NOON) == 0
    assert sign_head(at=NOON) is None
    assert latest_head() is None


@in_one_transaction
def test_the_head_is_signed_once_per_state_and_kept_outside(django_capture_on_commit_callbacks):
    write()
    seal(at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        head = sign_head(at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        again = sign_head(at=NOON + timedelta(hours=1))

    assert again == head == latest_head()
    assert is_signed(head)
    assert head.position == 1
    assert head.hash == Seal.objects.get().hash
    assert SignedHead.objects.count() == 1
    (path,) = heads.files()
    assert path.name == "2026-03.jsonl"
    assert [json.loads(line) for line in path.read_text().splitlines()] == [head.as_dict()]


@in_real_transactions
def test_a_head_that_was_rolled_back_is_not_kept_outside():
    write()
    seal(at=NOON)
    with transaction.atomic():
        sign_head(at=NOON)
        transaction.set_rollback(True)

    assert SignedHead.objects.count() == 0
    assert heads.files() == []


@in_real_transactions
def test_many_sealers_at_once_make_one_chain():
    numbers = [write() for _ in range(60)]
    together = Barrier(4)

    def sealer():
        together.wait()
        return sum(seal(at=NOON, limit=5) for _ in range(30))

    with ThreadPoolExecutor(4) as threads:
        sealed = [each.result() for each in [threads.submit(in_a_thread(sealer)) for _ in "abcd"]]

    # Who found another at work did nothing, so some may be left.
    assert sum(sealed) + seal_all(at=NOON) == 60
    assert sorted(Seal.objects.values_list("entry_id", flat=True)) == numbers
    assert list(Verification().findings()) == []


@in_real_transactions
def test_writers_and_sealers_at_once_lose_nothing():
    def writer():
        return [write() for _ in range(25)]

    def sealer():
        return sum(seal(at=NOON, limit=7) for _ in range(20))

    with ThreadPoolExecutor(4) as threads:
        writing = [threads.submit(in_a_thread(writer)) for _ in range(2)]
        sealing = [threads.submit(in_a_thread(sealer)) for _ in range(2)]
        numbers = sorted(number for each in writing for number in each.result())
        for each in sealing:
            each.result()
    seal_all(at=NOON)

    assert sorted(Seal.objects.values_list("entry_id", flat=True)) == numbers
    assert len(numbers) == 50
    assert list(Verification().findings()) == []


@pytest.mark.postgresql
@in_real_transactions
def test_an_entry_that_is_committed_late_is_sealed_late_and_nobody_waits():
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite no two transactions write at once")
    written, may_commit = Event(), Event()

    def slow_writer():
        with transaction.atomic():
            number = write("a.b.slow")
            written.set()
            assert may_commit.wait(20)
        return number

    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(in_a_thread(slow_writer))
        assert written.wait(20)
        quick = write("a.b.quick")
        assert seal(at=NOON) == 1
        may_commit.set()
        late = slow.result()
    assert seal(at=NOON) == 1

    assert late < quick
    assert list(Seal.objects.order_by("position").values_list("entry_id", flat=True)) == [
        quick,
        late,
    ]
    assert Entry.objects.count() == 2
    assert list(Verification().findings()) == []
