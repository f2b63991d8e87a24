"""Each examination is shown by breaking the thing for real, and by mending it as it says."""

import json
import os
import subprocess
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import ConnectionHandler, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nhipcau.operations.doctor import house as house_examinations
from nhipcau.operations.doctor import machine
from nhipcau.operations.doctor.examinations import EXAMINATIONS, examine
from nhipcau.operations.doctor.findings import Health
from nhipcau.operations.models import Backup
from nhipcau.operations.tests.houses import House
from nhipcau.outbox.actions import put
from nhipcau.outbox.models import Consumer, Handover, Worker
from nhipcau.outbox.tests.troubles import give_up
from nhipcau.people.models import Person, User
from nhipcau.plans.tasks import read_plan

pytestmark = [pytest.mark.django_db, pytest.mark.pages]

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)


def test_every_examination_has_a_name_of_its_own_and_whoever_is_not_well_says_what_mends_it():
    findings = examine(timezone.now())

    assert len({finding.name for finding in findings}) == len(EXAMINATIONS)
    assert [
        finding.name
        for finding in findings
        if (finding.mend == "") != (finding.health is Health.WELL)
    ] == []


def test_a_key_that_others_may_read_is_wrong_until_the_named_command_is_run(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir(mode=0o700)
    (settings.KEYS / "secret_key").write_text("k")
    (settings.KEYS / "secret_key").chmod(0o644)

    broken = machine.keys(NOW)

    assert broken.health is Health.WRONG
    assert broken.words.endswith("secret_key.")
    subprocess.run(broken.mend, shell=True, check=True)  # noqa: S602 -- the very words that an operator is told
    assert machine.keys(NOW).health is Health.WELL


def test_a_package_of_another_version_is_named(settings, tmp_path):
    (tmp_path / "requirements").mkdir()
    lock = Path(settings.ROOT) / "requirements" / "base.txt"
    text = lock.read_text().replace("whitenoise==", "whitenoise==9")
    (tmp_path / "requirements" / "base.txt").write_text(text)

    assert machine.packages(NOW).health is Health.WELL
    settings.ROOT = tmp_path
    assert "whitenoise" in machine.packages(NOW).words
    assert machine.packages(NOW).health is Health.WRONG


def test_an_older_python_is_wrong(monkeypatch):
    assert machine.python(NOW).health is Health.WELL
    monkeypatch.setattr(machine.sys, "version_info", (3, 10, 14))

    assert machine.python(NOW).health is Health.WRONG
    assert "3.10.14" in machine.python(NOW).words


def test_a_font_that_is_missing_is_named_and_so_is_a_machine_that_cannot_tell(
    monkeypatch, tmp_path
):
    lister = tmp_path / "fc-list"
    lister.write_text("#!/bin/sh\ncase $1 in :charset=0e81) ;; *) echo 'Noto Sans';; esac\n")
    lister.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert machine.fonts(NOW).words.endswith("Lao.")

    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert machine.fonts(NOW).health is Health.WARNING
    assert "fontconfig" in machine.fonts(NOW).mend


def test_a_server_of_postgresql_whose_programs_are_missing_cannot_be_backed_up(
    settings, monkeypatch, tmp_path
):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setattr(machine.Path, "glob", lambda *_: iter(()))  # Debian's own folder
    monkeypatch.setenv("PATH", str(tmp_path))

    assert machine.programs(NOW).health is Health.WRONG
    assert "pg_dump, pg_restore" in machine.programs(NOW).words
    for name in ("pg_dump", "pg_restore"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert machine.programs(NOW).health is Health.WELL


def test_a_background_task_that_was_given_up_is_wrong():
    assert house_examinations.tasks(NOW).health is Health.WELL
    sent = read_plan.enqueue(0)

    give_up(DBTaskResult.objects.filter(pk=sent.id), at=NOW)

    assert house_examinations.tasks(NOW).health is Health.WRONG


def test_news_that_nobody_takes_is_a_warning_and_wrong_once_it_is_given_up():
    consumer = Consumer.objects.order_by("name").first()
    message = put(topic="nobody.hears", key="nobody.hears:1", payload={}, at=NOW)
    handover = Handover.objects.create(
        consumer=consumer.name, message=message, due_at=NOW, attempts=1, last_error="no answer"
    )
    assert house_examinations.deliveries(NOW).health is Health.WARNING

    handover.given_up_at = NOW
    handover.save()

    assert house_examinations.deliveries(NOW).health is Health.WRONG


def test_a_journal_that_lets_readers_wait_is_wrong(monkeypatch, tmp_path):
    file = tmp_path / "house.sqlite3"
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    other = ConnectionHandler({"default": database})["default"]
    monkeypatch.setattr(house_examinations, "connection", other)

    assert house_examinations.journal(NOW).health is Health.WRONG
    assert "delete" in house_examinations.journal(NOW).words
    other.cursor().execute("PRAGMA journal_mode=WAL")
    assert house_examinations.journal(NOW).health is Health.WELL
    other.close()


def test_a_clock_that_stands_in_the_past_is_wrong():
    assert machine.clock(datetime(2019, 1, 1, tzinfo=UTC)).health is Health.WRONG
    assert machine.clock(NOW).health is Health.WELL


def test_errors_shown_to_everybody_are_wrong(settings):
    settings.DEBUG = True

    assert house_examinations.debug(NOW).health is Health.WRONG


def test_a_house_that_others_reach_without_tls_is_wrong(settings):
    assert house_examinations.tls(NOW).health is Health.WELL
    settings.IS_LOCAL = False
    assert house_examinations.tls(NOW).health is Health.WRONG
    settings.BEHIND_TLS = True
    assert house_examinations.tls(NOW).health is Health.WELL


def test_a_house_in_the_open_without_a_key_to_sign_with_is_told_before_a_release_fails(settings):
    assert house_examinations.provenance(NOW).health is Health.WELL
    settings.IS_LOCAL = False

    finding = house_examinations.provenance(NOW)

    assert finding.health is Health.WARNING
    assert "NHIPCAU_PROVENANCE_KEY" in finding.mend


def test_an_unapplied_migration_is_wrong():
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id ="
            " (SELECT max(id) FROM django_migrations WHERE app = 'operations')"
        )

    finding = house_examinations.migrations(NOW)

    assert (finding.health, finding.mend) == (Health.WRONG, "nhipcau upgrade")


def test_a_dropped_guard_of_the_diary_is_wrong():
    assert house_examinations.guards(NOW).health is Health.WELL
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
            )
            cursor.execute(f"DROP TRIGGER {cursor.fetchone()[0]}")
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger"
                " WHERE tgrelid = 'audit_entry'::regclass AND NOT tgisinternal"
            )
            cursor.execute(f"DROP TRIGGER {cursor.fetchone()[0]} ON audit_entry")

        assert house_examinations.guards(NOW).health is Health.WRONG
        assert "audit_entry" in house_examinations.guards(NOW).words
        transaction.set_rollback(True)


