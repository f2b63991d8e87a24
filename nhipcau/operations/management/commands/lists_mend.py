"""`nhipcau lists mend`: sets right what lists repeat of other rows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.media.actions import mend_sizes
from nhipcau.publishing.actions import mend_lists


class Command(BaseCommand):
    help = "Set right what lists repeat of other rows, where the doctor found it wrong."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        by, at = Machine(gettext_noop("mending of the lists")), timezone.now()
        count = mend_sizes(by=by, at=at) + mend_lists(by=by, at=at)
        self.stdout.write(_("%(count)d rows were set right.") % {"count": count})
