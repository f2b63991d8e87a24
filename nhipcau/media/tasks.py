"""The worker's edge: whole uploads are examined, again and again while the scanner is silent."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.media.actions.uploads import ARRIVED, examine_upload
from nhipcau.media.errors import ScannerSilent
from nhipcau.media.models import Upload
from nhipcau.outbox.contract import Handler, News
from nhipcau.outbox.errors import DeliveryFailed

EXAMINER = Machine(gettext_noop("media examiner"))


class Examiner(Handler):
    """Takes files that have arrived into the library; twice comes to the same as once."""

    name = gettext_noop("media examiner")
    topics = frozenset({ARRIVED})
    lease = timedelta(minutes=15)
    gives_up_after = 500  # a scanner may be away for two weeks: a file waits, it never passes

    def handle(self, message: News) -> None:
        upload = (
            Upload.objects.select_related("person", "unit", "replaces")
            .filter(pk=message.payload["upload"])
            .first()
        )
        if upload is None:
            return
        try:
            examine_upload(upload=upload, by=EXAMINER, at=timezone.now())
        except ScannerSilent as silent:
            raise DeliveryFailed(f"clamd: {silent}") from silent
        except OSError as trouble:
            raise DeliveryFailed(f"disk: {trouble.strerror}") from trouble
