"""Listens to the postman: a letter about words that were stopped since then stays here."""

from __future__ import annotations

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_noop

from nhipcau.kernel.actor import Machine
from nhipcau.people.signals import letter_leaves
from nhipcau.translation.actions import keep_letter_back
from nhipcau.translation.models import Subject
from nhipcau.translation.queries import is_stopped

POSTMAN = Machine(gettext_noop("postman"))


@receiver(letter_leaves, dispatch_uid="translation.letter_leaves")
def letter_about_words_leaves(*, about: str, **_: object) -> bool:
    """Letters carry titles and remarks; what was stopped is in none of them. One query."""
    kind, _colon, key = about.partition(":")
    if kind != "subject" or not key.isdecimal() or not is_stopped(int(key)):
        return True
    keep_letter_back(subject=Subject.objects.get(pk=key), by=POSTMAN, at=timezone.now())
    return False
