"""Says whether requirements/*.txt still hold what pyproject.toml asks for. Needs no network."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")


def pins(text: str) -> dict[str, tuple[str, bool]]:
    """Package -> its version, and whether the lock says that pyproject.toml asks for it."""
    found: dict[str, tuple[str, bool]] = {}
    name = ""
    for line in text.splitlines():
        pin = PIN.match(line)
        if pin:
            name = canonicalize_name(pin.group(1))
            found[name] = (pin.group(2), False)
        elif name and line.strip().startswith("#") and "nhipcau (pyproject.toml)" in line:
            found[name] = (found[name][0], True)
    return found


def differences_of(asked: list[str], lock: str, *, file: str) -> list[str]:
    """One sentence for each requirement that the lock does not hold, or holds without need."""
    held = pins(lock)
    wanted = {canonicalize_name(text.name): text for text in map(Requirement, asked)}
    lines = []
    for name, requirement in sorted(wanted.items()):
        version = held.get(name, ("", False))[0]
        if not version:
            lines.append(f"{file} lacks {requirement}: run tools/lock")
        elif not requirement.specifier.contains(version, prereleases=True):
            lines.append(f"{file} holds {name} {version}, not {requirement}: run tools/lock")
    lines += [
        f"{file} holds {name}, which pyproject.toml no longer asks for: run tools/lock"
        for name, (_, asked_for) in sorted(held.items())
        if asked_for and name not in wanted
    ]
    return lines


def differences() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    base = list(project["dependencies"])
    development = base + list(project["optional-dependencies"]["dev"])
    return [
        line
        for file, asked in (("base.txt", base), ("dev.txt", development))
        for line in differences_of(
            asked, (ROOT / "requirements" / file).read_text(), file=f"requirements/{file}"
        )
    ]
