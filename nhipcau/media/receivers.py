"""New files of sound and film go to the workshop, in the transaction that made them."""

from __future__ import annotations

from datetime import datetime

from django.dispatch import receiver

from nhipcau.kernel.actor import Actor
from nhipcau.media.actions.renditions import announce_moving_file
from nhipcau.media.enums import ItemKind
from nhipcau.media.models import MediaFile, MediaItem
from nhipcau.media.signals import file_added

MOVING = frozenset({ItemKind.AUDIO, ItemKind.VIDEO})


@receiver(file_added, dispatch_uid="media.moving.announce")
def announce(*, item: MediaItem, file: MediaFile, by: Actor, at: datetime, **_: object) -> None:
    if item.kind in MOVING:
        announce_moving_file(file=file, by=by, at=at)
