import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from nhipcau.audit.actions import record, seal_all
from nhipcau.audit.models import Entry, Seal
from nhipcau.kernel.actor import Machine
from nhipcau.outbox.actions import hand_over_the_past, put, register_consumers, work
from nhipcau.outbox.models import Consumer, Handover, Message
from nhipcau.outbox.tests.hearers import Bookkeeper, Everything, Search

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
ONLY_POSTGRESQL = "on SQLite no two transactions write at once"


def put_one(key):
    return put(topic="works.version.changed", key=key, payload={"key": key}, at=NOON).pk


def in_a_thread(what, *arguments):
    """Runs `what` with a connection of its own, closed at the end."""

    def run():
        try:
            return what(*arguments)
        finally:
            connections.close_all()

    return run


@pytest.mark.postgresql
def test_news_committed_in_the_reverse_order_of_its_numbers_is_all_handed_over(listen):
    if connection.vendor != "postgresql":
        pytest.skip(ONLY_POSTGRESQL)
    listen(Everything)
    written, may_commit = Event(), Event()

    def slow_writer():
        with transaction.atomic():
            number = put_one("slow")
            written.set()
            assert may_commit.wait(20)
        return number

    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(in_a_thread(slow_writer))
        assert written.wait(20)
        quick_number = put_one("quick")
        assert work(consumer="everything", at=NOON).done == 1
        may_commit.set()
        slow_number = slow.result()

    assert slow_number < quick_number
    assert work(consumer="everything", at=NOON).done == 1
    assert Everything.heard == ["quick", "slow"]


@pytest.mark.postgresql
def test_a_consumer_that_registers_while_news_is_being_written_misses_none(listen):
    if connection.vendor != "postgresql":
        pytest.skip(ONLY_POSTGRESQL)
    listen()
    written, may_commit = Event(), Event()

    def slow_writer():
        with transaction.atomic():
            put_one("written before the consumer was known")
            written.set()
            assert may_commit.wait(20)

    settings.OUTBOX_CONSUMERS = [f"{Search.__module__}.{Search.__name__}"]
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(in_a_thread(slow_writer))
        assert written.wait(20)
        registering = threads.submit(in_a_thread(lambda: register_consumers(at=NOON)))
        assert not _ends_within(registering, seconds=0.5)  # it waits for whoever is writing
        may_commit.set()
        slow.result()
        assert registering.result() == ["search@1"]
    put_one("written after")
    hand_over_the_past(at=NOON)

    assert Handover.objects.count() == 2
    assert work(consumer="search@1", at=NOON).done == 2


def _ends_within(future, *, seconds):
    from concurrent.futures import TimeoutError as NotYet

    try:
        future.result(timeout=seconds)
    except NotYet:
        return False
    return True


@pytest.mark.parametrize("consumer", ["everything", "bookkeeper"])
def test_workers_at_once_hand_each_message_over_once(listen, consumer):
    listen(Everything, Bookkeeper)
    keys = [f"k{number}" for number in range(60)]
    for key in keys:
        put_one(key)
    together = Barrier(4)

    def worker():
        together.wait()
        done = 0
        for _ in range(40):
            done += work(consumer=consumer, at=NOON, limit=4).done
        return done

    with ThreadPoolExecutor(4) as threads:
        done = sum(
            each.result() for each in [threads.submit(in_a_thread(worker)) for _ in range(4)]
        )

    heard = {"everything": Everything, "bookkeeper": Bookkeeper}[consumer].heard
    assert done == 60
    assert sorted(heard) == sorted(keys)


def test_the_same_news_put_by_many_at_once_is_one_message(listen):
    listen(Everything)
    together = Barrier(6)

    def writer():
        together.wait()
        return put_one("the same")

    with ThreadPoolExecutor(6) as threads:
        numbers = {
            each.result() for each in [threads.submit(in_a_thread(writer)) for _ in range(6)]
        }

    assert numbers == {Message.objects.get().pk}
    assert Handover.objects.count() == 1


WRITER = """
import sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from nhipcau.outbox.tests.test_concurrency import write
write("process " + sys.argv[2], 150)
"""


def write(name, count):
    """What an action does: a diary line and news, in one transaction."""
    for number in range(count):
        with transaction.atomic():
            record(
                event="works.version.changed",
                target=Message(pk=number),
                by=Machine(name),
                at=NOON,
            )
            put_one(f"{name}:{number}")


def test_twelve_hundred_writes_by_threads_and_processes_at_once_are_all_kept(listen):
    listen(Everything)
    name = connection.settings_dict["NAME"]
    command = [sys.executable, "-c", WRITER, str(name)]
    processes = [
        subprocess.Popen(
            [*command, str(number)], cwd=settings.ROOT, stderr=subprocess.PIPE, text=True
        )
        for number in range(4)
    ]
    with ThreadPoolExecutor(4) as threads:
        writing = [threads.submit(in_a_thread(write, f"thread {n}", 150)) for n in range(4)]
        for each in writing:
            each.result()
    for each in processes:
        _out, complaints = each.communicate(timeout=200)
        assert each.returncode == 0, complaints[-2000:]

    assert Message.objects.count() == 1200
    assert Handover.objects.count() == 1200
    assert Entry.objects.filter(event="works.version.changed").count() == 1200
    assert seal_all(at=NOON) == Entry.objects.count() == Seal.objects.count()
    assert Consumer.objects.filter(until__isnull=True).count() == 1
