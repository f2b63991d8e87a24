"""Every check and test, the cheapest first; goes on after a failure and ends with a table.

./test runs all steps, as CI does, two at a time: while one waits for a program or nears its end,
the other has the processors. `just check` runs `--touched`: the quick steps, and of the
tests those that the change since main can reach, on SQLite only.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import catalogues
import locked
import postgres
import setup
import touched

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
CLOSING = re.compile(r"^=+ (.*\d+ (?:passed|failed|error|skipped|deselected).*) in ([\d.]+)s")
COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|warnings?)")
GROUP = re.compile(r"@\w+$")
NOTHING_COLLECTED = 5
ALONE = 3  # failed tests that are run again; more than that is no accident
PROCESSORS = os.cpu_count() or 2
STEPS_AT_ONCE = 2
BESIDE = 1  # processes more than processors: while one waits for a program, the others go on
SECONDS_OF_A_CHECK = 150  # of the four minutes; collecting, types and the rest take the others
BEGAN = time.monotonic()
SHOWN = 25


class CannotRun(Exception):
    """This step needs something that is not on this machine; the message says what."""


class NothingToRun(Exception):
    """There is nothing that this step could look at, on whatever machine; the message says so."""


@dataclass
class Run:
    """What a step is told, and what it says: which tests are asked for, in how many processes."""

    tests: Sequence[str] = ()
    processes: int = PROCESSORS
    closing_lines: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Keep words until the step has ended: two steps that run at once do not mix theirs."""
        self.said.append(text)

    def call(self, *command: str | Path, env: dict[str, str] | None = None) -> bool:
        """Run a program of the environment; its output is shown only when it fails."""
        result = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if result.returncode:
            self.say(result.stdout.rstrip())
        return result.returncode == 0

    def pytest(
        self, title: str, *arguments: str, env: dict[str, str] | None = None, processes: int = 0
    ) -> bool:
        """Run tests with their output live; what failed beside others runs once more alone.

        On a busy machine a test may wait longer than it would ever have to. Whatever the second
        run says, the failure is named at the end of everything.
        """
        at_once = ("-n", str(processes or self.processes), "--dist", "loadgroup")
        is_good, failed = self._pytest(title, *at_once, *arguments, env=env)
        if is_good or not 0 < len(failed) <= ALONE:
            self.remarks.extend(f"{title}: FAILED {name}" for name in failed[:SHOWN])
            return is_good
        for kind in ("failed", "errors"):  # what counts is how they end
            self.counts.pop(kind, None)
        is_good, again = self._pytest(title, "-n", "0", "--timeout", "900", *failed, env=env)
        for name in failed:
            kept = "FAILED, and again when alone" if name in again else "passed only when alone"
            self.remarks.append(f"{title}: {kept}: {name}")
        return is_good

    def _pytest(
        self, title: str, *arguments: str, env: dict[str, str] | None
    ) -> tuple[bool, list[str]]:
        """One run of pytest: whether all is well, and the names of what failed."""
        command = [str(BIN / "python"), "-m", "pytest", "-q", *arguments]
        with tempfile.NamedTemporaryFile("r") as names:
            with subprocess.Popen(
                [*command, f"--failed={names.name}"],
                cwd=ROOT,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            ) as process:
                for line in process.stdout or ():
                    print(f"{title:<11}{line}", end="", flush=True)
                    closing = CLOSING.match(line) or CLOSING.match(f"= {line}")
                    if closing:
                        self._count(title, closing.group(1), float(closing.group(2)))
            # The name of a group of tests, which xdist adds, is no part of a test's name.
            told = [GROUP.sub("", name) for name in names.read().split("\0") if name]
        if process.returncode == NOTHING_COLLECTED:
            raise NothingToRun("there are no such tests")
        return process.returncode == 0, told

    def _count(self, title: str, words: str, seconds: float) -> None:
        self.closing_lines.append((title, f"{words} in {seconds:.1f}s"))
        for number, kind in COUNTED.findall(words):
            plural = "errors" if kind == "error" else kind
            self.counts[plural] = self.counts.get(plural, 0) + int(number)


def formatting(run: Run) -> bool:
    return run.call(BIN / "ruff", "format", "--check", ".")


