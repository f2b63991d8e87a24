"""What machines that watch the house are told."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from nhipcau.operations.queries import unknown_migrations
from nhipcau.operations.tests.houses import House
from nhipcau.outbox.models import Worker
from nhipcau.search.engine.store import Store
from nhipcau.search.engine.trees import all_trees

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def worker():
    return Worker.objects.create(
        name="w1", node="here", started_at=timezone.now(), seen_at=timezone.now()
    )


def readiness(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_healthz_answers_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_house_with_a_worker_is_ready_and_names_nothing_secret(client, worker, settings):
    status, told = readiness(client)

    assert status == 200
    assert told["ready"] is True
    assert {name: part["state"] for name, part in told["parts"].items()} == {
        "database": "answers",
        "migrations": "applied",
        "worker": "at work",
        "disk": "enough",
        "index": "missing",
    }
    assert str(settings.DATA) not in json.dumps(told)


def test_a_house_whose_index_is_broken_goes_on_serving_and_says_so(
    client, worker, settings, tmp_path
):
    settings.SEARCH_INDEX = tmp_path
    for tree in all_trees():
        store = Store(tree)
        folder = store.new_generation()
        (folder / "meta.json").write_text("no index")
        store.make_current(folder.name)

    status, told = readiness(client)

    assert (status, told["ready"], told["parts"]["index"]["state"]) == (200, True, "broken")


def test_without_a_worker_it_is_not_ready(client):
    status, told = readiness(client)

    assert status == 503
    assert told["ready"] is False
    assert told["parts"]["worker"] == {"ok": False, "state": "silent", "figure": 0}


def test_a_worker_that_fell_silent_counts_no_more(client, worker):
    Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=3))

    assert readiness(client)[0] == 503


def test_a_database_of_a_newer_version_is_not_ready(client, worker):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '9999_x', %s)",
            [NOON],
        )

    status, told = readiness(client)

    assert status == 503
    assert told["parts"]["migrations"]["state"] == "database is newer than the code"
    assert unknown_migrations() == ["audit.9999_x"]


def test_a_migration_that_is_not_applied_is_told(client, worker):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id ="
            " (SELECT max(id) FROM django_migrations WHERE app = 'operations')"
        )

    status, told = readiness(client)

    assert status == 503
    assert told["parts"]["migrations"] == {"ok": False, "state": "pending", "figure": 1}


def test_a_data_folder_that_is_gone_is_told(client, worker, settings, tmp_path):
    settings.DATA = tmp_path / "gone"

    status, told = readiness(client)

    assert status == 503
    assert told["parts"]["disk"]["ok"] is False


def test_only_reading_is_allowed(client):
    assert client.post("/readyz").status_code == 405


def test_the_settings_of_a_house_in_the_open_pass_djangos_own_check(tmp_path):
    process = House(tmp_path, NHIPCAU_PUBLIC_URL="https://nhipcau.vn").python(
        "-m", "django", "check", "--deploy", "--fail-level", "WARNING"
    )
    out, _ = process.communicate(timeout=60)

    assert process.returncode == 0, out
    assert (tmp_path / "keys" / "secret_key").stat().st_mode & 0o777 == 0o600
