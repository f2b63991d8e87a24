"""Renditions of sound and film: ordered, taken in hand on lease, noted, settled.

A worker may be killed between any two lines of this. Until the result is committed the lease runs
out and somebody else begins that rendition anew; the bytes have their name before a row says so.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media.enums import RENDITION_TRIED_AGAIN, RENDITION_UNSETTLED, RenditionState
from nhipcau.media.errors import NoSuchMoment, NotCutOff, RenditionSettled, RenditionUnsettled
from nhipcau.media.models import Derivative, MediaFile, MediaRendition, MovingFile, StoredFile
from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.looks import Look
from nhipcau.media.moving.orders import look_from, recipe_from
from nhipcau.media.moving.recipes import Recipe, expected_seconds
from nhipcau.media.queries.moving import recipes_for, wanted_keys
from nhipcau.outbox.actions import put

LEASE = timedelta(minutes=1)
# A rendition that took its worker down so often is not tried by itself again.
GIVES_UP_AFTER = 5

ARRIVED = "media.moving.arrived"
ORDERED = "media.rendition.ordered"
READY = "media.renditions.ready"


class LostRendition(Exception):
    """The rendition was cancelled, or another worker has taken it over: stop at once."""


@transaction.atomic
def announce_moving_file(*, file: MediaFile, by: Actor, at: datetime) -> MovingFile:
    """Have a new version of a sound or film looked at, and its renditions made.

    Part of the action that made the version, whose line in the diary is enough.
    """
    moving, is_new = MovingFile.objects.get_or_create(file=file)
    if is_new:
        put(topic=ARRIVED, key=f"{ARRIVED}:{file.pk}", payload={"file": file.pk}, at=at)
    return moving


@transaction.atomic
def note_look(*, moving: MovingFile, found: Look, by: Actor, at: datetime) -> list[MediaRendition]:
    """Keep what was found in a file and order everything that its kind gets.

    A file that breaks off gets nothing until somebody says that it is wanted all the same.
    """
    moving = MovingFile.objects.select_for_update().get(pk=moving.pk)
    moving.look, moving.looked_at = asdict(found), at
    moving.trouble, moving.trouble_values = "", {}
    if found.is_cut_off and not moving.takes_cut:
        moving.trouble = Trouble.CUT_OFF
        moving.trouble_values = {"at": found.duration_seconds, "of": found.promised_seconds}
    moving.save()
    record(event="media.moving.looked_at", target=moving.file.item, by=by, at=at)
    return [] if moving.trouble else _order_all(moving, by=by, at=at)


@transaction.atomic
def note_unusable(*, moving: MovingFile, refusal: NotPlayable, by: Actor, at: datetime) -> None:
    """Keep why a file cannot be used; the file itself stays."""
    MovingFile.objects.filter(pk=moving.pk).update(
        looked_at=at, trouble=refusal.trouble, trouble_values=refusal.details
    )
    record(
        event="media.moving.unusable",
        target=moving.file.item,
        by=by,
        at=at,
        after={"trouble": str(refusal.trouble)},
    )


@transaction.atomic
def take_cut_file(*, moving: MovingFile, by: Actor, at: datetime) -> list[MediaRendition]:
    """Make renditions of a file that breaks off, up to where it does. Raises NotCutOff."""
    moving = MovingFile.objects.select_for_update().get(pk=moving.pk)
    if moving.trouble != Trouble.CUT_OFF or not moving.look:
        raise NotCutOff(_("This file does not break off."))
    moving.takes_cut, moving.trouble, moving.trouble_values = True, "", {}
    moving.save()
    record(event="media.moving.cut_taken", target=moving.file.item, by=by, at=at)
    return _order_all(moving, by=by, at=at)


@transaction.atomic
def choose_poster(
    *, moving: MovingFile, moment_ms: int, by: Actor, at: datetime
) -> list[MediaRendition]:
    """Take the poster at another moment. Raises NoSuchMoment outside the film."""
    moving = MovingFile.objects.select_for_update().get(pk=moving.pk)
    found = look_from(moving.look) if moving.look else None
    if found is None or not found.has_picture:
        raise NoSuchMoment(_("There is no picture to choose from."))
    if not 0 <= moment_ms <= found.duration_seconds * 1000:
        raise NoSuchMoment(_("The film is not that long."))
    before = moving.poster_ms
    moving.poster_ms = moment_ms
    moving.save(update_fields=["poster_ms"])
    record(
        event="media.moving.poster_chosen",
        target=moving.file.item,
        by=by,
        at=at,
        before={"moment_ms": before},
        after={"moment_ms": moment_ms},
    )
    return _order_all(moving, by=by, at=at)


@transaction.atomic
def order_renditions(*, moving: MovingFile, by: Actor, at: datetime) -> list[MediaRendition]:
    """Order what is missing, as after a change of the settings; nothing is made twice."""
    moving = MovingFile.objects.select_for_update().get(pk=moving.pk)
    ordered = _order_all(moving, by=by, at=at)
    record(event="media.renditions.ordered", target=moving.file.item, by=by, at=at)
    return ordered


def _order_all(moving: MovingFile, *, by: Actor, at: datetime) -> list[MediaRendition]:
    if not moving.look or moving.trouble:
        return []
    found = look_from(moving.look)
    return [_order(moving, recipe, found, by=by, at=at) for recipe in recipes_for(moving)]


def _order(
    moving: MovingFile, recipe: Recipe, found: Look, *, by: Actor, at: datetime
) -> MediaRendition:
    told = asdict(recipe)
    rendition, is_new = MediaRendition.objects.get_or_create(
        original_id=moving.file.stored_id,
        recipe_key=recipe.key,
        defaults={
            "name": recipe.name,
            "recipe": told,
            "turn_at": at + timedelta(seconds=expected_seconds(recipe, found)),
            "ordered_at": at,
            "ordered_by_key": by.actor_key,
        },
    )
    if is_new:
        _wake(rendition, at=at)
    elif rendition.state == RenditionState.DONE:
        # The same bytes stand under another item already, or the poster was there before.
        _hang(rendition, at=at)
    return rendition


def _wake(rendition: MediaRendition, *, at: datetime) -> None:
    put(
        topic=ORDERED,
        key=f"{ORDERED}:{rendition.pk}:{rendition.attempts}:{at.isoformat()}",
        payload={"rendition": rendition.pk},
        at=at,
    )


@transaction.atomic
def take_in_hand(
    *, by: Actor, at: datetime, original: StoredFile | None = None
) -> MediaRendition | None:
    """The rendition whose turn it is, leased to `by`; None when nothing is free.

    With `original`, among those of that file alone. One that has taken down its worker again and
    again fails instead, and the next is taken.
    """
    free = MediaRendition.objects.free(at).order_by("turn_at", "pk")
    if original is not None:
        free = free.filter(original=original)
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True, of=("self",))
    for rendition in free.select_related("original")[:20]:
        if rendition.attempts >= GIVES_UP_AFTER:
            _fail(rendition, NotPlayable(Trouble.DIED), at=at)
            continue
        rendition.state = RenditionState.RUNNING
        rendition.leased_by = f"{by.actor_key[:60]}:{uuid.uuid4().hex}"
        rendition.leased_until = at + LEASE
        rendition.attempts += 1
        rendition.begun_at, rendition.share = at, 0
        rendition.save()
        return rendition
    return None


def note_share(*, rendition: MediaRendition, share: float, by: Actor, at: datetime) -> None:
    """Note how much is done (0 to 1) and hold the lease. Raises LostRendition."""
    held = MediaRendition.objects.filter(
        pk=rendition.pk, state=RenditionState.RUNNING, leased_by=rendition.leased_by
    )
    thousandths = max(0, min(1000, round(share * 1000)))
    if not held.update(share=thousandths, leased_until=at + LEASE):
        raise LostRendition


@transaction.atomic
def settle(
    *,
    rendition: MediaRendition,
    digest: str,
    size_bytes: int,
    facts: dict[str, object],
    by: Actor,
    at: datetime,
) -> MediaRendition:
    """Note that the rendition is made and kept under `digest`; whoever waits for it is told.

    The bytes must stand in the store. Raises LostRendition when it is another's by now; the bytes
    are then the other's as well, or nobody's.
    """
    stored, _is_new = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={"size_bytes": size_bytes, "kept_at": at, "kept_by_key": by.actor_key},
    )
    held = MediaRendition.objects.filter(
        pk=rendition.pk, state=RenditionState.RUNNING, leased_by=rendition.leased_by
    )
    done = held.update(
        state=RenditionState.DONE,
        share=1000,
        result=stored,
        facts=facts,
        settled_at=at,
        leased_until=None,
        leased_by="",
        trouble="",
        trouble_values={},
    )
    if not done:
        raise LostRendition
    rendition.refresh_from_db()
    record(
        event="media.rendition.made",
        target=stored,
        by=by,
        at=at,
        after={"name": rendition.name, "bytes": size_bytes},
    )
    _hang(rendition, at=at)
    _tell_when_ready(rendition, at=at)
    return rendition


@transaction.atomic
def fail(*, rendition: MediaRendition, refusal: NotPlayable, by: Actor, at: datetime) -> None:
    """Note why it could not be made. Raises LostRendition when it is another's by now."""
    found = MediaRendition.objects.select_for_update().get(pk=rendition.pk)
    if found.state != RenditionState.RUNNING or found.leased_by != rendition.leased_by:
        raise LostRendition
    _fail(found, refusal, at=at)
    record(
        event="media.rendition.failed",
        target=found.original,
        by=by,
        at=at,
        after={"name": found.name, "trouble": str(refusal.trouble)},
    )
    _tell_when_ready(found, at=at)