def lint(run: Run) -> bool:
    return run.call(BIN / "ruff", "check", ".")


def templates(run: Run) -> bool:
    pages = [str(path) for path in touched.tracked("*.html")]
    if not pages:
        raise NothingToRun("there are no templates")
    return run.call(BIN / "djlint", "--lint", "--quiet", *pages)


def requirements(run: Run) -> bool:
    return report(locked.differences(), run)


def catalogue(run: Run) -> bool:
    try:
        return report(catalogues.differences(), run)
    except catalogues.NoGettext as missing:
        raise CannotRun(str(missing)) from missing


def report(lines: Sequence[str], run: Run) -> bool:
    for line in lines[:SHOWN]:
        run.say(f"  {line}")
    if len(lines) > SHOWN:
        run.say(f"  and {len(lines) - SHOWN} more")
    return not lines


def contracts(run: Run) -> bool:
    return run.call(BIN / "lint-imports", "--no-cache")


def types(run: Run) -> bool:
    """Of classes that a library defines by condition mypy keeps at times what it stumbles over.

    Without what it kept it says what is wrong, or that nothing is.
    """
    looked = (BIN / "mypy", "nhipcau", "config", "tools")
    if run.call(*looked):
        return True
    if not any("Traceback" in text or "INTERNAL ERROR" in text for text in run.said):
        return False
    run.said.clear()
    shutil.rmtree(ROOT / ".mypy_cache", ignore_errors=True)
    return run.call(*looked)


def migrations(run: Run) -> bool:
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return run.call(
        BIN / "python", "manage.py", "makemigrations", "--check", "--dry-run", env=settings
    )


def deployment(run: Run) -> bool:
    """Django's own look at the settings of a house in the open."""
    with tempfile.TemporaryDirectory() as folder:
        production = {
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "NHIPCAU_DATA": folder,
            "NHIPCAU_PUBLIC_URL": "https://nhipcau.example",
        }
        return run.call(
            BIN / "python",
            *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
            env=production,
        )


QUICK = "not journey and not survey"


def sqlite(run: Run) -> bool:
    """Everything that is quick; of the sample the journeys' house is the example, on SQLite too."""
    wanted = QUICK if run.tests else f"{QUICK} and not sample"
    return run.pytest("SQLite", "-m", wanted, *run.tests, env={"NHIPCAU_DATABASE_URL": ""})


def postgresql(run: Run) -> bool:
    """The tests that touch a database, again on PostgreSQL; what touches none ran already."""
    try:
        found = postgres.programs()
        with postgres.throwaway(found) as url:
            if not found.complete:
                run.remarks.append(
                    "PostgreSQL was the server of a wheel: whatever needs the extensions pg_trgm "
                    "and unaccent was NOT run. On Debian: apt-get install postgresql"
                )
            return run.pytest(
                "PostgreSQL",
                *("-m", f"engine and not pages and {QUICK}"),
                *run.tests,
                env={"NHIPCAU_DATABASE_URL": url},
                processes=PROCESSORS,  # the server is at work beside them
            )
    except postgres.NoServer as missing:
        raise CannotRun(str(missing)) from missing


def journeys(run: Run) -> bool:
    if setup.program("chromium", "chromium-browser") is None:
        raise CannotRun("Chromium is not installed")
    words = ("--timeout", "900", "-m", "journey and not survey", "tests/journeys")
    # Each of these processes serves a house of its own: one more would cost more than it saves.
    return run.pytest("Browser", *words, env={"NHIPCAU_DATABASE_URL": ""}, processes=PROCESSORS)


Step = Callable[[Run], bool]
STEPS: dict[str, Step] = {
    "format": formatting,
    "requirements": requirements,
    "lint": lint,
    "templates": templates,
    "contracts": contracts,
    "migrations": migrations,
    "deployment": deployment,
    "catalogues": catalogue,
    "types": types,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "journeys": journeys,
}
TESTING = frozenset({"sqlite", "postgresql", "journeys"})
TOUCHED = ("format", "lint", "requirements", "contracts", "migrations", "types", "sqlite")
# What the steps want of the system; set-up installs it where it may.
SYSTEM = ("gettext", "postgresql", "chromium", "renditions", "checkers", "peers", "media", "proxy")


