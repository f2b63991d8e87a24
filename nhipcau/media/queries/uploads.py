"""Uploads under way, and what became of them."""

from __future__ import annotations

from django.db.models import QuerySet

from nhipcau.media import store
from nhipcau.media.enums import UploadState
from nhipcau.media.models import MediaItem, Upload
from nhipcau.media.rules.looks import ALIKE, distance
from nhipcau.people.models import Person
from nhipcau.people.queries import Rights


def received(upload: Upload) -> int:
    """How many bytes have arrived: told by the file on the disk, which a killed server left."""
    if upload.state != UploadState.ARRIVING:
        return upload.received_bytes
    try:
        return store.arriving_path(upload.uuid).stat().st_size
    except FileNotFoundError:
        return 0


def uploads_of(person: Person) -> QuerySet[Upload]:
    """The person's uploads, newest first, with unit and item. One query."""
    return Upload.objects.filter(person=person).select_related("unit", "item", "replaces")


def look_alikes(item: MediaItem, rights: Rights, *, most: int = 6) -> list[MediaItem]:
    """Pictures that look nearly the same as this one, nearest first. One query.

    A hint, nothing more: two pictures of one hall may look alike to it.
    """
    file = item.current
    if file is None or file.look is None:
        return []
    found = (
        MediaItem.objects.visible_to(rights)
        .not_in_trash()
        .exclude(pk=item.pk)
        .select_related("current")
    )
    alike = (
        found.filter(current__look_a=file.look_a)
        | found.filter(current__look_b=file.look_b)
        | found.filter(current__look_c=file.look_c)
        | found.filter(current__look_d=file.look_d)
    )
    near = [
        (distance(file.look, one.current.look), one)
        for one in alike[:200]
        if one.current is not None and one.current.look is not None
    ]
    near.sort(key=lambda pair: (pair[0], pair[1].pk))
    return [one for bits, one in near if bits <= ALIKE][:most]
