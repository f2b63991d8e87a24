"""Backups and restores of real houses, while others write, and of damaged files."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from pathlib import Path

import pytest

from nhipcau.operations.backup import archive
from nhipcau.operations.tests.houses import House

pytestmark = pytest.mark.long
WRITING = Path(__file__).parent / "writing.py"


def wrote(house, count):
    process = house.python(WRITING, count)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out.split()


def members(file):
    with tarfile.open(file) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def restored(house, file, into):
    keys = file.with_suffix(".keys")
    taken = house.run("backup", "--keys", keys)
    assert taken.returncode == 0, taken.stderr
    put = into.run("restore", "--keys", keys)
    assert put.returncode == 0, put.stderr
    return into.run("restore", file)


def carry_keys(house, into):
    """The keys as they lie there: how a command carries them is another test's question."""
    shutil.copytree(house.data / "keys", into.data / "keys")


SIGNED_IN = (
    "from django.contrib.sessions.backends.db import SessionStore\n"
    "session = SessionStore()\n"
    "session['a'] = 1\n"
    "session.save()\n"
)


def test_a_house_comes_back_whole_while_people_wrote_nobody_is_signed_in_and_it_goes_on(
    houses, tmp_path
):
    house, place = houses(), houses(empty=True)
    before = set(wrote(house, 5))
    house.python("-m", "django", "shell", "-c", SIGNED_IN).communicate(timeout=60)
    assert house.ask("SELECT count(*) FROM django_session") == [(1,)]
    writers = [house.python(WRITING, 100_000) for _ in range(2)]
    try:
        early = {writer.stdout.readline().strip() for writer in writers}
        result = house.run("backup", tmp_path / "b.nhipcau")
    finally:
        for writer in writers:
            writer.terminate()
            writer.communicate(timeout=20)

    assert result.returncode == 0, result.stderr
    assert restored(house, tmp_path / "b.nhipcau", place).returncode == 0
    rows = {digest for (digest,) in place.ask("SELECT sha256 FROM media_storedfile")}
    files = place.files()
    assert before | early <= rows
    assert {f"private/{digest[:2]}/{digest}" for digest in rows} <= set(files)
    assert all(Path(name).name == digest for name, digest in files.items())
    summary = json.loads(members(tmp_path / "b.nhipcau")["summary.json"])
    assert summary["rows"]["media_storedfile"] == len(rows)
    # What the writers did after the moment is in the house, and not in the copy.
    assert house.ask("SELECT count(*) FROM media_storedfile")[0][0] > len(rows)
    assert place.things() == (["media", "nhipcau.sqlite3"] if not place.settings else ["media"])
    assert place.ask("SELECT count(*) FROM django_session") == [(0,)]
    assert place.ask("SELECT event FROM audit_entry ORDER BY id DESC LIMIT 1") == [
        ("operations.backup.restored",)
    ]
    assert len(wrote(place, 2)) == 2


def test_no_key_lies_in_a_backup(house, tmp_path):
    house = House(house)
    secret = (house.data / "keys" / "secret_key").read_bytes()

    house.run("backup", tmp_path / "b.nhipcau")

    assert (tmp_path / "b.nhipcau").stat().st_mode & 0o777 == 0o600
    assert set(members(tmp_path / "b.nhipcau")) == {"database", "manifest.jsonl", "summary.json"}
    assert secret not in (tmp_path / "b.nhipcau").read_bytes()


@pytest.mark.once  # what is refused is refused before a database is opened
def test_a_place_that_is_not_empty_is_left_as_it_is(houses, tmp_path):
    other = houses()
    wrote(other, 2)
    other.run("backup", tmp_path / "b.nhipcau")
    wrote(other, 1)
    before = other.files(), other.ask("SELECT id, sha256 FROM media_storedfile ORDER BY id")

    result = other.run("restore", tmp_path / "b.nhipcau")

    assert result.returncode == 1
    assert "a restore needs an empty place" in result.stderr or "trống" in result.stderr
    after = other.files(), other.ask("SELECT id, sha256 FROM media_storedfile ORDER BY id")
    assert after == before


def forged(backup, folder):
    """The same backup, whole in itself, without the last line of its diary."""
    folder.mkdir()
    with backup.open("rb") as stream:
        summary = archive.unpack(stream, folder)
    with contextlib.closing(sqlite3.connect(folder / "database")) as database:
        triggers = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
        )
        for (name,) in database.execute(triggers).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)")
        database.commit()
    (folder / "manifest.jsonl").unlink()
    summary["rows"]["audit_entry"] -= 1
    for told in ("format", "manifest_sha256", "members"):
        del summary[told]
    target = folder / "forged.nhipcau"
    with target.open("xb") as stream:
        writer = archive.Writer(stream, folder / "manifest.jsonl")
        writer.add("database", folder / "database")
        for path in sorted((folder / "media").rglob("*")):
            if path.is_file():
                writer.add(f"media/{path.relative_to(folder / 'media').as_posix()}", path)
        writer.finish(summary)
    return target


