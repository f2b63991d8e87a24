"""`nhipcau pages status`: how many finished pages are kept, wait to be made again, or fail."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nhipcau.website.store.queries import failing_pages, progress, standing


class Command(BaseCommand):
    help = "Show how the page store stands; exit status 1 when a page cannot be made."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        stands = standing()
        self.stdout.write(
            _("%(kept)d pages are kept, %(waiting)d wait to be made again, %(failing)d fail.")
            % {"kept": stands.kept, "waiting": stands.waiting, "failing": stands.failing}
        )
        going_on = progress()
        if going_on is not None:
            self.stdout.write(
                _("All pages are being made again (%(reason)s): %(made)d of %(pages)d.")
                % {
                    "reason": _(going_on.reason),
                    "made": going_on.made,
                    "pages": going_on.pages,
                }
            )
        for page in failing_pages():
            self.stdout.write(f"  {page.address}: {page.trouble}")
        if stands.failing:
            raise SystemExit(1)
