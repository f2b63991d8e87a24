"""Which personal data grows old where, and what takes it away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nhipcau.kernel.actor import Actor
from nhipcau.media.actions import expire_uploads, purge_trash
from nhipcau.people.actions.departure import erase_person
from nhipcau.people.models import Person
from nhipcau.plans.actions.forgetting import forget_rejected

# What is older than `before` is taken away; the answer is how many there were.
Eraser = Callable[[datetime, Actor, datetime], int]


def sessions(before: datetime, by: Actor, at: datetime) -> int:
    """Sign-ins that ran out, and what was noted of each: address and browser.

    Whoever signs out ends the session at once; what was noted of it goes after the same days.
    """
    ended = Session.objects.filter(expire_date__lt=before).delete()[0]
    there = Session.objects.filter(session_key=OuterRef("session_key"))
    noted = UserSession.objects.filter(~Exists(there), last_seen_at__lt=before)
    forgotten: int = noted.delete()[0]
    return ended + forgotten


def task_results(before: datetime, by: Actor, at: datetime) -> int:
    """Results of background work, whose arguments may name people."""
    return DBTaskResult.objects.filter(finished_at__lt=before).delete()[0]


def departed_persons(before: datetime, by: Actor, at: datetime) -> int:
    """People who left: the name becomes a pseudonym, the contact goes, key and deeds stay."""
    due = Person.objects.filter(left_on__lt=timezone.localdate(before), erased_at__isnull=True)
    people = list(due.order_by("pk"))
    for person in people:
        erase_person(person=person, by=by, at=at)
    return len(people)


def stopped_uploads(before: datetime, by: Actor, at: datetime) -> int:
    """Files that were being sent and that nobody went on with, as far as they had come."""
    return expire_uploads(before=before, by=by, at=at)


def trashed_media(before: datetime, by: Actor, at: datetime) -> int:
    """Pictures and files in the trash that never left the house and that nothing uses."""
    return purge_trash(before=before, by=by, at=at)


def rejected_plan_files(before: datetime, by: Actor, at: datetime) -> int:
    """Files that were brought as plans and refused or discarded, with what was read of them."""
    return forget_rejected(before=before, by=by, at=at)


ERASERS: dict[str, Eraser] = {
    "sign-in": sessions,
    "background-task": task_results,
    "departed-person": departed_persons,
    "stopped-upload": stopped_uploads,
    "trashed-media": trashed_media,
    "rejected-plan-file": rejected_plan_files,
}
