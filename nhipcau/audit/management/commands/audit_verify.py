"""`nhipcau audit verify [--head FILE]`: is the diary still what it was?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.audit.chain import Finding
from nhipcau.audit.heads import HeadUnreadable
from nhipcau.audit.queries import missing_guards
from nhipcau.audit.verification import Verification


class Command(BaseCommand):
    help = "Reads the whole diary and names every line that was changed, removed or moved."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a file with signed heads kept elsewhere (from a backup, a digest, a copy)",
        )

    def handle(self, *, head: list[Path], **options: Any) -> None:
        for path in head:
            if not path.is_file():
                raise CommandError(_("There is no file %(path)s.") % {"path": path})
        verification = Verification(extra_heads=head)
        flaws = 0
        try:
            for finding in verification.findings():
                flaws += 1
                self.stdout.write(sentence(finding))
        except HeadUnreadable as error:
            raise CommandError(
                _("A file of signed heads cannot be read: %(place)s.") % {"place": error}
            ) from error
        for guard in missing_guards():
            flaws += 1
            self.stdout.write(
                _("The guard “%(guard)s” is missing; “manage.py migrate” sets it up again.")
                % {"guard": guard}
            )
        self.stdout.write(
            _(
                "Read %(links)d sealed entries and %(heads)d signed heads;"
                " %(unsealed)d entries wait for the sealer."
            )
            % {
                "links": verification.links,
                "heads": verification.heads,
                "unsealed": verification.unsealed,
            }
        )
        if flaws:
            raise CommandError(
                ngettext(
                    "The diary is not what it was: %(count)d flaw.",
                    "The diary is not what it was: %(count)d flaws.",
                    flaws,
                )
                % {"count": flaws}
            )
        self.stdout.write(_("The diary is whole."))


def sentence(finding: Finding) -> str:
    """The finding for people: what, and where."""
    named = {
        "flaw": finding.flaw.label,
        "entry": finding.entry_id,
        "first": finding.position,
        "last": finding.position if finding.last is None else finding.last,
    }
    if finding.entry_id is not None and finding.position is not None:
        return _("%(flaw)s: entry %(entry)d, position %(first)d") % named
    if finding.entry_id is not None:
        return _("%(flaw)s: entry %(entry)d") % named
    if named["first"] != named["last"]:
        return _("%(flaw)s: positions %(first)d to %(last)d") % named
    return _("%(flaw)s: position %(first)d") % named
