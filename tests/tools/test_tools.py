"""The commands of set-up and checks, tried on what they must refuse."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import adr  # noqa: E402 -- tools are scripts, not a package
import locked  # noqa: E402 -- as above
import postgres  # noqa: E402 -- as above
import survey  # noqa: E402 -- as above

SERVERS = Path("/tmp")  # noqa: S108 -- where the tool puts them

LOCK = """\
django==5.2.19 \\
    --hash=sha256:00
    # via
    #   nhipcau (pyproject.toml)
    #   wagtail
asgiref==3.9 \\
    --hash=sha256:01
    # via django
"""


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(["Django>=5.2,<5.3"], [], id="held"),
        pytest.param(
            ["Django>=6"],
            ["base.txt holds django 5.2.19, not Django>=6: run tools/lock"],
            id="too old",
        ),
        pytest.param(
            ["Django", "wagtail>=7"], ["base.txt lacks wagtail>=7: run tools/lock"], id="not there"
        ),
        pytest.param(
            [],
            ["base.txt holds django, which pyproject.toml no longer asks for: run tools/lock"],
            id="no longer asked for",
        ),
    ],
)
def test_the_lock_is_compared_with_what_is_asked(asked, expected):
    assert locked.differences_of(asked, LOCK, file="base.txt") == expected


def test_a_decision_gets_the_next_number_and_a_plain_name(tmp_path):
    (tmp_path / "0007-before.md").touch()

    path = adr.begin("Đường dẫn is kept", folder=tmp_path, day="2026-11-21")

    assert path.name == "0008-duong-dan-is-kept.md"
    assert path.read_text().startswith("# 8. Đường dẫn is kept\n")


def test_an_old_python_is_refused_with_the_command_that_mends_it(tmp_path):
    for name in ("python3", "python"):
        old = tmp_path / name
        old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
        old.chmod(0o755)
    (tmp_path / "bash").symlink_to("/bin/bash")

    result = subprocess.run(
        ["/bin/bash", str(ROOT / "tools" / "find-python")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "Cần Python 3.11 trở lên; máy này chỉ có Python 3.9.2." in result.stderr
    assert "Python 3.11 or newer is needed; this machine has Python 3.9.2 only." in result.stderr
    assert "sudo apt-get install python3 python3-venv" in result.stderr


def test_a_newer_python_under_another_name_is_found(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    (tmp_path / "python3.12").symlink_to(sys.executable)

    result = subprocess.run(
        ["/bin/bash", str(ROOT / "tools" / "find-python")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stdout.strip() == str(tmp_path / "python3.12")


def test_run_refuses_words_that_it_does_not_know():
    result = subprocess.run(
        [str(ROOT / "run"), "--fast"], capture_output=True, text=True, check=False
    )

    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "./run chỉ biết --setup và --help, không biết --fast.",
        "./run knows --setup and --help, not --fast.",
    ]


def test_ci_calls_the_same_command_as_everybody_and_nothing_else():
    lines = [
        line
        for line in (ROOT / ".ci" / "run").read_text().splitlines()
        if line and not line.startswith("#")
    ]

    assert lines == ['exec "$(dirname "${BASH_SOURCE[0]}")/../test"']


@pytest.mark.skipif(postgres.debian_programs() is None, reason="no PostgreSQL server here")
def test_the_throwaway_server_runs_and_leaves_nothing():
    import psycopg

    before = set(SERVERS.glob("nhipcau-pg-*"))
    with postgres.throwaway() as url:
        with psycopg.connect(url) as server:
            assert server.execute("SELECT 1").fetchone() == (1,)
            assert server.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        assert len(set(SERVERS.glob("nhipcau-pg-*")) - before) >= 1

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_the_survey_runs_on_both_engines_what_measures_one_at_a_time():
    names = [part.name for part in survey.parts()]

    assert {"outbox_kills", "outbox_kills on PostgreSQL", "restore_drills"} < set(names)
    assert "import_kills on PostgreSQL" not in names  # it goes to both by itself
    assert len(names) == len(set(names))
