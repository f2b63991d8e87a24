"""Examinations of the machine: Python, packages, programs, fonts, keys, disk, clock."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from packaging.requirements import Requirement

from nhipcau.operations.doctor.findings import Finding, warning, well, wrong
from nhipcau.operations.queries import LEAST_FREE_BYTES, free_bytes

OLDEST_PYTHON = (3, 11)
COMFORTABLE_BYTES = 2 * 1024 * 1024 * 1024
# A script and one letter of it: a font must have the letter, or the page shows boxes.
LETTERS = {"Lao": "0e81", "Khmer": "1780", "Chinese": "4e2d", "Vietnamese": "1ec7"}
# The newest release that this code knows of was made after this day; a clock before it is wrong.
CODE_IS_YOUNGER_THAN = datetime(2026, 1, 1, tzinfo=UTC)


def python(at: datetime) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST_PYTHON:
        return wrong(
            "python",
            _("Python %(version)s is too old.") % {"version": version},
            mend="sudo apt-get install python3.11",
        )
    return well("python", _("Python %(version)s") % {"version": version})


def packages(at: datetime) -> Finding:
    """Whether exactly the locked versions are installed."""
    lock = settings.ROOT / "requirements" / "base.txt"
    if not lock.exists():
        return well("packages", _("installed without the project's own lock"))
    pinned = [
        Requirement(line.rstrip("\\ \n"))
        for line in lock.read_text().splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    ]
    differing = [
        requirement.name
        for requirement in pinned
        if (requirement.marker is None or requirement.marker.evaluate())
        and not requirement.specifier.contains(_installed(requirement.name), prereleases=True)
    ]
    if differing:
        return wrong(
            "packages",
            _("Not the locked version: %(names)s.") % {"names": ", ".join(differing)},
            mend="./run --setup",
        )
    return well("packages", _("%(count)d locked packages") % {"count": len(pinned)})


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "0"


def programs(at: datetime) -> Finding:
    """PostgreSQL's own programs, where the database is on such a server."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        return well("programs", _("the embedded database needs none"))
    missing = [
        name
        for name in ("pg_dump", "pg_restore")
        if not shutil.which(name) and not list(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    ]
    if missing:
        return wrong(
            "programs",
            _("Backups need %(names)s.") % {"names": ", ".join(missing)},
            mend="sudo apt-get install postgresql-client",
        )
    return well("programs", "pg_dump, pg_restore")


def fonts(at: datetime) -> Finding:
    """Whether printed matter and pictures can show every script of the border."""
    if not shutil.which("fc-list"):
        return warning(
            "fonts",
            _("Fonts cannot be looked up; printed matter may show boxes."),
            mend="sudo apt-get install fontconfig fonts-noto-core fonts-noto-cjk",
        )
    missing = [script for script, letter in LETTERS.items() if not _has_font(letter)]
    if missing:
        return warning(
            "fonts",
            _("No font for: %(scripts)s.") % {"scripts": ", ".join(missing)},
            mend="sudo apt-get install fonts-noto-core fonts-noto-cjk",
        )
    return well("fonts", ", ".join(LETTERS))


def _has_font(letter: str) -> bool:
    found = subprocess.run(  # noqa: S603 -- fontconfig's own program, fixed words
        ["fc-list", f":charset={letter}", "family"],  # noqa: S607 -- where the system keeps it
        capture_output=True,
        text=True,
        check=False,
    )
    return bool(found.stdout.strip())


def keys(at: datetime) -> Finding:
    """Keys must be readable by their owner only."""
    folder = Path(settings.KEYS)
    if not folder.is_dir():
        return well("keys", _("the keys come from the environment"))
    open_ones = [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077]
    if folder.stat().st_mode & 0o077:
        open_ones.append(".")
    if open_ones:
        return wrong(
            "keys",
            _("Others may read in %(folder)s: %(names)s.")
            % {"folder": folder, "names": ", ".join(sorted(open_ones))},
            mend=f"chmod 700 {folder} && chmod 600 {folder}/*",
        )
    return well("keys", _("readable by their owner only"))


def disk(at: datetime) -> Finding:
    free = free_bytes(Path(settings.DATA))
    words = _("%(megabytes)d MB free") % {"megabytes": free // (1024 * 1024)}
    mend = _("make room on the disk of %(folder)s") % {"folder": settings.DATA}
    if free < LEAST_FREE_BYTES:
        return wrong("disk", words, mend=mend)
    if free < COMFORTABLE_BYTES:
        return warning("disk", words, mend=mend)
    return well("disk", words)


def clock(at: datetime) -> Finding:
    if at < CODE_IS_YOUNGER_THAN:
        return wrong(
            "clock",
            _("The clock says %(moment)s.") % {"moment": at.isoformat(timespec="minutes")},
            mend="sudo timedatectl set-ntp true",
        )
    return well("clock", at.isoformat(timespec="minutes"))
