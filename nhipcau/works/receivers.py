"""Listens to the words of works: a work is called as its newest words are called.

Answers the library, which asks where its items are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone

from nhipcau.kernel.actor import Actor
from nhipcau.media.models import MediaItem
from nhipcau.media.signals import Usage, usage_asked, used_items_asked
from nhipcau.people.models import Person
from nhipcau.translation.models import LanguageVersion, MediaUse, Subject
from nhipcau.translation.queries import items_shown
from nhipcau.translation.signals import subject_stop_lifted, subject_stopped, version_saved
from nhipcau.works.actions.stopping import forget_title, recall_title
from nhipcau.works.actions.works import follow_title
from nhipcau.works.queries import usage_of_item


@receiver(version_saved, dispatch_uid="works.words_saved")
def words_saved(*, version: LanguageVersion, by: Person, at: datetime, **_: object) -> None:
    follow_title(version=version, by=by, at=at)


@receiver(subject_stopped, dispatch_uid="works.words_stopped")
def words_stopped(*, subject: Subject, by: Actor, at: datetime, **_: object) -> None:
    forget_title(subject=subject, by=by, at=at)


@receiver(subject_stop_lifted, dispatch_uid="works.stop_lifted")
def stop_lifted(*, subject: Subject, by: Actor, at: datetime, **_: object) -> None:
    recall_title(subject=subject, by=by, at=at)


@receiver(usage_asked, dispatch_uid="works.usage_asked")
def say_which_works_use_it(*, item: MediaItem, **_: object) -> Sequence[Usage]:
    return usage_of_item(item, at=timezone.now())


@receiver(used_items_asked, dispatch_uid="works.used_items_asked")
def say_what_is_used(**_: object) -> QuerySet[MediaUse, int]:
    return items_shown()
