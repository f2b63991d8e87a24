import contextlib
import os
import signal
import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Machine
from nhipcau.kernel.urgency import MADE_IN_STOCK, SOMEBODY_WAITS
from nhipcau.outbox.actions import check_in, check_out, put, rescue_tasks, retry_task, work
from nhipcau.outbox.errors import NotGivenUp
from nhipcau.outbox.locks import killed_here, show_life
from nhipcau.outbox.models import Handover, TaskTrouble, Worker
from nhipcau.outbox.queries import task_queue, workers_present
from nhipcau.outbox.rules import TASK_GIVES_UP_AFTER
from nhipcau.outbox.tests.hearers import Everything
from nhipcau.outbox.worker import WorkerProcess

real = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
fails = []
ran = []


@task()
def fragile(number):
    if fails:
        raise ValueError("lan@example.vn")
    ran.append(number)


@task(priority=MADE_IN_STOCK)
def stocked(number):
    ran.append(number)


@task(priority=SOMEBODY_WAITS)
def awaited(number):
    ran.append(number)


@pytest.fixture(autouse=True)
def _afresh():
    fails.clear()
    ran.clear()


@pytest.fixture
def own_data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def kill_a_worker_at_its_task(task_id):
    """A real process that keeps a worker's lock is killed; the task is left as it was running."""
    worker = f"host:1:{uuid.uuid4().hex[:8]}"
    check_in(worker=worker, at=timezone.now())
    DBTaskResult.objects.filter(pk=task_id).update(
        status="RUNNING", started_at=timezone.now(), worker_ids=[worker]
    )
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            life = show_life(worker)
            os.write(writing, b"1" if life else b"0")
            time.sleep(60)
        finally:
            os._exit(1)
    os.read(reading, 1)
    assert worker not in killed_here()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    os.close(writing)


def run_tasks():
    WorkerProcess()._run_tasks()


@real
def test_whoever_sits_before_a_page_does_not_wait_behind_the_stock(listen):
    listen()
    for number in (1, 2, 3):
        stocked.enqueue(number)
    fragile.enqueue(4)
    awaited.enqueue(5)

    run_tasks()

    assert ran == [5, 4, 1, 2, 3]


@real
def test_a_task_that_fails_is_run_again_after_a_pause(listen):
    listen()
    fragile.enqueue(7)
    fails.append(True)
    run_tasks()
    at = timezone.now()

    assert rescue_tasks(at=at) == 1
    trouble = TaskTrouble.objects.get()
    assert (trouble.failures, trouble.last_error) == (1, "ValueError")
    assert timedelta(seconds=3) < trouble.again_at - at <= timedelta(seconds=5)
    run_tasks()
    assert DBTaskResult.objects.get().status == "READY"

    fails.clear()
    DBTaskResult.objects.update(run_after=timezone.now())
    run_tasks()
    assert ran == [7]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert rescue_tasks(at=timezone.now()) == 0
    assert task_queue(at=timezone.now()).troubles == []


@real
def test_a_task_that_always_fails_is_given_up_until_somebody_retries_it(listen):
    listen()
    fragile.enqueue(7)
    fails.append(True)
    for _ in range(TASK_GIVES_UP_AFTER + 3):
        run_tasks()
        rescue_tasks(at=timezone.now())
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())

    queue = task_queue(at=timezone.now())
    (trouble,) = queue.troubles
    assert (queue.waiting, queue.given_up) == (0, 1)
    assert trouble.failures == TASK_GIVES_UP_AFTER
    assert DBTaskResult.objects.get().status == "FAILED"

    fails.clear()
    retry_task(trouble=trouble, by=Machine("operator"), at=timezone.now())
    run_tasks()

    assert ran == [7]
    assert Entry.objects.get().event == "outbox.task.retried"
    with pytest.raises(NotGivenUp):
        retry_task(trouble=trouble, by=Machine("operator"), at=timezone.now())
    assert Entry.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("worker", "rescued"),
    [
        pytest.param("gone", 1, id="its worker was killed"),
        pytest.param("left", 1, id="its worker has left"),
        pytest.param("present", 0, id="its worker is at it"),
        pytest.param("", 1, id="nobody knows its worker"),
    ],
)
def test_the_task_of_a_killed_worker_is_taken_back(worker, rescued):
    fragile.enqueue(7)
    DBTaskResult.objects.update(
        status="RUNNING", started_at=NOON, worker_ids=[worker] if worker else []
    )
    at = NOON + timedelta(hours=1)
    check_in(worker="gone", at=at - timedelta(minutes=3))
    check_in(worker="present", at=at - timedelta(minutes=1))
    check_in(worker="left", at=at)
    check_out(worker="left", at=at)

    assert rescue_tasks(at=at) == rescued

    assert DBTaskResult.objects.get().status == ("READY" if rescued else "RUNNING")
    assert TaskTrouble.objects.count() == rescued


