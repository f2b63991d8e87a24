"""Sets up what the project needs on this machine. Standard library only.

Called by ./run and ./test before anything is installed, so it must start on a bare
Python 3.11. Every step says what it does, is skipped when already done (a stamp beside
the virtual environment holds the hash of what was installed), and can be repeated.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMP = VENV / "installed.sha256"

# What a feature needs beyond Python -> the packages of Debian and Ubuntu that bring it.
SYSTEM_PACKAGES = {
    "postgresql": ("postgresql", "postgresql-contrib"),
    "chromium": ("chromium",),
    # Printed matter: fonts for Vietnamese, Chinese, Lao, Khmer.
    "renditions": ("fonts-noto-core", "fonts-noto-cjk"),
    # Programs of others that open what we made, in tests; and what the benchmark's peer needs.
    "checkers": ("poppler-utils", "qpdf", "zbar-tools", "epubcheck"),
    "peers": ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    "gettext": ("gettext",),
    # For tests alone: what is private is looked for by a program that is not ours, files are made
    # by one, and a real scanner refuses one.
    "media": ("libimage-exiftool-perl", "ffmpeg", "clamav-daemon"),
    # What stands before a house on a server: the shipped configuration is tried with the real one.
    "proxy": ("nginx",),
}


class SetUpFailed(Exception):
    """Set-up cannot go on; the message says what to do."""


def say(text: str) -> None:
    print(f"  · {text}", flush=True)


def run(*command: str | Path, quiet: bool = True, env: dict[str, str] | None = None) -> None:
    result = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if result.returncode:
        tail = "\n".join((result.stdout or "").splitlines()[-15:])
        raise SetUpFailed(f"{command[0]} stopped with status {result.returncode}\n{tail}")


def privileged() -> list[str]:
    """What to put before a command that needs root; empty for root itself."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo", "-n"]
    raise SetUpFailed("System packages are missing and this user is neither root nor may use sudo.")


def apt_install(*packages: str) -> None:
    """Install system packages with apt, with progress; raises where there is no apt."""
    if not shutil.which("apt-get"):
        raise SetUpFailed(f"Please install by hand (no apt here): {' '.join(packages)}")
    say(f"apt: {' '.join(packages)}")
    # apt under a bare environment must not ask questions nor start services.
    prefix = [*privileged(), "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"]
    lists = Path("/var/lib/apt/lists")
    fresh = [
        path for path in lists.glob("*Packages*") if time.time() - path.stat().st_mtime < 86400
    ]
    if not fresh:
        run(*prefix, "apt-get", "update", "-q")
    # Another apt may be at work on a machine that was just started.
    patient = ["-o", "DPkg::Lock::Timeout=180"]
    install = [*prefix, "apt-get", *patient, "install", "-y", "-q", "--no-install-recommends"]
    install += packages
    try:
        run(*install)
    except SetUpFailed:
        # The list may be stale although recent: a mirror drops old versions the same day.
        run(*prefix, "apt-get", "update", "-q")
        run(*install)


def program(*names: str) -> str | None:
    """The first of these programs that is on the path."""
    return next((found for name in names if (found := shutil.which(name))), None)


def is_debian() -> bool:
    """Debian itself, on which everything is known to run."""
    try:
        return "\nID=debian\n" in "\n" + Path("/etc/os-release").read_text()
    except OSError:
        return False


def missing_packages(*names: str) -> list[str]:
    """Which system packages of these features are not installed; [] where dpkg is unknown."""
    wanted = [package for name in names for package in SYSTEM_PACKAGES[name]]
    if not shutil.which("dpkg-query"):
        return []
    known = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\\n", *wanted],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    return [package for package in wanted if f"{package} installed" not in known]