def _fail(rendition: MediaRendition, refusal: NotPlayable, *, at: datetime) -> None:
    rendition.state = RenditionState.FAILED
    rendition.trouble, rendition.trouble_values = refusal.trouble, refusal.details
    rendition.leased_until, rendition.leased_by = None, ""
    rendition.settled_at = at
    rendition.save()


@transaction.atomic
def cancel(*, rendition: MediaRendition, by: Actor, at: datetime) -> None:
    """Stop it, in its queue or at work. Raises RenditionSettled when there is nothing to stop."""
    rendition = MediaRendition.objects.select_for_update().get(pk=rendition.pk)
    if rendition.state not in RENDITION_UNSETTLED:
        raise RenditionSettled(_("This rendition is no longer being made."))
    rendition.state = RenditionState.CANCELLED
    rendition.leased_until, rendition.leased_by = None, ""
    rendition.settled_at = at
    rendition.save()
    record(
        event="media.rendition.cancelled",
        target=rendition.original,
        by=by,
        at=at,
        after={"name": rendition.name},
    )
    _tell_when_ready(rendition, at=at)


@transaction.atomic
def try_again(*, rendition: MediaRendition, by: Actor, at: datetime) -> None:
    """Put one that failed or was cancelled into the queue. Raises RenditionUnsettled."""
    rendition = MediaRendition.objects.select_for_update().get(pk=rendition.pk)
    if rendition.state not in RENDITION_TRIED_AGAIN:
        raise RenditionUnsettled(_("Only what failed or was cancelled can be tried again."))
    turn = rendition.turn_at - rendition.ordered_at
    rendition.state, rendition.share, rendition.attempts = RenditionState.QUEUED, 0, 0
    rendition.trouble, rendition.trouble_values, rendition.settled_at = "", {}, None
    rendition.ordered_at, rendition.turn_at = at, at + turn
    rendition.save()
    record(
        event="media.rendition.tried_again",
        target=rendition.original,
        by=by,
        at=at,
        after={"name": rendition.name},
    )
    _wake(rendition, at=at)


