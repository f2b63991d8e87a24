"""`nhipcau demo accounts`: who signs in to the sample province, and with which password."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from nhipcau.demo.queries import is_sample_house, sample_accounts
from nhipcau.demo.sample.persons import PASSWORD


class Command(BaseCommand):
    help = "Print the accounts of the sample province."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_sample_house():
            return
        accounts = sample_accounts()
        width = max((len(account.email) for account in accounts), default=0)
        self.stdout.write(_("Sample accounts, password %(password)s") % {"password": PASSWORD})
        for account in accounts:
            self.stdout.write(f"  {account.email:<{width}}  {account.what}")
