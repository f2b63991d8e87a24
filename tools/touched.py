"""Which tests a change can reach: those of the touched rooms and of all that import them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
ALWAYS = ["tests/architecture"]
# A change to these can reach every test.
EVERYWHERE = ("config/", "pyproject.toml", "requirements/", "nhipcau/kernel/", "manage.py")


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


def rooms_that_reach(rooms: set[str]) -> set[str]:
    """The rooms themselves and every room that imports them, directly or not."""
    graph = grimp.build_graph("nhipcau", cache_dir=None)
    reached = set(rooms)
    for room in rooms:
        if f"nhipcau.{room}" in graph.modules:
            downstream = graph.find_downstream_modules(f"nhipcau.{room}", as_package=True)
            reached |= {module.split(".")[1] for module in downstream}
    return reached


def tests() -> list[str]:
    """Folders for pytest; [] when the change reaches no code at all."""
    files = changed_files()
    if any(name.startswith(EVERYWHERE) for name in files):
        return ["nhipcau", "config", "tests"]
    rooms = {
        name.split("/")[1] for name in files if name.startswith("nhipcau/") and "/" in name[8:]
    }
    other = {name for name in files if name.startswith("tests/") and name.endswith(".py")}
    if not rooms and not other and not any(name.endswith(".py") for name in files):
        return []
    folders = [f"nhipcau/{room}" for room in sorted(rooms_that_reach(rooms))]
    tools = (
        ["tests/tools"] if any(name.startswith(("tools/", "run", "test")) for name in files) else []
    )
    chosen = [*ALWAYS, *tools, *sorted({str(Path(name).parent) for name in other}), *folders]
    return sorted({name for name in chosen if (ROOT / name).exists()})
