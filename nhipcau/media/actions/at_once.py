"""The copies of a short sound or film, made here and now: for what the house has drawn itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from nhipcau.kernel.actor import Actor
from nhipcau.media import store
from nhipcau.media.actions.renditions import note_look, settle, take_in_hand
from nhipcau.media.models import MediaFile
from nhipcau.media.moving.limits import DEFAULT
from nhipcau.media.moving.looking import look
from nhipcau.media.moving.orders import Order, Work, recipe_from
from nhipcau.media.moving.working import carry_out


def make_copies_at_once(*, file: MediaFile, by: Actor, at: datetime) -> None:
    """Look at the file and make all its renditions, in this process and without limits.

    Never for files that somebody brought: those are the workshop's, in a process of its own.
    """
    source = store.path_of(file.stored.sha256)
    found = look(source)
    note_look(moving=file.moving, found=found, by=by, at=at)
    while (rendition := take_in_hand(by=by, at=at, original=file.stored)) is not None:
        with store.scratch() as folder:
            target = Path(folder) / "made"
            order = Order(Work.MAKE, source, target, recipe_from(rendition.recipe), DEFAULT)
            facts = carry_out(order, found, _unheard)
            digest, size = store.adopt(target)
        settle(rendition=rendition, digest=digest, size_bytes=size, facts=facts, by=by, at=at)


def _unheard(_share: float) -> None:
    """Nobody waits for it."""
