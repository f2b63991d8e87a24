"""`nhipcau media verify [FILE ...]`: whether files are what they were.

Without a file: whether every kept file is there and unchanged. With files: who issued each, and
whether it was changed since; nothing is asked of a network.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.media.errors import NoProvenanceKey
from nhipcau.media.intake.formats import recognise
from nhipcau.media.intake.refusals import Refused
from nhipcau.media.models import StoredFile
from nhipcau.media.provenance.authority import anchors, authority
from nhipcau.media.provenance.verifying import Standing, Verdict, verify
from nhipcau.media.queries import Damage, damaged_files


class Command(BaseCommand):
    help = (
        "Check every kept file against its hash; or, with FILE, say who issued a file and whether "
        "it was changed. Exit status 1 when something is missing, changed or not to be trusted."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--trust", type=Path, help="File of roots to trust (PEM), instead of the settings'."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["files"]:
            self._files(options["files"], options["trust"])
        else:
            self._store()

    def _store(self) -> None:
        worst = 0
        for finding in damaged_files():
            self.stdout.write(f"{finding.damage.value}\t{finding.digest}")
            worst += finding.damage is not Damage.UNNAMED
        if worst:
            raise CommandError(
                _("%(count)d kept files are missing or changed; restore them from a backup.")
                % {"count": worst}
            )
        self.stdout.write(_("%(count)d files, all whole.") % {"count": StoredFile.objects.count()})

    def _files(self, files: list[Path], trust: Path | None) -> None:
        roots = trust.read_bytes() if trust is not None else _roots()
        verdicts = [self._file(path, roots) for path in files]
        if any(verdict is not Standing.TRUSTED for verdict in verdicts):
            raise CommandError(_("Not every file can be trusted."))

    def _file(self, path: Path, roots: bytes) -> Standing | None:
        try:
            mime = recognise(path).mime
            verdict = verify(path, mime=mime, anchors=roots)
        except (OSError, Refused) as trouble:
            self.stdout.write(f"{path}\t{_('cannot be read: %(why)s') % {'why': trouble}}")
            return None
        self.stdout.write(f"{path}\t{_sentence(verdict)}")
        return verdict.standing


def _roots() -> bytes:
    """Those that the settings trust, else our own; none where the house has no key either."""
    if settings.PROVENANCE_ANCHORS:
        return anchors()
    try:
        return authority(at=timezone.now()).anchors
    except NoProvenanceKey:
        return b""


def _sentence(verdict: Verdict) -> str:
    values = {
        "signer": verdict.issuer,
        "publisher": verdict.publisher or "?",
        "title": verdict.title,
        "day": verdict.published[:10] or "?",
        "faults": ", ".join(verdict.faults),
    }
    return {
        Standing.TRUSTED: _(
            "unchanged; “%(title)s”, issued by %(publisher)s on %(day)s, signed by %(signer)s"
        ),
        Standing.UNKNOWN_SIGNER: _(
            "unchanged since it was signed, but the signer (%(signer)s) is not one that we trust; "
            "it names %(publisher)s as its issuer"
        ),
        Standing.CHANGED: _(
            "CHANGED since it was signed by %(signer)s for %(publisher)s (%(faults)s)"
        ),
        Standing.NONE: _("bears no credential: nothing can be said of where it comes from"),
    }[verdict.standing] % values