def test_a_house_without_a_worker_is_wrong():
    assert house_examinations.workers(NOW).health is Health.WRONG
    Worker.objects.create(name="w", node="n", started_at=NOW, seen_at=NOW - timedelta(minutes=1))
    assert house_examinations.workers(NOW).health is Health.WELL


@pytest.mark.parametrize(
    ("age", "health"),
    [
        pytest.param(None, Health.WARNING, id="never"),
        pytest.param(timedelta(hours=20), Health.WELL, id="yesterday"),
        pytest.param(timedelta(days=3), Health.WARNING, id="three days ago"),
    ],
)
def test_the_age_of_the_last_backup(age, health):
    if age:
        Backup.objects.create(taken_at=NOW - age, bytes=1, sha256="0" * 64, members=1)

    assert house_examinations.backups(NOW).health is health


def test_a_mail_server_that_does_not_answer_is_a_warning_here_and_wrong_in_the_open(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert house_examinations.mail(NOW).health is Health.WARNING
    settings.IS_LOCAL = False
    assert house_examinations.mail(NOW).health is Health.WRONG


def test_sample_accounts_on_a_host_that_others_reach_are_wrong(settings):
    person = Person.objects.create(full_name="Nguyễn Văn Mẫu")
    User.objects.create(person=person, email="mau@tinh.example")

    assert house_examinations.samples(NOW).health is Health.WELL
    settings.SAMPLE_ACCOUNTS_ALLOWED = False
    assert house_examinations.samples(NOW).health is Health.WRONG
    User.objects.update(is_active=False)
    assert house_examinations.samples(NOW).health is Health.WELL


def test_a_house_with_the_sample_does_not_start_where_others_reach_it(settings):
    person = Person.objects.create(full_name="Nguyễn Văn Mẫu")
    User.objects.create(person=person, email="mau@tinh.example")
    settings.SAMPLE_ACCOUNTS_ALLOWED = False

    with pytest.raises(CommandError, match="NHIPCAU_SAMPLE_ACCOUNTS=yes") as refused:
        call_command("prepare", stdout=StringIO())
    assert refused.value.returncode == 3


def test_the_command_tells_machines_and_ends_with_1_when_something_is_wrong(house):
    result = House(house).run("doctor", "--json")

    found = {finding["name"]: finding["health"] for finding in json.loads(result.stdout)}
    assert result.returncode == 1
    assert found["journal"] == "well"
    assert found["migrations"] == "well"
    assert found["workers"] == "wrong"


def test_a_missing_database_is_told_as_a_finding_not_as_a_crash(house):
    (house / "nhipcau.sqlite3").unlink()
    for leftover in house.glob("nhipcau.sqlite3-*"):
        leftover.unlink()

    result = House(house).run("doctor")

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "✗ migrations" in result.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted by root only")
def test_too_little_room_on_the_disk_is_wrong(settings, tmp_path):
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        settings.DATA = tmp_path

        assert machine.disk(NOW).health is Health.WRONG
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
