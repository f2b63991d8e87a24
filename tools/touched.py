"""Which tests a change can reach, the nearest first, as many as there is time for.

A change reaches a test that imports it, over however many modules. Low rooms are imported by the
whole house, so the tests are taken by the number of imports between until the time is spent;
`./test` runs them all.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("nhipcau", "config", "tests")
LASTED = ROOT / "test-output" / "seconds.json"
ALWAYS = ("tests/architecture",)
# A change to these can reach every test.
EVERYWHERE = ("config/settings/", "pyproject.toml", "requirements/", "conftest.py")
TOOLS = ("tools/", "run", "test", "justfile", "docs/", "README")
FAR = 99  # imports
UNKNOWN = 1.0  # seconds of a file that has not run yet


def _git(*words: str) -> list[str]:
    result = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return result.stdout.splitlines()


def tracked(pattern: str) -> list[Path]:
    """Files of the project, the new ones too, that match a pattern."""
    names = _git("ls-files", "--cached", "--others", "--exclude-standard", pattern)
    return [ROOT / name for name in names if (ROOT / name).exists()]


def changed_files() -> list[str]:
    """What differs from main; on main itself from the last commit, or what that one changed."""
    base = (_git("merge-base", "HEAD", "main") or ["HEAD"])[0]
    new = _git("ls-files", "--others", "--exclude-standard")
    changed = sorted({*_git("diff", "--name-only", base), *new})
    return changed or _git("diff", "--name-only", "HEAD~1")


def modules_of(files: Iterable[str]) -> set[str]:
    """The dotted names of Python files of the project."""
    return {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in files
        if name.endswith(".py")
    }


def distances(changed: set[str], importers: Callable[[str], Iterable[str]]) -> dict[str, int]:
    """How many imports lie between the changed modules and each module that they can reach.

    `importers` answers the modules that import one.
    """
    found = dict.fromkeys(changed, 0)
    edge = sorted(changed)
    while edge:
        further = {name for module in edge for name in importers(module)} - found.keys()
        found |= dict.fromkeys(further, found[edge[0]] + 1)
        edge = sorted(further)
    return found


def tests_by_distance(files: Iterable[str]) -> dict[str, int]:
    """Test files that the changed files can reach, with the number of imports between.

    A test counts as importing the conftest.py of its folder and every module of its room.
    """
    files = list(files)
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    tests = {str(path.relative_to(ROOT)) for path in tracked("*.py") if path.name[:5] == "test_"}

    def importers(module: str) -> Iterable[str]:
        if module in graph.modules:
            yield from graph.find_modules_that_directly_import(module)
        if module.endswith(".conftest"):
            folder = module.removesuffix("conftest").replace(".", "/")
            yield from modules_of(test for test in tests if test.startswith(folder))
        elif module.startswith("nhipcau.") and ".tests." not in module:
            # Views are found by their address, models by their label: no import tells of it.
            room = "/".join(module.split(".")[:2])
            yield from modules_of(test for test in tests if test.startswith(f"{room}/"))

    near = distances(modules_of(files), importers)
    reached = {test: near[name] for test in tests for name in modules_of([test]) if name in near}
    for name in files:
        if name.startswith(EVERYWHERE):
            reached = dict.fromkeys(tests, FAR) | reached
        elif not name.endswith(".py") and name.startswith("nhipcau/"):
            # A template, a script, a table of facts: the tests of its room look at it.
            room = "/".join(name.split("/")[:2])
            reached |= {test: 1 for test in tests if test.startswith(f"{room}/")}
        elif name.startswith(TOOLS):
            reached |= {test: 1 for test in tests if test.startswith("tests/tools/")}
    return reached


def within(seconds: float, reached: Mapping[str, int], lasted: Mapping[str, float]) -> list[str]:
    """The nearest of these tests, as many as have run in so many seconds before.

    What was itself changed (distance 0) is always among them.
    """
    chosen: list[str] = []
    for test in sorted(reached, key=lambda one: (reached[one], lasted.get(one, UNKNOWN))):
        seconds -= lasted.get(test, UNKNOWN)
        if seconds >= 0 or reached[test] == 0:
            chosen.append(test)
    return sorted(chosen)


def seconds_of_the_last_run() -> dict[str, float]:
    """How long each test file took when it last ran whole (conftest.py writes it down)."""
    try:
        found: dict[str, float] = json.loads(LASTED.read_text())
    except (OSError, ValueError):
        return {}
    return found


def tests(seconds: float) -> tuple[list[str], list[str]]:
    """Test files to run within so many seconds of all processes, and those left out.

    Two empty lists when the change reaches no code at all.
    """
    files = changed_files()
    reached = tests_by_distance(files)
    if not reached and not any(name.endswith(".py") for name in files):
        return [], []
    always = {test for test in ALWAYS if (ROOT / test).exists()}
    reached = {test: far for test, far in reached.items() if not test.startswith(ALWAYS)}
    reached = {test: far for test, far in reached.items() if "journeys/" not in test}
    chosen = within(seconds, reached, seconds_of_the_last_run())
    return sorted([*always, *chosen]), sorted(set(reached) - set(chosen))
