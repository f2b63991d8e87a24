"""The worker's edge: sheets of records are looked through and brought in."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.outbox.contract import Handler, News
from nhipcau.outbox.errors import DeliveryFailed
from nhipcau.works.actions.record_sheets import BRING, LOOK, bring_in, look_through
from nhipcau.works.models import RecordSheet

BRINGER = Machine(gettext_noop("record bringer"))


class SheetBringer(Handler):
    """Goes through sheets, one at a time; twice comes to the same as once."""

    name = gettext_noop("works.sheets")
    topics = frozenset({LOOK, BRING})
    lease = timedelta(minutes=5)
    takes_long = True

    def handle(self, message: News) -> None:
        sheet = (
            RecordSheet.objects.select_related("unit", "file", "archive", "accepted_by")
            .filter(pk=message.payload["sheet"])
            .first()
        )
        if sheet is None:
            return
        try:
            if message.topic == LOOK:
                look_through(sheet=sheet, by=BRINGER, at=timezone.now())
            else:
                bring_in(sheet=sheet, by=BRINGER, at=timezone.now(), beat=message.heartbeat)
        except OSError as trouble:
            raise DeliveryFailed(f"disk: {trouble.strerror}") from trouble
