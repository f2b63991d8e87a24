"""What happens to an item of the library: added, changed, replaced, put aside, brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import unaccented
from nhipcau.media.enums import Consent
from nhipcau.media.errors import ItemInUse, NotPossible
from nhipcau.media.models import AltText, MediaFile, MediaItem, StoredFile
from nhipcau.media.queries.usage import usage_of
from nhipcau.media.rules.licences import licences
from nhipcau.media.rules.looks import quarters, signed
from nhipcau.media.signals import file_added, item_replaced
from nhipcau.registry.models import Language, Unit

# What a person may change of an item; everything else changes by an act of its own.
CHANGEABLE = (
    "title", "credit", "rights_holder", "licence", "source", "expires_on", "consent",
    "consent_reference", "consent_scope", "consent_until", "is_map", "origin", "made_in_year",
    "archive_mark", "is_decorative", "is_shared", "focal_x", "focal_y",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a cleaned file that was kept."""

    stored: StoredFile
    original_sha256: str
    file_name: str
    mime: str
    ending: str
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    pages: int | None = None
    taken_out: tuple[str, ...] = ()
    look: int | None = None


@transaction.atomic
def add_item(
    *, kind: str, title: str, unit: Unit, facts: FileFacts, by: Actor, at: datetime
) -> MediaItem:
    """A new item with its first file; `file_added` is sent."""
    item = MediaItem.objects.create(
        kind=kind, title=title, unit=unit, owner_key=by.actor_key, made_at=at, changed_at=at
    )
    file = _add_file(item, 1, facts, by, at)
    record(
        event="media.item.added",
        target=item,
        by=by,
        at=at,
        after={"kind": kind, "unit": unit.key, "file": facts.stored.sha256},
    )
    file_added.send(sender=MediaItem, item=item, file=file, by=by, at=at)
    return item


@transaction.atomic
def replace_file(*, item: MediaItem, facts: FileFacts, by: Actor, at: datetime) -> MediaFile:
    """A newer file for the item, everywhere at once; the old one stays in its history.

    Whoever shows the old file is told by `item_replaced`: what was released keeps its public copy
    until a correction takes the new one.
    """
    item = MediaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    before = item.current
    file = _add_file(item, item.files.count() + 1, facts, by, at)
    record(
        event="media.item.replaced",
        target=item,
        by=by,
        at=at,
        before={"file": None if before is None else before.stored.sha256},
        after={"file": facts.stored.sha256, "number": file.number},
    )
    file_added.send(sender=MediaItem, item=item, file=file, by=by, at=at)
    item_replaced.send(sender=MediaItem, item=item, before=before, after=file, by=by, at=at)
    return file


def _add_file(item: MediaItem, number: int, facts: FileFacts, by: Actor, at: datetime) -> MediaFile:
    look = facts.look
    bands = (None, None, None, None) if look is None else quarters(look)
    file = MediaFile.objects.create(
        item=item,
        number=number,
        stored=facts.stored,
        original_sha256=facts.original_sha256,
        file_name=facts.file_name,
        mime=facts.mime,
        ending=facts.ending,
        width=facts.width,
        height=facts.height,
        duration_ms=facts.duration_ms,
        pages=facts.pages,
        taken_out=list(facts.taken_out),
        look=None if look is None else signed(look),
        look_a=bands[0],
        look_b=bands[1],
        look_c=bands[2],
        look_d=bands[3],
        made_at=at,
        made_by_key=by.actor_key,
    )
    item.current = file
    item.size_bytes = facts.stored.size_bytes
    item.kept_bytes += facts.stored.size_bytes
    item.changed_at = at
    item.folded = _folded(item)
    item.save(update_fields=["current", "size_bytes", "kept_bytes", "changed_at", "folded"])
    return file


def _folded(item: MediaItem) -> str:
    name = "" if item.current is None else item.current.file_name
    told = (item.title, item.credit, item.source, item.archive_mark, name)
    return unaccented(" · ".join(filter(None, told)))


@transaction.atomic
def change_item(
    *, item: MediaItem, changes: Mapping[str, Any], by: Actor, at: datetime
) -> MediaItem:
    """Change title, rights, consent, provenance, focal point; only what differs is recorded.

    Raises NotPossible for an empty title, a licence nobody knows, a consent that is kept nowhere.
    """
    item = MediaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    before = {name: getattr(item, name) for name in changes if name in CHANGEABLE}
    different = {name: changes[name] for name, old in before.items() if changes[name] != old}
    if not different:
        return item
    for name, value in different.items():
        setattr(item, name, value)
    if not item.title.strip():
        raise NotPossible(_("Give it a title: by that it is found."))
    if item.licence and item.licence not in licences():
        raise NotPossible(_("This licence is not on the house's list."))
    if item.consent == Consent.GIVEN and not item.consent_reference.strip():
        raise NotPossible(
            _("Say where the consent is kept, such as the number of the paper and its file.")
        )
    item.changed_at = at
    item.folded = _folded(item)
    item.save(update_fields=[*different, "changed_at", "folded"])
    record(
        event="media.item.changed",
        target=item,
        by=by,
        at=at,
        before={name: before[name] for name in different},
        after=different,
    )
    return item


@transaction.atomic
def set_alt_text(
    *, item: MediaItem, language: Language, text: str, by: Actor, at: datetime
) -> None:
    """Say in one language what a picture shows; an empty text takes it away."""
    text = text.strip()
    standing = AltText.objects.filter(item=item, language=language).first()
    before = "" if standing is None else standing.text
    if text == before:
        return
    if not text and standing is not None:
        standing.delete()
    else:
        AltText.objects.update_or_create(
            item=item,
            language=language,
            defaults={"text": text, "changed_at": at, "changed_by_key": by.actor_key},
        )
    record(
        event="media.alt_text.changed",
        target=item,
        by=by,
        at=at,
        before={"language": language.tag, "text": before},
        after={"language": language.tag, "text": text},
    )


@transaction.atomic
def trash_item(*, item: MediaItem, by: Actor, at: datetime) -> MediaItem:
    """Put an item aside: it is found and chosen no more, and can be brought back.

    Raises ItemInUse while something public shows it. Putting it aside again changes nothing.
    """
    item = MediaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.trashed_at is not None:
        return item
    public = [usage.name for usage in usage_of(item) if usage.is_public]
    if public:
        raise ItemInUse(
            _("This cannot go into the trash: %(place)s, which is public, uses it.")
            % {"place": public[0]}
        )
    item.trashed_at, item.trashed_by_key = at, by.actor_key
    item.save(update_fields=["trashed_at", "trashed_by_key"])
    record(event="media.item.trashed", target=item, by=by, at=at)
    return item


@transaction.atomic
def restore_item(*, item: MediaItem, by: Actor, at: datetime) -> MediaItem:
    """Bring an item back from the trash, with everything it had."""
    item = MediaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.trashed_at is None:
        return item
    item.trashed_at, item.trashed_by_key = None, ""
    item.save(update_fields=["trashed_at", "trashed_by_key"])
    record(event="media.item.restored", target=item, by=by, at=at)
    return item
