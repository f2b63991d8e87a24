"""How much room a unit's files take up, and how much it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from nhipcau.media.enums import UNDER_WAY
from nhipcau.media.models import MediaFile, MediaItem, StorageQuota, Upload
from nhipcau.people.enums import Permission
from nhipcau.people.queries import Rights
from nhipcau.registry.models import Unit


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes that a unit's files take up, what is on its way, and what the unit has."""

    used: int
    arriving: int
    quota: int

    @property
    def left(self) -> int:
        return max(0, self.quota - self.used - self.arriving)

    @property
    def percent(self) -> int:
        return min(100, 100 * self.used // self.quota) if self.quota else 100


def units_to_bring_for(rights: Rights, *, on: date) -> QuerySet[Unit]:
    """The units for which the person may bring files, by name. One query, when it is asked."""
    units = Unit.objects.current(on=on).order_by("label", "pk")
    if rights.reaches_every_unit(Permission.MEDIA_ADD):
        return units
    return units.filter(pk__in=rights.unit_ids(Permission.MEDIA_ADD))


def room_of(unit: Unit, *, on: date) -> Room:
    """Three queries. A file counts once for each item that has it, in the trash too."""
    used = MediaItem.objects.filter(unit=unit).aggregate(n=Sum("kept_bytes"))["n"]
    arriving = Upload.objects.filter(unit=unit, state__in=UNDER_WAY).aggregate(n=Sum("size_bytes"))[
        "n"
    ]
    return Room(used=used or 0, arriving=arriving or 0, quota=quota_of(unit, on=on))


def quota_of(unit: Unit, *, on: date) -> int:
    """The unit's own newest quota on the day, else the usual one, else the setting. One query."""
    rows = StorageQuota.objects.filter(
        Q(unit=unit) | Q(unit__isnull=True), valid_from__lte=on
    ).order_by("valid_from")
    own: int | None = None
    usual: int = settings.STORAGE_QUOTA_BYTES
    for row in rows:
        usual, own = (row.size_bytes, own) if row.unit_id is None else (usual, row.size_bytes)
    return usual if own is None else own


def rooms(*, on: date) -> list[tuple[Unit, Room]]:
    """Every unit that has files or a quota of its own, fullest first. Four queries."""
    used: dict[int, int] = dict(
        MediaItem.objects.order_by()
        .values("unit")
        .annotate(n=Sum("kept_bytes"))
        .values_list("unit", "n")
    )
    usual: int = settings.STORAGE_QUOTA_BYTES
    rows = StorageQuota.objects.filter(valid_from__lte=on).order_by("valid_from")
    own = dict(rows.filter(unit__isnull=False).values_list("unit_id", "size_bytes"))
    usual = rows.filter(unit__isnull=True).values_list("size_bytes", flat=True).last() or usual
    units = Unit.objects.filter(pk__in={*used, *own}).order_by("label")
    found = [(unit, Room(used.get(unit.pk, 0), 0, own.get(unit.pk, usual))) for unit in units]
    return sorted(found, key=lambda pair: -pair[1].percent)


def items_out_of_step() -> QuerySet[MediaItem]:
    """Items whose sizes are not those of their files, which come as `newest` and `every`.

    For the doctor: reads them all.
    """
    files = MediaFile.objects.filter(item=OuterRef("pk")).order_by().values("item")
    sizes = files.annotate(total=Sum("stored__size_bytes")).values("total")
    return MediaItem.objects.annotate(
        newest=Coalesce("current__stored__size_bytes", 0), every=Coalesce(Subquery(sizes), 0)
    ).exclude(size_bytes=F("newest"), kept_bytes=F("every"))