def _hang(rendition: MediaRendition, *, at: datetime) -> None:
    """Give every item with these bytes the rendition, where its own settings ask for it."""
    suffix = recipe_from(rendition.recipe).suffix
    for moving in MovingFile.objects.filter(file__stored=rendition.original).select_related("file"):
        if rendition.recipe_key not in wanted_keys(moving):
            continue
        Derivative.objects.update_or_create(
            file=moving.file,
            spec=f"{rendition.name}.{suffix}",
            defaults={
                "stored": rendition.result,
                "mime": recipe_from(rendition.recipe).media_type,
                "width": rendition.facts.get("width"),
                "height": rendition.facts.get("height"),
                "made_at": at,
            },
        )


def _tell_when_ready(rendition: MediaRendition, *, at: datetime) -> None:
    """News when the last rendition of an original is settled."""
    siblings = MediaRendition.objects.filter(original=rendition.original)
    if siblings.unsettled().exists():
        return
    done = siblings.filter(state=RenditionState.DONE).order_by("pk")
    told = {
        "original": rendition.original.sha256,
        "files": list(
            MovingFile.objects.filter(file__stored=rendition.original)
            .order_by("file_id")
            .values_list("file_id", flat=True)
        ),
        "renditions": list(done.values_list("recipe_key", flat=True)),
    }
    put(
        topic=READY,
        key=f"{READY}:{rendition.original.sha256}:{at.isoformat()}",
        payload=told,
        about=f"original:{rendition.original.sha256}",
        at=at,
    )
