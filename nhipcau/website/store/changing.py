"""A change reaches the pages that show it: at once for readers, then made again one by one.

Few pages are set aside at once: readers are shown what Django makes anew, and the worker makes the
rest, the most read first; what cannot be made is shown as it was. Of very many pages each stands
until its turn. What was withdrawn is dropped instead, and never shown again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import datetime

from django.utils import timezone

from nhipcau.website.store import actions
from nhipcau.website.store.actions import Touched
from nhipcau.website.store.keeping import keeper
from nhipcau.website.store.making import make_page


def change(
    *,
    tags: Collection[str],
    at: datetime,
    withdrawn: Collection[str] = (),
    heard: Collection[str] = (),
    is_urgent: bool = False,
) -> Touched:
    """Things with these tags have changed; what shows one of `withdrawn` must not stand aside.

    `heard` are keys of news that is done with hereby. What is urgent is shown at once on however
    many pages: each is then made when it is asked for, until the worker has been there. Doing it
    again changes nothing but that the same pages are made again.
    """
    gone = actions.note_change(tags=withdrawn, at=at) if withdrawn else Touched(0, ())
    # The few that show a withdrawn thing are gone before anything else happens.
    keeper().drop(gone.addresses)
    touched = actions.note_change(tags=[*tags, *withdrawn], at=at, heard=heard)
    if is_urgent and not touched.is_few:
        keeper().set_all_aside()
    keeper().set_aside(address for address in touched.addresses if address not in gone.addresses)
    return touched


def make_due(
    *,
    only: Collection[str] | None = None,
    seconds: float,
    beat: Callable[[], None] = lambda: None,
) -> list[str]:
    """Make old pages again for so long, the most read first; the addresses that failed.

    Each page is in one worker's hands alone. Cut off anywhere, what is left stays old and is made
    by whoever comes next.
    """
    failed: list[str] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        address = actions.take_next(at=timezone.now(), only=only)
        if address is None:
            break
        if make_page(address).failed:
            failed.append(address)
        beat()
    return failed