def test_a_backup_whose_diary_lost_its_tail_is_refused_by_the_signed_head(house, tmp_path):
    house = House(house)
    place = House(tmp_path / "place")
    place.data.mkdir()
    wrote(house, 2)
    house.run("backup", tmp_path / "b.nhipcau")

    carry_keys(house, place)
    cut = place.run("restore", forged(tmp_path / "b.nhipcau", tmp_path / "forged"))

    assert cut.returncode == 1
    assert "Nhật ký không còn như cũ" in cut.stderr
    assert place.things() == []
    bare = House(tmp_path / "bare")
    bare.data.mkdir()
    keyless = bare.run("restore", tmp_path / "b.nhipcau")
    assert keyless.returncode == 1
    assert "Traceback" not in keyless.stderr
    assert bare.things() == []
    assert place.run("restore", tmp_path / "b.nhipcau").returncode == 0


@pytest.mark.once  # what is refused is refused before a database is opened
def test_a_changed_backup_is_refused_and_nothing_is_there_afterwards(houses, tmp_path):
    house, place = houses(), houses(empty=True)
    wrote(house, 2)
    house.run("backup", tmp_path / "b.nhipcau")
    content = bytearray((tmp_path / "b.nhipcau").read_bytes())
    content[4096] ^= 1
    (tmp_path / "changed.nhipcau").write_bytes(content)

    result = place.run("restore", tmp_path / "changed.nhipcau")

    assert result.returncode == 1
    assert "changed.nhipcau" in result.stderr
    assert "Traceback" not in result.stderr
    assert place.things() == []


def test_a_backup_never_replaces_a_file(house, tmp_path):
    file = tmp_path / "precious"
    file.write_text("mine")

    result = House(house).run("backup", file)

    assert result.returncode == 1
    assert file.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["house", "precious"]


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted by root only")
def test_a_full_disk_leaves_no_half_backup(house, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        result = House(house).run("backup", disk / "b.nhipcau")

        assert result.returncode == 1
        assert str(disk) in result.stderr
        assert "Traceback" not in result.stderr
        assert list(disk.iterdir()) == []
        assert list(house.glob(".backup.*")) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize(
    "seconds",
    [2.4, *(pytest.param(0.2 * n, marks=pytest.mark.survey) for n in range(4, 30))],
)
def test_a_killed_restore_leaves_an_empty_place_or_one_that_says_so(house, tmp_path, seconds):
    house, place = House(house), House(tmp_path / "place")
    place.data.mkdir()
    wrote(house, 20)
    house.run("backup", tmp_path / "b.nhipcau")
    carry_keys(house, place)
    words = ("-m", "django", "restore", tmp_path / "b.nhipcau")
    process = place.python(*words, start_new_session=True)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()

    unfinished = (place.data / "restore.unfinished").exists()
    if unfinished:
        assert place.run("serve", "--prepare-only").returncode == 1
    whole = (place.data / "nhipcau.sqlite3").exists() and not unfinished
    assert place.run("restore", tmp_path / "b.nhipcau").returncode == (1 if whole else 0)
    assert place.ask("SELECT count(*) FROM media_storedfile") == [(20,)]
    assert len(place.files()) == 20
    assert [name for name in place.things() if name.startswith(".restore")] == []


BROKEN = """
from django.db import migrations, models
def fail(apps, schema_editor):
    raise RuntimeError("this migration cannot work")
class Migration(migrations.Migration):
    atomic = False
    dependencies = []
    operations = [
        migrations.CreateModel("Half", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(fail),
    ]
"""


WORKING = """
from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = []
    operations = [
        migrations.CreateModel("Half", [("id", models.BigAutoField(primary_key=True))]),
    ]
"""
CHECKED = """
from django.apps import AppConfig
from django.core.checks import Error, register
def look(**_):
    return [Error("the house does not stand after it")]
class Broken(AppConfig):
    name = "broken"
    def ready(self):
        register(look)
"""


@pytest.mark.parametrize(
    ("migration", "more", "reason"),
    [
        pytest.param(BROKEN, "", "this migration cannot work", id="a migration raises"),
        pytest.param(
            *(WORKING, CHECKED, "the house does not stand after it"),
            id="the check afterwards fails",
            # The way back is the same as above, on either engine.
            marks=pytest.mark.once,
        ),
    ],
)
def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    houses, tmp_path, migration, more, reason
):
    house = houses()
    wrote(house, 3)
    app = tmp_path / "broken"
    (app / "migrations").mkdir(parents=True)
    (app / "__init__.py").touch()
    (app / "migrations" / "__init__.py").touch()
    (app / "migrations" / "0001_initial.py").write_text(migration)
    (app / "apps.py").write_text(more)
    (tmp_path / "later.py").write_text(
        "from config.settings.base import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'broken']\n"
    )
    house.settings |= {"PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "later"}
    question = "SELECT id, app, name FROM django_migrations ORDER BY id"
    before = house.ask(question), house.ask("SELECT * FROM media_storedfile ORDER BY id")

    result = house.run("upgrade")

    assert result.returncode == 1
    assert reason in result.stderr
    assert "cơ sở dữ liệu vẫn như trước" in result.stderr
    assert (house.ask(question), house.ask("SELECT * FROM media_storedfile ORDER BY id")) == before
    kept = list((house.data / "backups").glob("before-upgrade-*.nhipcau"))
    assert len(kept) == 1
    with pytest.raises(Exception, match="broken_half"):
        house.ask("SELECT * FROM broken_half")


def test_an_upgrade_with_nothing_to_do_says_so_and_takes_no_backup(house):
    result = House(house).run("upgrade")

    assert result.returncode == 0
    assert not (house / "backups").exists()
