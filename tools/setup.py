"""Sets up what the project needs on this machine. Standard library only.

Called by ./run and ./test before anything is installed, so it must start on a bare
Python 3.11. Every step says what it does, is skipped when already done (a stamp beside
the virtual environment holds the hash of what was installed), and can be repeated.
Nothing is installed yet that could choose a language: what people read is said in both.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
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
    "peers": ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "wrk"),
    "gettext": ("gettext",),
    # For tests alone: what is private is looked for by a program that is not ours, files are made
    # by one, and a real scanner refuses one.
    "media": ("libimage-exiftool-perl", "ffmpeg", "clamav-daemon"),
    # What stands before a house on a server: the shipped configuration is tried with the real one.
    "proxy": ("nginx", "libnginx-mod-http-brotli-static"),
}


class SetUpFailed(Exception):
    """Set-up cannot go on; the sentences say what to do, in Vietnamese and in English."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(vietnamese, english)
        self.vietnamese = vietnamese
        self.english = english

    def __str__(self) -> str:
        return f"{self.vietnamese}\n{self.english}"


class ProgramFailed(SetUpFailed):
    """A program stopped with an error; `tail` is the last that it said."""

    def __init__(self, program: str, status: int, tail: str) -> None:
        super().__init__(
            f"{program} đã dừng với mã lỗi {status}.", f"{program} stopped with status {status}."
        )
        self.tail = tail

    def __str__(self) -> str:
        return f"{super().__str__()}\n{self.tail}"


def say(vietnamese: str, english: str) -> None:
    print(f"  · {vietnamese} | {english}", flush=True)


def run(*command: str | Path, quiet: bool = True, env: dict[str, str] | None = None) -> None:
    result = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        # No program waits for an answer that nobody sees it ask for; sudo asks the terminal itself.
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if result.returncode:
        tail = "\n".join((result.stdout or "").splitlines()[-15:])
        raise ProgramFailed(str(command[0]), result.returncode, tail)


def privileged() -> list[str]:
    """What to put before a command that needs root; empty for root itself.

    sudo asks for the password where somebody sits at a terminal, and is told not to elsewhere.
    """
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        raise SetUpFailed(
            "Thiếu gói hệ thống, mà người dùng này không phải root và máy không có sudo.",
            "System packages are missing; this user is not root, and there is no sudo here.",
        )
    if not os.isatty(0):
        return ["sudo", "-n"]
    say("sudo có thể hỏi mật khẩu của bạn", "sudo may ask for your password")
    return ["sudo"]


def by_hand(*packages: str) -> str:
    """What somebody types who installs these packages without us."""
    command = shlex.join(["apt-get", "install", "-y", "--no-install-recommends", *packages])
    if not shutil.which("apt-get"):
        return " ".join(packages)
    return f"sudo {command}" if shutil.which("sudo") else f"su -c '{command}'"


def apt_install(*packages: str) -> None:
    """Install system packages with apt, with progress; raises where that is impossible.

    The refusal names the command that whoever may can type instead.
    """
    try:
        _apt_install(*packages)
    except SetUpFailed as failure:
        command = by_hand(*packages)
        raise SetUpFailed(
            f"{failure.vietnamese} Hãy tự cài rồi chạy lại: {command}",
            f"{failure.english} Please install by hand and start again: {command}"
            + (f"\n{failure.tail}" if isinstance(failure, ProgramFailed) else ""),
        ) from failure


def _apt_install(*packages: str) -> None:
    if not shutil.which("apt-get"):
        raise SetUpFailed("Máy này không có apt.", "There is no apt here.")
    say(f"apt đang cài {' '.join(packages)}", "apt installs these packages")
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
    except ProgramFailed:
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
    say(f"{len(stale)} bảng câu chữ của giao diện", "catalogues of the interface")
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
    say("ngữ pháp của bộ đọc kế hoạch", "the grammar of the plan reader")
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
    # The last thing that `venv` writes: one that was broken off is made anew.
    if not (BIN / "activate").exists():
        say("môi trường ảo .venv", f"virtual environment .venv (Python {sys.version.split()[0]})")
        try:
            import ensurepip  # noqa: F401 -- only asked whether it is there
        except ImportError:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            apt_install(f"python{version}-venv")
        run(sys.executable, "-m", "venv", "--clear", VENV)
    count = requirements.read_text().count("==")
    say(f"{count} gói của {requirements.name}, kiểm bằng mã băm", "packages, checked by hash")
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
        say("uv không cài được; làm lại bằng pip, chậm hơn", "uv could not; pip is slower")
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
        command = by_hand(*missing)
        say(f"tạm chạy không có {', '.join(names)}; muốn có hãy gõ", f"for these, type: {command}")


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
        print(f"Chưa cài đặt xong | Set-up stopped\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            "\nĐã dừng cài đặt theo yêu cầu; lần chạy sau làm tiếp. | "
            "Set-up was stopped as asked; the next start goes on with it.",
            file=sys.stderr,
        )
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
