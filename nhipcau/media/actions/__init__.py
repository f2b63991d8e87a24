"""Every write of the media room, by what it is about."""

from nhipcau.media.actions.files import keep_file
from nhipcau.media.actions.public import (
    open_public_copies,
    stage_public_copy,
    withdraw_public_copy,
)

__all__ = ["keep_file", "open_public_copies", "stage_public_copy", "withdraw_public_copy"]
