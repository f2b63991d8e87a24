"""Letters to persons, for the rooms above."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.outbox.models import Message
from nhipcau.people.mail import send_letter
from nhipcau.people.models import Person


@transaction.atomic
def write_to(
    *,
    person: Person,
    subject: str | Promise,
    template: str,
    values: Mapping[str, Any],
    by: Actor,
    at: datetime,
    about: str = "",
) -> Message | None:
    """Have a letter carried to the person's verified contact, in the house's first language.

    `template` is a text template; it gets `values` and `person`. None, and no letter, for somebody
    without a verified contact. `about` as in `send_letter`.
    """
    person = Person.objects.get(pk=person.pk)
    if not person.email or person.email_verified_at is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string(template, {**values, "person": person})
        record(
            event="people.letter.written", target=person, by=by, at=at, after={"letter": template}
        )
        return send_letter(to=[person.email], subject=str(subject), body=body, at=at, about=about)
