"""Files that are too large for memory, on their way in: what the disk refuses is said, not raised.

Django takes files apart while it looks for the form's token, before any view: an error there
would be answered as a fault of ours. So the file is left out, and the request remembers why;
`operations.middleware.DiskMiddleware` answers it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, NoReturn

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

from nhipcau.kernel.disks import disk_trouble

DISK_TROUBLE = "nhipcau.disk_trouble"  # in the request's META


class TemporaryFiles(TemporaryFileUploadHandler):
    """As Django's own, and nothing half stays on the disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._give_up(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        try:
            return super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._give_up(error)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        try:
            return super().file_complete(file_size)
        except OSError as error:
            with suppress(SkipFile):  # nobody waits for it any more
                self._give_up(error)
            return None

    def _give_up(self, error: OSError) -> NoReturn:
        trouble = disk_trouble(error)
        with suppress(OSError, AttributeError):  # what is still in memory cannot be written either
            self.file.close()
        if trouble is None or self.request is None:
            raise error
        self.request.META[DISK_TROUBLE] = trouble
        raise SkipFile from error