@pytest.mark.django_db
def test_a_task_that_has_only_begun_is_left_alone():
    fragile.enqueue(7)
    DBTaskResult.objects.update(status="RUNNING", started_at=NOON, worker_ids=["starting"])

    assert rescue_tasks(at=NOON + timedelta(minutes=1)) == 0


@pytest.mark.django_db
def test_the_task_of_a_worker_killed_on_this_machine_is_taken_back_at_once(own_data, listen):
    listen(Everything)
    at = timezone.now()
    put(topic="works.x", key="k", payload={}, at=at)
    kill_a_worker_at_its_task(fragile.enqueue(7).id)
    (worker,) = Worker.objects.filter(left_at__isnull=True)
    Handover.objects.update(leased_until=at + timedelta(minutes=1), leased_by=f"{worker.name}:x")
    assert killed_here() == {worker.name}

    assert rescue_tasks(at=at) == 1

    result = DBTaskResult.objects.get(task_path=fragile.module_path)
    assert (result.status, result.run_after) == ("READY", at)
    assert work(consumer="everything", at=at).done == 1
    assert workers_present(at=at) == []
    assert killed_here() == set()


@pytest.mark.django_db
def test_a_task_that_kills_its_workers_waits_longer_each_time(own_data):
    at = timezone.now()
    task_id = fragile.enqueue(7).id
    pauses = []
    for _ in range(3):
        kill_a_worker_at_its_task(task_id)
        rescue_tasks(at=at)
        pauses.append((TaskTrouble.objects.get().again_at - at).total_seconds())

    assert pauses[0] == 0
    assert 3 < pauses[1] <= 5
    assert 6 < pauses[2] <= 10


@pytest.mark.django_db
def test_a_living_worker_keeps_its_task_and_its_lock(own_data):
    fragile.enqueue(7)
    with contextlib.closing(show_life("host:1:a b/c")):
        DBTaskResult.objects.update(
            status="RUNNING", started_at=timezone.now(), worker_ids=["host:1:a b/c"]
        )
        assert killed_here() == set()
        assert rescue_tasks(at=timezone.now()) == 0

    assert killed_here() == {"host:1:a b/c"}
    assert rescue_tasks(at=timezone.now()) == 1


def test_a_worker_whose_disk_takes_no_lock_works_without(own_data):
    (own_data / "workers").write_text("a file where the folder belongs")

    assert show_life("host:1:a") is None
    assert killed_here() == set()


@real
def test_a_worker_that_leaves_in_good_order_leaves_no_lock(own_data, listen):
    listen()
    WorkerProcess().once()

    assert list((own_data / "workers").iterdir()) == []


@pytest.mark.django_db
def test_a_look_that_finds_nothing_costs_two_queries(own_data, django_assert_num_queries):
    fragile.enqueue(7)
    with django_assert_num_queries(2):
        assert rescue_tasks(at=timezone.now()) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("tasks", [1, 20])
def test_the_task_queue_costs_two_queries(tasks, django_assert_num_queries):
    for number in range(tasks):
        fragile.enqueue(number)
    for result in DBTaskResult.objects.all()[: tasks // 2]:
        TaskTrouble.objects.create(task_id=result.pk, path="p", last_failed_at=NOON)

    with django_assert_num_queries(2):
        queue = task_queue(at=timezone.now())

    assert (queue.waiting, queue.running, queue.given_up) == (tasks, 0, 0)
    assert len(queue.troubles) == tasks // 2
    assert queue.overdue_since is not None


@pytest.mark.django_db
def test_workers_that_gave_a_sign_of_life_are_present():
    check_in(worker="a", at=NOON)
    check_in(worker="b", at=NOON - timedelta(minutes=3))
    check_in(worker="c", at=NOON)
    check_out(worker="c", at=NOON)
    check_in(worker="a", at=NOON + timedelta(seconds=20))

    assert [worker.name for worker in workers_present(at=NOON)] == ["a"]
    assert Worker.objects.get(name="a").started_at == NOON


@real
def test_a_worker_does_all_that_is_due_in_one_go(listen, tmp_path, settings):
    from nhipcau.audit.actions import record
    from nhipcau.audit.models import Seal, SignedHead
    from nhipcau.outbox.models import Message

    settings.DATA, settings.KEYS = tmp_path, tmp_path / "keys"
    listen(Everything)
    put(topic="works.x", key="k", payload={}, at=timezone.now())
    record(event="a.b.done", target=Message(pk=1), by=Machine("test"), at=timezone.now())
    fragile.enqueue(7)

    WorkerProcess().once()

    assert Everything.heard == ["k"]
    assert ran == [7]
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    assert (Seal.objects.count(), SignedHead.objects.count()) == (1, 1)
