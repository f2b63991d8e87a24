"""`nhipcau search rebuild`: builds the indexes of this machine anew, while the old ones serve."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from nhipcau.search.engine.building import Build, Progress
from nhipcau.search.engine.store import WriterBusy
from nhipcau.search.engine.trees import all_trees

SECONDS_BETWEEN_LINES = 2.0


class Command(BaseCommand):
    help = (
        "Build the search indexes of this machine anew. Searching goes on in the old ones until "
        "the new ones count. Killed, it goes on where it stopped when it is called again."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "indexes", nargs="*", help="only these, as `nhipcau search state` calls them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        trees = {tree.label: tree for tree in all_trees()}
        unknown = sorted(set(options["indexes"]) - set(trees))
        if unknown:
            raise CommandError(
                _("There is no index “%(name)s”. There are: %(names)s.")
                % {"name": unknown[0], "names": ", ".join(trees)}
            )
        for label in options["indexes"] or trees:
            try:
                with Build(trees[label]) as build:
                    self._told(build)
            except WriterBusy as busy:
                raise CommandError(
                    _("The index “%(name)s” is being built already, by another process.")
                    % {"name": label}
                ) from busy

    def _told(self, build: Build) -> None:
        began = said = time.monotonic()
        first: Progress | None = None
        for progress in build.run():
            first = first or progress
            now = time.monotonic()
            if progress.is_over or now - said >= SECONDS_BETWEEN_LINES:
                said = now
                rate = (progress.done - first.done) / max(now - began, 0.001)
                self.stdout.write(_line(progress, rate))


def _line(progress: Progress, rate: float) -> str:
    values = {
        "index": progress.tree,
        "done": progress.done,
        "total": progress.total,
        "rate": round(rate),
    }
    if progress.is_over:
        return _("%(index)s: %(done)d rows, %(rate)d a second; it counts now.") % values
    return _("%(index)s: %(done)d of %(total)d rows, %(rate)d a second") % values
