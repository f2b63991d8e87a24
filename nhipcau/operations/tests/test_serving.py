"""The real thing is started, and Ctrl-C pressed."""

import os
import signal
import socket
import sqlite3
import subprocess
import time

import psutil
import pytest

from nhipcau.operations.serving import place
from nhipcau.operations.serving.supervisor import pause_after
from nhipcau.operations.tests.houses import Served, nhipcau

pytestmark = pytest.mark.xdist_group("serving")


def family(pid):
    return psutil.Process(pid).children(recursive=True)


def still_there(processes):
    _, alive = psutil.wait_procs(processes, timeout=10)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def fill(disk):
    descriptor = os.open(disk / "filler", os.O_WRONLY | os.O_CREAT)
    try:
        while os.write(descriptor, b"\0" * 4096):
            pass
    except OSError:
        pass
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_the_house_answers_and_stops_cleanly_with_all_its_processes(house, number):
    with Served(house) as served:
        line = served.wait_for("answers at")
        status, body, _ = served.get("/healthz")
        processes = family(served.process.pid)

        assert f"http://127.0.0.1:{served.port}" in line
        assert (status, body) == (200, "ok\n")
        assert len(processes) >= 2
        assert served.stop(number) == 0
        assert still_there(processes) == []
        assert served.output[-1].strip() == "nhipcau │ stopped"


def test_a_killed_web_server_is_started_again(house):
    with Served(house) as served:
        served.wait_for("answers at")
        web = next(
            p
            for p in psutil.Process(served.process.pid).children()
            if "granian" in " ".join(p.cmdline())
        )

        os.kill(web.pid, signal.SIGKILL)

        assert "starts again in 1 s" in served.wait_for("ended with status -9")
        until = time.monotonic() + 30
        answer = None
        while answer is None and time.monotonic() < until:
            try:
                answer = served.get("/healthz")[0]
            except OSError:
                time.sleep(0.2)
        assert answer == 200
        assert served.stop() == 0


def test_nothing_is_left_when_the_supervisor_itself_is_killed(house):
    with Served(house) as served:
        served.wait_for("answers at")
        processes = family(served.process.pid)

        served.process.kill()
        served.process.wait()

        assert still_there(processes) == []


def test_a_second_start_prepares_nothing(house):
    assert nhipcau("serve", "--prepare-only", data=house).returncode == 0
    before = (house / "prepared.json").read_bytes()
    seen = (house / "nhipcau.sqlite3").stat().st_mtime_ns

    result = nhipcau("serve", "--prepare-only", data=house)

    assert (result.returncode, result.stdout) == (0, "")
    assert (house / "prepared.json").read_bytes() == before
    assert (house / "nhipcau.sqlite3").stat().st_mtime_ns == seen


def test_a_taken_port_is_named_with_the_way_out(house):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        result = nhipcau("serve", data=house, NHIPCAU_PORT=str(port))

    assert result.returncode == 1
    assert result.stderr == (
        f"Port {port} is taken by another program."
        f" Choose another one: NHIPCAU_PORT={port + 1} ./run\n"
    )


def test_a_house_that_already_runs_is_not_started_twice(house):
    with Served(house) as served:
        served.wait_for("answers at")

        result = nhipcau("serve", data=house)

        assert result.returncode == 1
        assert f"already running on {house} (http://127.0.0.1:{served.port}, pid" in result.stderr
        assert served.get("/healthz")[0] == 200


def test_a_killed_house_leaves_no_lock_behind(house):
    with Served(house) as served:
        served.wait_for("answers at")
        processes = family(served.process.pid)
        served.process.kill()
        served.process.wait()
        assert still_there(processes) == []

    with Served(house) as again:
        again.wait_for("answers at")


def test_a_database_of_a_newer_version_is_refused_and_stays_as_it_is(house):
    with sqlite3.connect(house / "nhipcau.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('audit', '9999_later', '2030-01-01')"
        )
    (house / "prepared.json").unlink()

    result = nhipcau("serve", "--prepare-only", data=house)

    assert result.returncode == 3
    assert "audit.9999_later" in result.stderr
    assert not (house / "prepared.json").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted by root only")
@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        pytest.param("full", "is full. Make room there", id="the disk is full"),
        pytest.param("read-only", "is read-only. Mount it writable", id="the disk is read-only"),
    ],
)
def test_a_disk_that_cannot_be_written_is_named(tmp_path, how, sentence):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        (disk / "keys").mkdir(mode=0o700)
        (disk / "keys" / "secret_key").write_text("k" * 50)
        if how == "full":
            fill(disk)
        else:
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

        result = nhipcau("serve", data=disk)

        assert result.returncode == 1
        assert result.stderr.startswith(f"The disk that holds {disk} {sentence}")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_is_somebody_elses_is_named(tmp_path):
    data = tmp_path / "data"
    data.mkdir(mode=0o500)
    if os.geteuid() == 0:  # root may write everywhere; a child that is nobody may not
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.setegid(65534)
            os.seteuid(65534)
            try:
                place.require_writable(data)
            except place.CannotStart as refusal:
                os.write(writer, str(refusal).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as told:
            sentence = told.read()
        os.waitpid(child, 0)
    else:
        with pytest.raises(place.CannotStart) as refused:
            place.require_writable(data)
        sentence = str(refused.value)

    assert sentence.startswith(f"This user may not write in {data}.")
    assert list(data.iterdir()) == []


def test_a_setting_that_cannot_be_is_one_sentence(house):
    result = nhipcau("serve", data=house, NHIPCAU_PORT="eighty")

    assert result.returncode == 1
    assert result.stderr == (
        "NHIPCAU_PORT đang là “eighty”; phải là số nguyên từ 1 trở lên.\n"
        "NHIPCAU_PORT is “eighty”; it must be a whole number from 1.\n"
    )


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 1), (2, 2), (3, 4), (4, 8), (7, 60), (50, 60)]
)
def test_the_pause_doubles_up_to_a_minute(failures, seconds):
    assert pause_after(failures) == seconds