def compile_messages() -> None:
    """Machine-readable catalogues beside every .po, where the .po is newer."""
    stale = [
        path
        for path in sorted((ROOT / "nhipcau").glob("locale*/*/LC_MESSAGES/*.po"))
        if not path.with_suffix(".mo").exists()
        or path.with_suffix(".mo").stat().st_mtime < path.stat().st_mtime
    ]
    if not stale:
        return
    say(f"{len(stale)} catalogues of the interface")
    compiling = (
        "import os, polib, sys\n"
        "for path in sys.argv[1:]:\n"
        "    unfinished = path + '.unfinished'\n"
        "    polib.pofile(path).save_as_mofile(unfinished)\n"
        "    os.replace(unfinished, path[:-2] + 'mo')\n"
    )
    run(BIN / "python", "-c", compiling, *stale)


def keep_expressions() -> None:
    """The grammar of the plan reader, compiled; again after any change of it."""
    reading = ROOT / "nhipcau" / "plans" / "reading"
    kept = list(reading.glob("__pycache__/expressions.*.kept"))
    changed = max(path.stat().st_mtime for path in reading.rglob("*.py"))
    if any(path.stat().st_mtime > changed for path in kept):
        return
    say("the grammar of the plan reader")
    keeping = "from nhipcau.plans.reading.expressions import keep_grammar; keep_grammar()"
    run(BIN / "python", "-c", keeping)


def wanted_hash(requirements: Path) -> str:
    parts = [
        requirements.read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        sys.version.encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def ensure_environment(*, development: bool) -> None:
    """A .venv beside the project with exactly the hashed requirements in it."""
    requirements = ROOT / "requirements" / ("dev.txt" if development else "base.txt")
    wanted = wanted_hash(requirements)
    installed = STAMP.read_text().split() if STAMP.exists() else []
    # The development environment holds everything that the running house needs.
    if wanted in installed and (BIN / "nhipcau").exists():
        return
    if not (BIN / "python").exists():
        say(f"virtual environment .venv (Python {sys.version.split()[0]})")
        try:
            import ensurepip  # noqa: F401 -- only asked whether it is there
        except ImportError:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            apt_install(f"python{version}-venv")
        run(sys.executable, "-m", "venv", VENV)
    say(f"{requirements.name}: {requirements.read_text().count('==')} packages, checked by hash")
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "--disable-pip-version-check", "--quiet"]
    try:
        if not (BIN / "uv").exists():
            run(*pip, "install", "--require-hashes", "-r", "requirements/uv.txt")
        environment = {"VIRTUAL_ENV": str(VENV)}
        run(
            BIN / "uv",
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            requirements,
            env=environment,
        )
    except SetUpFailed:
        # pip knows mirrors and proxies from files that uv does not read.
        say("uv could not; once more with pip (slower)")
        run(*pip, "install", "--require-hashes", "-r", requirements)
    run(*pip, "install", "--no-deps", "--no-build-isolation", "--no-index", "-e", ".")
    stamps = {wanted}
    if development:
        stamps.add(wanted_hash(ROOT / "requirements" / "base.txt"))
    STAMP.write_text("\n".join(sorted(stamps)) + "\n")


def install_where_possible(*names: str) -> None:
    missing = missing_packages(*names)
    try:
        if missing:
            apt_install(*missing)
    except SetUpFailed:
        say(f"without {', '.join(names)} for now: please install {' '.join(missing)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--development", action="store_true")
    parser.add_argument("--system", nargs="*", default=[], choices=sorted(SYSTEM_PACKAGES))
    parser.add_argument(
        "--wanted", nargs="*", default=[], choices=sorted(SYSTEM_PACKAGES),
        help="as --system, but where it cannot be installed the house runs without it",
    )  # fmt: skip
    arguments = parser.parse_args()
    try:
        ensure_environment(development=arguments.development)
        compile_messages()
        keep_expressions()
        install_where_possible(*arguments.wanted)
        missing = missing_packages(*arguments.system)
        if missing:
            apt_install(*missing)
    except SetUpFailed as failure:
        print(f"Set-up stopped: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
