"""`nhipcau prepare`: brings database and static files to where this code wants them."""

from __future__ import annotations

import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from nhipcau.operations.errors import DatabaseNewer, SampleInTheOpen, UpgradeWanted
from nhipcau.operations.queries import (
    has_people,
    is_real_province,
    pending_migrations,
    sample_accounts,
    unknown_migrations,
)
from nhipcau.operations.serving import stamp


class Command(BaseCommand):
    help = "Migrate, collect static files, load the sample when asked and empty."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sample", action="store_true")
        parser.add_argument("--code", default="", help="fingerprint to keep for the next start")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_a_newer_database()
            self._migrate()
            refuse_sample_accounts_in_the_open()
        except (DatabaseNewer, SampleInTheOpen, UpgradeWanted) as refusal:
            raise CommandError(str(refusal), returncode=3) from refusal
        self._collect_static_files()
        accounts = self._sample() if options["sample"] else ""
        if options["code"]:
            stamp.write(Path(settings.DATA), stamp.Stamp(options["code"], accounts))

    def _say(self, text: str) -> None:
        self.stdout.write(f"  · {text}")
        self.stdout.flush()

    def _migrate(self) -> None:
        pending = pending_migrations()
        if pending and is_real_province():
            raise UpgradeWanted(
                _(
                    "This version changes the database of a province at work (%(count)d migrations"
                    " wait). Run: nhipcau upgrade. It takes a backup first, and puts the database"
                    " back when something fails."
                )
                % {"count": len(pending)}
            )
        if pending:
            self._say(_("database: %(count)d migrations") % {"count": len(pending)})
        # Also with none pending: it sets the diary's guards up again where they are missing.
        call_command("migrate", interactive=False, verbosity=0)
        for shipped in ("registry_load", "works_load", "publishing_load", "portal_open"):
            call_command(shipped, stdout=StringIO())

    def _collect_static_files(self) -> None:
        wanted = static_fingerprint()
        kept = Path(settings.STATIC_ROOT) / "collected.sha256"
        if kept.exists() and kept.read_text() == wanted:
            return
        self._say(_("style sheets, scripts and pictures of the interface"))
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        kept.write_text(wanted)
        let_everybody_read(Path(settings.STATIC_ROOT))

    def _sample(self) -> str:
        known = get_commands()
        if not settings.SAMPLE_ACCOUNTS_ALLOWED:
            self._say(_("no sample province: others can reach this house"))
            return ""
        if "demo_load" in known and not has_people():
            self._say(_("the sample province"))
            call_command("demo_load")
        if "demo_accounts" not in known:
            return ""
        told = StringIO()
        call_command("demo_accounts", stdout=told)
        return told.getvalue().strip()


def refuse_a_newer_database() -> None:
    """Raise DatabaseNewer when the database has seen migrations that this code does not know."""
    unknown = unknown_migrations()
    if unknown:
        raise DatabaseNewer(
            _(
                "The database was made by a newer version of Nhịp Cầu (it has %(migration)s). Bring"
                " the newer version back, or restore the backup made before the upgrade."
            )
            % {"migration": unknown[-1]}
        )


def refuse_sample_accounts_in_the_open() -> None:
    """Raise SampleInTheOpen when accounts with known passwords could be reached by others."""
    if not settings.SAMPLE_ACCOUNTS_ALLOWED and sample_accounts().exists():
        raise SampleInTheOpen(
            _(
                "This house holds the sample province, whose passwords everybody knows, and others"
                " can reach it. Begin with an empty place (nhipcau init), or allow it for a"
                " demonstration: NHIPCAU_SAMPLE_ACCOUNTS=yes"
            )
        )


def let_everybody_read(folder: Path) -> None:
    """A web server before the house hands these files out under a user of its own.

    Uploads are kept from others, and so are the files of a service with a narrow umask; the
    interface's style sheets and scripts hold nothing of anybody.
    """
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def static_fingerprint() -> str:
    """Changes when any static file of any room or package does."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            path = Path(storage.path(name))
            digest.update(f"{name}\0{path.stat().st_size}\0{path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()
