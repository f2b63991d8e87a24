"""The consumer that looks at new sounds and films and has their renditions made, one by one.

News that a rendition was ordered only wakes it: it takes the one whose turn it is. There is as
much news as there are renditions, and news whose round ended without an outcome comes again, so
nothing is left over; the lease on a rendition keeps two workers from making the same one.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.media import store
from nhipcau.media.actions.renditions import (
    ARRIVED,
    ORDERED,
    LostRendition,
    fail,
    note_look,
    note_share,
    note_unusable,
    settle,
    take_in_hand,
)
from nhipcau.media.models import MediaRendition, MovingFile
from nhipcau.media.moving import isolated
from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.orders import Outcome, recipe_from
from nhipcau.media.queries.files import path_of_file
from nhipcau.media.queries.moving import work_limits
from nhipcau.outbox.contract import Handler, News
from nhipcau.outbox.errors import DeliveryFailed

MAKER = Machine(gettext_noop("rendition maker"))
_NOTE_EVERY_SECONDS = 2.0
Heartbeat = Callable[[], None]


class Workshop(Handler):
    name = gettext_noop("media.renditions")
    topics = frozenset({ARRIVED, ORDERED})
    lease = timedelta(minutes=1)
    takes_long = True
    # About three months: who waits behind a long queue of films must outlast it. What takes down
    # its workers is given up by itself (GIVES_UP_AFTER of renditions).
    gives_up_after = 2_000

    def handle(self, message: News) -> None:
        if message.topic == ARRIVED:
            look_at(message.payload["file"], beat=message.heartbeat)
        elif not make_next(beat=message.heartbeat) and _somebody_works():
            # Should that worker have died, its rendition needs somebody who comes back for it.
            raise DeliveryFailed("Another worker is making what is left.")


def _somebody_works() -> bool:
    return MediaRendition.objects.unsettled().exists()


def look_at(file_id: int, *, beat: Heartbeat) -> None:
    """Look at a new file, in a process of its own, and order its renditions; again is once."""
    moving = (
        MovingFile.objects.select_related("file__stored", "file__item")
        .filter(file_id=file_id, looked_at__isnull=True)
        .first()
    )
    if moving is None:
        return
    try:
        found = isolated.examine(path_of_file(moving.file.stored), work_limits(), _steady(beat))
    except NotPlayable as refusal:
        note_unusable(moving=moving, refusal=refusal, by=MAKER, at=timezone.now())
        return
    note_look(moving=moving, found=found, by=MAKER, at=timezone.now())


def make_next(*, beat: Heartbeat) -> bool:
    """Make the rendition whose turn it is; whether there was one.

    What it leaves on the disk before it is settled lies on a bench of its own, which the next
    worker who has this rendition in hand sweeps.
    """
    rendition = take_in_hand(by=MAKER, at=timezone.now())
    if rendition is None:
        return False
    bench = _own_bench(rendition)
    target = bench / "unfinished"
    try:
        outcome = _made(rendition, target, beat)
        digest, size = _kept(rendition, target)
        settle(
            rendition=rendition,
            digest=digest,
            size_bytes=size,
            facts=outcome.facts,
            by=MAKER,
            at=timezone.now(),
        )
    except LostRendition:
        return True
    except NotPlayable as refusal:
        _note_failure(rendition, refusal)
    finally:
        shutil.rmtree(bench, ignore_errors=True)
    return True


def _kept(rendition: MediaRendition, target: Path) -> tuple[str, int]:
    try:
        return store.adopt(target)
    except FileNotFoundError:
        # Whoever took this over while we were slow has swept our bench: then we stop here.
        note_share(rendition=rendition, share=1.0, by=MAKER, at=timezone.now())
        raise


def _made(rendition: MediaRendition, target: Path, beat: Heartbeat) -> Outcome:
    def tell(share: float) -> None:
        note_share(rendition=rendition, share=share, by=MAKER, at=timezone.now())
        beat()

    source = path_of_file(rendition.original)
    try:
        return isolated.make(
            source, target, recipe_from(rendition.recipe), work_limits(), _now_and_then(tell)
        )
    except FileNotFoundError:
        raise NotPlayable(Trouble.LOST) from None


def _note_failure(rendition: MediaRendition, refusal: NotPlayable) -> None:
    try:
        fail(rendition=rendition, refusal=refusal, by=MAKER, at=timezone.now())
    except LostRendition:
        return


def _own_bench(rendition: MediaRendition) -> Path:
    """A folder for this attempt alone; what earlier attempts left when they were killed is gone."""
    mine = store.workbench(f"rendition-{rendition.pk}-{rendition.attempts}")
    for earlier in mine.parent.glob(f"rendition-{rendition.pk}-*"):
        if earlier != mine:
            shutil.rmtree(earlier, ignore_errors=True)
    return mine


def _steady(beat: Heartbeat) -> Callable[[float], None]:
    return _now_and_then(lambda _share: beat())


def _now_and_then(tell: Callable[[float], None]) -> Callable[[float], None]:
    """Pass on every call for which two seconds have gone by, and the first."""
    last: list[float] = []

    def told(share: float) -> None:
        now = time.monotonic()
        if not last or now - last[0] >= _NOTE_EVERY_SECONDS:
            last[:] = [now]
            tell(share)

    return told
