"""The sample's works: written, cleared by four eyes, released, corrected and withdrawn.

Each work has a life of its own (`demo/lives`), told as a generator that gives the moment of its
next act; all lives go on side by side in the order of these moments, so that the diary reads as it
would have been written. Moments are counted back from the loading.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import datetime
from itertools import groupby

from nhipcau.demo.lives.going_on import Life, side_by_side
from nhipcau.demo.lives.house import House
from nhipcau.demo.lives.leaving import correcting, leaving, withdrawing
from nhipcau.demo.lives.writing import writing
from nhipcau.demo.sample.works import CLEARED, Plan, plans_of_works
from nhipcau.kernel.actor import Actor
from nhipcau.media.models import MediaItem
from nhipcau.people.models import Person
from nhipcau.works.models import Work


def bring_works(
    *,
    persons: Mapping[str, Person],
    pictures: Mapping[str, MediaItem],
    seed: int,
    by: Actor,
    at: datetime,
) -> list[Work]:
    """Every work of the sample, as far as it has come on the day `at`."""
    house = House(persons=persons, pictures=pictures, seed=seed, maker=by, at=at)
    plans = plans_of_works()
    lives: list[Life] = []
    for plan in plans:
        lives.append(writing(house, plan))
        if plan.correction is not None:
            lives.append(correcting(house, plan))
        if plan.withdrawal is not None:
            lives.append(withdrawing(house, plan))
    going = [plan for plan in plans if plan.fate in CLEARED and plan.released is not None]
    for _name, together in groupby(sorted(going, key=_bundle), key=_bundle):
        lives.append(leaving(house, list(together)))
    deque(side_by_side(lives), maxlen=0)
    return [house.works[plan.key] for plan in plans]


def _bundle(plan: Plan) -> str:
    return plan.bundle or plan.key
