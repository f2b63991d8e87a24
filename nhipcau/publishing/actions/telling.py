"""Letters about clearance: a text came back, a step was given, a reason waits.

No word of the text is in them.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.kernel.actor import Actor
from nhipcau.people.actions import write_to
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.publishing.enums import ItemState
from nhipcau.publishing.models import ClearanceItem, Decision, OpenStep
from nhipcau.publishing.queries.reasons import (
    confirmable,
    left_beside_the_route,
    waiting_reasons,
    who_may_confirm,
)
from nhipcau.publishing.queries.reviews import stops_of
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


@transaction.atomic
def tell_of_waiting_reasons(
    *, item: ClearanceItem, by: Actor, at: datetime, link: str = ""
) -> list[Person]:
    """Who may confirm a reason of this text, where no step to come does, hears that it waits.

    Once for each text under review and person; answers who was told now. Whoever cannot sign in
    has no page to confirm on, and hears nothing. `link` is the whole address of the review.
    """
    if not item.rights_asked:
        return []
    fresh = (
        ClearanceItem.objects.select_for_update(of=("self",))
        .select_related("clearance__route", "clearance__opened_by", "version__subject__unit")
        .get(pk=item.pk)
    )
    step = fresh.steps.filter(closed_at__isnull=True).first()
    if fresh.state != ItemState.OPEN or step is None:
        return []
    stops = stops_of(fresh.clearance.route)
    waiting = left_beside_the_route(fresh, waiting_reasons(fresh), stops, at_step=step.number)
    if not waiting:
        return []
    day, told = timezone.localdate(at), []
    able = who_may_confirm(fresh, waiting, on=day)
    unheard = Person.objects.filter(pk__in=[person.pk for person in able], user__is_active=True)
    for person in unheard.exclude(pk__in=fresh.told_of_reasons.values("pk")).order_by("pk"):
        keys = confirmable(
            fresh,
            waiting,
            rights=rights_of(person, on=day),
            written_by=writers_of(fresh.version),
        )
        if not keys:
            continue  # a delegate of somebody who wrote the text or gave the reason
        letter = write_to(
            person=person,
            template="publishing/mail/reason_waits.txt",
            subject=_("[Nhịp Cầu] A reason waits for your confirmation: %(work)s")
            % {"work": fresh.version.subject.short_id},
            values={
                "who": fresh.clearance.opened_by.full_name,
                "work": fresh.version.subject.short_id,
                "language": fresh.version.language,
                "count": len(keys),
                "link": link,
            },
            by=by,
            at=at,
            about=f"subject:{fresh.version.subject_id}",
        )
        if letter is not None:
            told.append(person)
    fresh.told_of_reasons.add(*told)
    return told
