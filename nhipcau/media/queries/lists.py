"""The library as lists: every list says what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from nhipcau.kernel.folding import unaccented
from nhipcau.media.enums import Consent
from nhipcau.media.models import MediaItem
from nhipcau.media.rules.licences import licences
from nhipcau.media.signals import used_items_asked
from nhipcau.people.queries import Rights

PAGE = 48
SOON = timedelta(days=30)
SORTS = {
    "-made": ("-made_at", "-pk"),
    "made": ("made_at", "pk"),
    "title": ("sorted_as", "pk"),
    "-size": ("-size_bytes", "pk"),
}


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """What the library is narrowed to; empty values do not narrow."""

    words: str = ""
    kind: str = ""
    unit: int | None = None
    licence: str = ""
    expiry: str = ""  # past, soon, none
    consent: str = ""  # missing
    is_unused: bool = False
    in_trash: bool = False
    sort: str = "-made"


def items_listed(rights: Rights, wanted: LibraryFilter, *, on: date) -> QuerySet[MediaItem]:
    """What the person sees of the library; as `LongPaginator` for a page."""
    items = MediaItem.objects.visible_to(rights).filter(trashed_at__isnull=not wanted.in_trash)
    for word in unaccented(wanted.words).split():
        items = items.filter(folded__contains=word)
    if wanted.kind:
        items = items.filter(kind=wanted.kind)
    if wanted.unit is not None:
        items = items.filter(unit_id=wanted.unit)
    if wanted.licence:
        items = items.filter(licence="" if wanted.licence == "none" else wanted.licence)
    if wanted.expiry:
        items = items.filter(_expiring(wanted.expiry, on))
    if wanted.consent:
        items = items.filter(consent__in=[Consent.UNKNOWN, Consent.REFUSED])
    if wanted.is_unused:
        for _receiver, used in used_items_asked.send(sender=MediaItem):
            items = items.exclude(pk__in=used)
    return items.order_by(*SORTS.get(wanted.sort, SORTS["-made"])).select_related(
        "current__stored", "unit"
    )


def _expiring(expiry: str, on: date) -> Q:
    """Of the right to use it or of the consent, whichever comes first."""
    if expiry == "none":
        return Q(expires_on__isnull=True, consent_until__isnull=True)
    last = on if expiry == "past" else on + SOON
    ended = Q(expires_on__lt=last) | Q(consent_until__lt=last)
    begun = Q(expires_on__gte=on) | Q(consent_until__gte=on)
    return ended if expiry == "past" else ended & begun


HEADINGS = (
    "title", "kind", "unit", "credit", "rights_holder", "licence", "source", "expires_on",
    "consent", "consent_until", "width", "height", "bytes", "file", "added",
)  # fmt: skip


def export_rows(items: Iterable[MediaItem], language: str) -> Iterator[Sequence[object]]:
    """The library as rows of cells, in the order of HEADINGS."""
    known = licences()
    for item in items:
        file = item.current
        licence = known.get(item.licence)
        yield (
            item.title,
            str(item.get_kind_display()),
            item.unit.label,
            item.credit,
            item.rights_holder,
            item.licence if licence is None else licence.name_in(language),
            item.source,
            item.expires_on,
            str(item.get_consent_display()),
            item.consent_until,
            None if file is None else file.width,
            None if file is None else file.height,
            None if file is None else file.stored.size_bytes,
            "" if file is None else file.file_name,
            item.made_at.date(),
        )
