"""Gathers the interface's sentences, and says whether the catalogues still hold them.

tools/catalogues.py     rewrites nhipcau/locale (needs gettext)

What Wagtail, allauth and Django say stands apart in nhipcau/locale_of_libraries, written by hand:
gathering only takes out what our own code says by now (docs/decisions/0009). What readers of the
portal are told stands in further languages in nhipcau/locale_of_readers.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib
import touched

ROOT = Path(__file__).resolve().parent.parent
LOCALE = Path("nhipcau") / "locale"
LIBRARIES = Path("nhipcau") / "locale_of_libraries"
# The sentences in the code are English; a further language is added by making its folder.
LANGUAGES = tuple(sorted({"vi", *(path.name for path in (ROOT / LOCALE).glob("*"))}))
# What readers are told is said in the languages of the portal, which the desk does not speak.
READERS = Path("nhipcau") / "locale_of_readers"
READERS_LANGUAGES = tuple(sorted(path.name for path in (ROOT / READERS).glob("*")))
TOLD_TO_READERS = ("templates/website/**/*.html", "phrases.py", "forms/readers.py")
NAMED = re.compile(r"%\((\w+)\)[sd]|\{(\w+)[^{}]*\}")
POSITIONAL = re.compile(r"%[sd]")


class NoGettext(Exception):
    """The program xgettext is not installed."""


def gather(project: Path) -> None:
    """Run makemessages in this copy of the project and bring the files into one shape."""
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
    for code in LANGUAGES:
        ours = project / LOCALE / code / "LC_MESSAGES" / "django.po"
        tidy(ours)
        give_way(project / LIBRARIES / code / "LC_MESSAGES" / "django.po", to=ours)
    gather_for_readers(project)


def gather_for_readers(project: Path) -> None:
    """The sentences of the portal's templates, phrases and forms, and no others, per language."""
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder)
        website = project / "nhipcau" / "website"
        for pattern in TOLD_TO_READERS:
            for path in website.glob(pattern):
                target = alone / "website" / path.relative_to(website)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        command = [sys.executable, str(project / "manage.py"), "makemessages", "--no-location"]
        for code in READERS_LANGUAGES:
            command += ["--locale", code]
            kept = project / READERS / code / "LC_MESSAGES" / "django.po"
            (alone / "locale" / code / "LC_MESSAGES").mkdir(parents=True)
            if kept.exists():
                shutil.copyfile(kept, alone / "locale" / code / "LC_MESSAGES" / "django.po")
        subprocess.run(
            [*command, "--no-obsolete"],
            cwd=alone,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        for code in READERS_LANGUAGES:
            gathered = alone / "locale" / code / "LC_MESSAGES" / "django.po"
            tidy(gathered)
            shutil.copyfile(gathered, project / READERS / code / "LC_MESSAGES" / "django.po")


def give_way(libraries: Path, *, to: Path) -> None:
    """Take out of the libraries' catalogue what our own code says by now."""
    if not libraries.exists():
        return
    said = sentences(to)
    catalogue = polib.pofile(str(libraries), wrapwidth=100)
    doubled = [entry for entry in catalogue if entry.msgid in said and not entry.msgctxt]
    for entry in doubled:
        catalogue.remove(entry)
    if doubled:
        catalogue.save()


def tidy(file: Path) -> None:
    """Entries in the order of the alphabet, without guesses and moments.

    Two people who add sentences then rarely touch the same line, and gathering twice changes
    nothing.
    """
    catalogue = polib.pofile(str(file), wrapwidth=100)
    for entry in catalogue.fuzzy_entries():
        # msgmerge's guess from a sentence that looks alike is no translation.
        entry.flags.remove("fuzzy")
        entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
        entry.msgstr = ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    catalogue.metadata.pop("POT-Creation-Date", None)
    catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgid, entry.msgctxt or ""))
    catalogue.save()


def sentences(file: Path) -> set[str]:
    if not file.exists():
        return set()
    return {
        entry.msgid if not entry.msgctxt else f"{entry.msgctxt}|{entry.msgid}"
        for entry in polib.pofile(str(file))
        if not entry.obsolete
    }


def faults(file: Path) -> list[str]:
    """What is untranslated in a catalogue, or names other values than its source does."""
    lines = []
    for entry in polib.pofile(str(ROOT / file)):
        if not entry.translated():
            lines.append(f"{file}: not translated: “{entry.msgid}”")
            continue
        known = placeholders([entry.msgid, entry.msgid_plural])
        lines += [
            f"{file}: other values than in “{entry.msgid}”: “{text}”"
            for text in [entry.msgstr, *entry.msgstr_plural.values()]
            if text and placeholders([text]) != known
        ]
    return lines


def placeholders(texts: Iterable[str]) -> set[str]:
    """The names, and for nameless ones the count, of what is put into these sentences."""
    found = set()
    for text in texts:
        found |= {name for match in NAMED.findall(text) for name in match if name}
        found |= {f"%s×{len(POSITIONAL.findall(text))}"} if POSITIONAL.search(text) else set()
    return found


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
            if (ROOT / file).exists():
                lines += faults(file)
        for code in READERS_LANGUAGES:
            file = READERS / code / "LC_MESSAGES" / "django.po"
            kept, wanted = sentences(ROOT / file), sentences(copy / file)
            lines += [f"{file} lacks “{text}”: run just messages" for text in sorted(wanted - kept)]
            lines += [f"{file} still has “{text}”" for text in sorted(kept - wanted)]
            lines += faults(file)
        for path in sorted((ROOT / LIBRARIES).glob("*/LC_MESSAGES/*.po")):
            lines += faults(path.relative_to(ROOT))
        return lines


if __name__ == "__main__":
    gather(ROOT)
