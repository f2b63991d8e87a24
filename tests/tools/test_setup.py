"""Set-up by an ordinary user: what is asked, what is said where nobody can be asked, and Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import setup  # noqa: E402 -- tools are scripts, not a package

# Only the system packages, as a user who is not root; the environment is there already.
SETTING_UP = """
import os, signal, sys
# Who starts the tests in the background may have told them to ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, "tools")
import setup
os.geteuid = lambda: 1000
setup.ensure_environment = lambda *, development: None
setup.compile_messages = setup.keep_expressions = lambda: None
sys.exit(setup.main())
"""
SUDO = """#!/bin/sh
echo "sudo $*" >> "$TOLD"
[ "$1" = -n ] && { echo "sudo: a password is required"; exit 1; }
exec "$@"
"""
APT = """#!/bin/sh
echo "apt-get $*" >> "$TOLD"
"""
SLOW_APT = """#!/bin/sh
echo begun >> "$TOLD"
exec sleep 30
"""
NOTHING_INSTALLED = """#!/bin/sh
exit 1
"""
COMMAND = "apt-get install -y --no-install-recommends gettext"


class Machine:
    """A folder of programs in front of those of the system, and what they were told."""

    def __init__(self, folder):
        self.programs = folder / "programs"
        self.told = folder / "told"
        self.told.touch()
        self.programs.mkdir()
        self.put("dpkg-query", NOTHING_INSTALLED)
        for name in ("env", "sh", "sleep"):
            (self.programs / name).symlink_to(f"/bin/{name}")

    def put(self, name, words):
        (self.programs / name).write_text(words)
        (self.programs / name).chmod(0o755)

    def set_up(self, *words, stdin=subprocess.DEVNULL):
        return subprocess.Popen(
            [sys.executable, "-c", SETTING_UP, *words],
            cwd=ROOT,
            env={"PATH": str(self.programs), "TOLD": str(self.told), "LC_ALL": "C.UTF-8"},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


@pytest.fixture
def terminal():
    outer, inner = os.openpty()
    yield inner
    os.close(inner)
    os.close(outer)


def test_somebody_at_a_terminal_is_asked_for_the_password(machine, terminal):
    machine.put("sudo", SUDO)
    machine.put("apt-get", APT)

    setting_up = machine.set_up("--system", "gettext", stdin=terminal)
    said, complained = setting_up.communicate(timeout=20)

    assert (setting_up.returncode, complained) == (0, "")
    assert "sudo có thể hỏi mật khẩu của bạn | sudo may ask for your password" in said
    told = machine.told.read_text().splitlines()
    assert told[-1].startswith("apt-get ")
    assert told[-1].endswith(" gettext")
    assert not any(line.startswith("sudo -n") for line in told)


def test_where_nobody_can_be_asked_the_command_to_type_is_named(machine):
    machine.put("sudo", SUDO)
    machine.put("apt-get", APT)

    setting_up = machine.set_up("--system", "gettext")
    _, complained = setting_up.communicate(timeout=20)

    assert setting_up.returncode == 1
    assert f"Hãy tự cài rồi chạy lại: sudo {COMMAND}\n" in complained
    assert f"Please install by hand and start again: sudo {COMMAND}\n" in complained
    assert "a password is required" in complained
    told = machine.told.read_text().splitlines()
    assert told
    assert all(line.startswith("sudo -n ") for line in told)


def test_without_sudo_the_command_is_one_of_root(machine):
    machine.put("apt-get", APT)

    setting_up = machine.set_up("--system", "gettext")
    _, complained = setting_up.communicate(timeout=20)

    assert setting_up.returncode == 1
    assert "không phải root" in complained
    assert "this user is not root, and there is no sudo here" in complained
    assert f"su -c '{COMMAND}'" in complained
    assert machine.told.read_text() == ""


def test_what_is_only_wanted_is_left_out_with_its_command(machine):
    machine.put("sudo", SUDO)
    machine.put("apt-get", APT)

    setting_up = machine.set_up("--wanted", "gettext")
    said, complained = setting_up.communicate(timeout=20)

    assert (setting_up.returncode, complained) == (0, "")
    assert "tạm chạy không có gettext; muốn có hãy gõ" in said
    assert f"for these, type: sudo {COMMAND}\n" in said


def test_ctrl_c_during_set_up_ends_with_one_sentence(machine, terminal):
    machine.put("sudo", SUDO)
    machine.put("apt-get", SLOW_APT)
    setting_up = machine.set_up("--wanted", "gettext", stdin=terminal)
    until = time.monotonic() + 20
    while "begun" not in machine.told.read_text() and time.monotonic() < until:
        time.sleep(0.02)

    os.killpg(setting_up.pid, signal.SIGINT)
    _, complained = setting_up.communicate(timeout=20)

    assert setting_up.returncode == 130
    assert complained.strip() == (
        "Đã dừng cài đặt theo yêu cầu; lần chạy sau làm tiếp. | "
        "Set-up was stopped as asked; the next start goes on with it."
    )


@pytest.mark.parametrize(
    ("there", "made_anew"),
    [
        pytest.param([], True, id="nothing"),
        pytest.param(["python", "python3"], True, id="broken off while pip was put in"),
        pytest.param(["python", "python3", "pip", "activate"], False, id="whole"),
    ],
)
def test_an_environment_that_was_broken_off_is_made_anew(tmp_path, monkeypatch, there, made_anew):
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    for name in there:
        (venv / "bin" / name).touch()
    ran = []
    monkeypatch.setattr(setup, "VENV", venv)
    monkeypatch.setattr(setup, "BIN", venv / "bin")
    monkeypatch.setattr(setup, "STAMP", venv / "installed.sha256")
    monkeypatch.setattr(setup, "run", lambda *command, **_: ran.append([*map(str, command)]))

    setup.ensure_environment(development=False)

    making = [sys.executable, "-m", "venv", "--clear", str(venv)]
    assert (making in ran) is made_anew
    assert setup.STAMP.exists()