def install_system_packages() -> list[str]:
    """What could not be installed, one sentence with the reason."""
    missing = setup.missing_packages(*SYSTEM)
    if missing:
        try:
            setup.apt_install(*missing)
        except setup.SetUpFailed as failure:
            return [f"Not installed: {' '.join(missing)}. {failure.english.splitlines()[0]}"]
    return []


def main() -> int:
    parser = argparse.ArgumentParser(prog="./test", description=__doc__)
    parser.add_argument("steps", nargs="*", help="only these steps")
    parser.add_argument("--list", action="store_true", help="name the steps")
    parser.add_argument("--touched", action="store_true", help="what the change can reach")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(STEPS))
        return 0
    unknown = set(arguments.steps) - set(STEPS)
    if unknown:
        parser.error(f"no such step: {', '.join(sorted(unknown))}; the steps: {', '.join(STEPS)}")
    # Whoever forbids Python to keep what it compiled pays at the start of each of these processes.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    names = arguments.steps or list(STEPS)
    tests: Sequence[str] = ()
    remarks: list[str] = []
    if arguments.touched:
        names = arguments.steps or list(TOUCHED)
        tests, left = touched.tests(SECONDS_OF_A_CHECK * (PROCESSORS + 1))
        print(f"Tests that the change can reach: {' '.join(tests) or 'none'}")
        if left:
            remarks.append(
                f"{len(left)} files of tests further away were NOT run: there are four minutes. "
                "./test runs them"
            )
        if not tests:
            names = [name for name in names if name not in {"sqlite", "postgresql"}]
    elif not arguments.steps:
        remarks = install_system_packages()
    return carry_out({name: STEPS[name] for name in names}, tests, remarks)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended."""

    name: str
    result: str
    seconds: float
    reason: str = ""


def carry_out(steps: dict[str, Step], tests: Sequence[str], remarks: list[str]) -> int:
    """Every step, then the table; 1 when one failed."""
    runs = {name: Run(tests, PROCESSORS + BESIDE) for name in steps}
    # mypy takes longest of the quick ones: begun first, it ends with the others.
    order = sorted(steps, key=lambda name: name != "types")
    outcomes = []
    with ThreadPoolExecutor(max_workers=STEPS_AT_ONCE) as together:
        begun = {name: together.submit(ended, name, steps[name], runs[name]) for name in order}
        for name in steps:
            outcome = begun[name].result()
            print(f"\n── {name}", flush=True)
            print("".join(f"{text}\n" for text in runs[name].said), end="")
            print(f"   {outcome.result} {outcome.reason}".rstrip(), flush=True)
            outcomes.append(outcome)
    print_end(outcomes, list(runs.values()), remarks)
    return int(any(outcome.result == "FAILED" for outcome in outcomes))


def ended(name: str, step: Step, run: Run) -> Outcome:
    """Carry out one step. On Debian everything can run: what does not is a failure there."""
    began = time.monotonic()
    reason = ""
    try:
        result = "passed" if step(run) else "FAILED"
    except NothingToRun as nothing:
        reason = str(nothing)
        result = "skipped"
    except CannotRun as missing:
        reason = str(missing)
        result = "FAILED" if setup.is_debian() else "skipped"
    return Outcome(name, result, time.monotonic() - began, reason)


def print_end(outcomes: Sequence[Outcome], runs: Sequence[Run], remarks: Sequence[str]) -> None:
    print(f"\n{'step':<14}{'result':<10}{'seconds':>8}")
    for one in outcomes:
        print(f"{one.name:<14}{one.result:<10}{one.seconds:>8.1f}  {one.reason}".rstrip())
    seconds = time.monotonic() - BEGAN
    print(f"{'all':<14}{'':<10}{seconds:>8.1f}\n")
    for remark in (*remarks, *(each for run in runs for each in run.remarks)):
        print(f"!! {remark}")
    counts: Counter[str] = Counter()
    for run in runs:
        counts.update(run.counts)
        for title, line in run.closing_lines:
            print(f"{title}: {line}")
    if counts:
        words = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
        print(f"{'=' * 20} {words} in {seconds:.2f}s {'=' * 20}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
