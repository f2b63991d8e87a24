"""Listens to the words of works: a work is called as its newest words are called."""

from __future__ import annotations

from datetime import datetime

from django.dispatch import receiver

from nhipcau.people.models import Person
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.signals import version_saved
from nhipcau.works.actions.works import follow_title


@receiver(version_saved, dispatch_uid="works.words_saved")
def words_saved(*, version: LanguageVersion, by: Person, at: datetime, **_: object) -> None:
    follow_title(version=version, by=by, at=at)
