"""Gathers the interface's sentences, and says whether the catalogues still hold them.

tools/catalogues.py     rewrites nhipcau/locale (needs gettext)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
import touched

ROOT = Path(__file__).resolve().parent.parent
LOCALE = Path("nhipcau") / "locale"
# The sentences in the code are English; a further language is added by making its folder.
LANGUAGES = tuple(sorted({"vi", *(path.name for path in (ROOT / LOCALE).glob("*"))}))


class NoGettext(Exception):
    """The program xgettext is not installed."""


def gather(project: Path) -> None:
    """Run makemessages in this copy of the project."""
    if not shutil.which("xgettext"):
        raise NoGettext("gettext is not installed")
    command = [sys.executable, str(project / "manage.py"), "makemessages", "--no-location"]
    command += [word for code in LANGUAGES for word in ("--locale", code)]
    command += ["--no-obsolete", "--ignore", "tests", "--ignore", "data", "--ignore", "staticfiles"]
    for code in LANGUAGES:
        (project / LOCALE / code / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    subprocess.run(
        command,
        cwd=project,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def sentences(file: Path) -> set[str]:
    if not file.exists():
        return set()
    return {
        entry.msgid if not entry.msgctxt else f"{entry.msgctxt}|{entry.msgid}"
        for entry in polib.pofile(str(file))
        if not entry.obsolete
    }


def differences() -> list[str]:
    """What the code says and a catalogue lacks, or the other way round, or is untranslated."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in touched.tracked("*"):
            target = copy / path.relative_to(ROOT)
            if path.suffix in {".py", ".html", ".txt", ".po", ".js", ".toml"} and path.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        gather(copy)
        lines = []
        for code in LANGUAGES:
            file = LOCALE / code / "LC_MESSAGES" / "django.po"
            kept, wanted = sentences(ROOT / file), sentences(copy / file)
            lines += [f"{file} lacks “{text}”: run just messages" for text in sorted(wanted - kept)]
            lines += [f"{file} still has “{text}”" for text in sorted(kept - wanted)]
            if code == "vi" and (ROOT / file).exists():
                catalogue = polib.pofile(str(ROOT / file))
                untranslated = [entry for entry in catalogue if not entry.translated()]
                lines += [f"{file}: not translated: “{entry.msgid}”" for entry in untranslated]
        return lines


if __name__ == "__main__":
    gather(ROOT)
