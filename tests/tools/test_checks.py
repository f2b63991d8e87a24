"""What ./test makes of its steps: what fails, what is skipped, and that neither goes unseen."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import checks  # noqa: E402 -- tools are scripts, not a package
import postgres  # noqa: E402 -- as above
import setup  # noqa: E402 -- as above


def passes(run):
    return True


def fails(run):
    run.say("this is wrong")
    return False


def lacks_chromium(run):
    raise checks.CannotRun("Chromium is not installed yet")


def finds_nothing(run):
    raise checks.NothingToRun("there are no templates")


def remarks(run):
    run.remarks.append("something was NOT run")
    run.counts["passed"] = 3
    return True


@pytest.fixture(params=[True, False], ids=["debian", "elsewhere"])
def on_debian(request, monkeypatch):
    monkeypatch.setattr(setup, "is_debian", lambda: request.param)
    return request.param


@pytest.mark.parametrize(
    ("step", "on", "elsewhere"),
    [
        pytest.param(passes, "passed", "passed", id="passes"),
        pytest.param(fails, "FAILED", "FAILED", id="fails"),
        pytest.param(lacks_chromium, "FAILED", "skipped", id="lacks"),
        pytest.param(finds_nothing, "skipped", "skipped", id="nothing there"),
    ],
)
def test_on_debian_alone_a_step_that_cannot_run_has_failed(step, on, elsewhere, on_debian):
    outcome = checks.ended("step", step, checks.Run())

    assert outcome.result == (on if on_debian else elsewhere)


def test_a_step_that_cannot_run_is_seen_with_its_reason_and_fails_on_debian(on_debian, capsys):
    steps = {"first": passes, "browser": lacks_chromium, "last": remarks}

    status = checks.carry_out(steps, [], ["fonts are missing"])

    said = capsys.readouterr().out
    assert status == (1 if on_debian else 0)
    row = next(line for line in said.splitlines() if line.startswith("browser "))
    assert row.split()[1] == ("FAILED" if on_debian else "skipped")
    assert row.endswith("Chromium is not installed yet")
    assert "!! fonts are missing\n!! something was NOT run\n" in said
    assert said.index("── first") < said.index("── browser") < said.index("── last")


def test_a_failure_is_shown_with_its_words_and_the_other_steps_go_on(capsys):
    status = checks.carry_out({"lint": fails, "types": passes}, [], [])

    said = capsys.readouterr().out
    assert status == 1
    assert "── lint\nthis is wrong\n   FAILED\n" in said
    assert "── types\n   passed\n" in said


def test_nothing_but_passes_is_no_failure(capsys):
    assert checks.carry_out({"one": passes, "two": finds_nothing}, [], []) == 0
    assert "there are no templates" in capsys.readouterr().out


@pytest.mark.survey
@pytest.mark.timeout(300)
def test_the_server_of_the_wheel_runs_and_it_is_said_what_it_leaves_out(monkeypatch, capsys):
    found = postgres.wheel_programs()
    monkeypatch.setattr(postgres, "programs", lambda: found)
    asked = []

    def ask(self, title, *arguments, env, processes):
        import psycopg

        with psycopg.connect(env["NHIPCAU_DATABASE_URL"]) as server:
            asked.append(
                server.execute(
                    "SELECT count(*) FROM pg_available_extensions"
                    " WHERE name IN ('pg_trgm', 'unaccent')"
                ).fetchone()
            )
        return True

    monkeypatch.setattr(checks.Run, "pytest", ask)

    status = checks.carry_out({"postgresql": checks.postgresql}, [], [])

    said = capsys.readouterr().out
    assert (status, asked) == (0, [(0,)])
    assert "!! PostgreSQL was the server of a wheel: " in said
    assert "pg_trgm and unaccent was NOT run" in said


def asked(*answers):
    """A pytest that answers so in turn, and the tests that it was asked for."""
    answers, calls = iter(answers), []

    def run(self, title, *arguments, env):
        calls.append([name for name in arguments if "::" in name])
        return next(answers)

    return run, calls


SLOW = "a/test_a.py::test_slow"


@pytest.mark.parametrize(
    ("again", "is_good", "words"),
    [
        ((True, []), True, f"SQLite: passed only when alone: {SLOW}"),
        ((False, [SLOW]), False, f"SQLite: FAILED, and again when alone: {SLOW}"),
    ],
)
def test_what_failed_beside_others_runs_once_more_alone_and_is_named(
    monkeypatch, again, is_good, words
):
    pytest_, calls = asked((False, [SLOW]), again)
    monkeypatch.setattr(checks.Run, "_pytest", pytest_)
    run = checks.Run()

    assert run.pytest("SQLite") is is_good
    assert calls == [[], [SLOW]]
    assert run.remarks == [words]


def test_many_failures_are_no_accident_and_named_as_they_are(monkeypatch):
    names = [f"a/test_a.py::test_{number}" for number in range(checks.ALONE + 1)]
    pytest_, calls = asked((False, names))
    monkeypatch.setattr(checks.Run, "_pytest", pytest_)
    run = checks.Run()

    assert not run.pytest("SQLite")
    assert calls == [[]]
    assert run.remarks == [f"SQLite: FAILED {name}" for name in names]


def test_a_run_of_tests_that_ended_badly_without_a_failed_test_stays_bad(monkeypatch):
    pytest_, _calls = asked((False, []))
    monkeypatch.setattr(checks.Run, "_pytest", pytest_)

    assert not checks.Run().pytest("SQLite")
