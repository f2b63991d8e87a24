"""Letters about clearance: a text came back, a step was given. No word of the text is in them."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.people.actions import write_to
from nhipcau.people.models import Person
from nhipcau.publishing.models import Decision, OpenStep
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.queries import writers_of


def tell_of_return(
    *, decision: Decision, version: LanguageVersion, returned_to: str, by: Person, at: datetime,
    link: str = "",
) -> None:  # fmt: skip
    """Whoever handed the text in and whoever wrote it hear why it came back, once each.

    `returned_to` names the step that has it now; "" is the author's desk. Whoever returned it
    or has left gets none.
    """
    keys = {decision.step.item.clearance.opened_by_id, *writers_of(version)} - {by.pk}
    day = timezone.localdate(at)
    for person in Person.objects.filter(pk__in=keys).order_by("pk"):
        if person.has_left(on=day):
            continue
        write_to(
            person=person,
            template="publishing/mail/returned.txt",
            subject=_("[Nhịp Cầu] Returned from clearance: %(work)s")
            % {"work": version.subject.short_id},
            values={
                "who": decision.by_name,
                "work": version.subject.short_id,
                "language": version.language,
                "reason": decision.reason,
                "returned_to": returned_to,
                "link": link,
            },
            by=by,
            at=at,
            about=f"subject:{version.subject_id}",
        )


def tell_of_step(*, step: OpenStep, by: Person, at: datetime, link: str = "") -> None:
    """Whoever was given a step hears of it with its day; nobody writes to himself or herself."""
    if step.assignee is None or step.assignee == by:
        return
    version = step.item.version
    write_to(
        person=step.assignee,
        template="publishing/mail/step_given.txt",
        subject=_("[Nhịp Cầu] A step of clearance for you: %(work)s")
        % {"work": version.subject.short_id},
        values={
            "who": by.full_name,
            "work": version.subject.short_id,
            "language": version.language,
            "step": step.get_kind_display(),
            "due_on": step.due_on,
            "link": link,
        },
        by=by,
        at=at,
        about=f"subject:{version.subject_id}",
    )
