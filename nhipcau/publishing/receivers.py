"""Listens to its own orders, and to the works below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.kernel.actor import Actor
from nhipcau.outbox.signals import task_given_up
from nhipcau.publishing.actions.bundles import forget_names
from nhipcau.publishing.actions.deciding import end_reviews
from nhipcau.publishing.actions.renditions import fail_rendition
from nhipcau.publishing.actions.telling import tell_of_waiting_reasons
from nhipcau.publishing.enums import ItemState, Verdict
from nhipcau.publishing.errors import NotPossible
from nhipcau.publishing.models import (
    Clearance,
    ClearanceItem,
    Decision,
    ReleasedVersion,
    Rendition,
)
from nhipcau.publishing.queries.inspection import unvisited_in, version_of
from nhipcau.publishing.signals import decided, handed_in, rendition_ordered
from nhipcau.publishing.tasks import TYPESETTER, make_ordered_form, visit_links_under_review
from nhipcau.translation.models import Subject
from nhipcau.translation.signals import subject_stopped
from nhipcau.works.models import Work
from nhipcau.works.signals import work_trashed


@receiver(rendition_ordered, dispatch_uid="publishing.form_ordered")
def make_when_ordered(*, rendition: Rendition, **_kwargs: object) -> None:
    """The queue is a table: in one transaction with the order, so that no death parts the two."""
    make_ordered_form.enqueue(rendition.pk)


@receiver(handed_in, dispatch_uid="publishing.links_of_what_was_handed_in")
def visit_what_nobody_visited(*, clearance: Clearance, **_kwargs: object) -> None:
    """Links that were not visited yet stop no text; the worker goes there while it is reviewed."""
    for item in clearance.items.select_related("version__language", "revision"):
        if unvisited_in(version_of(item.version, item.revision.content)):
            visit_links_under_review.enqueue(item.pk)


@receiver(handed_in, dispatch_uid="publishing.reasons_that_wait_from_the_beginning")
def tell_who_confirms_beside_the_route(
    *, clearance: Clearance, by: Actor, at: datetime, **_kwargs: object
) -> None:
    for item in clearance.items.all():
        tell_of_waiting_reasons(item=item, by=by, at=at, link=_review_of(item))


@receiver(decided, dispatch_uid="publishing.reasons_that_wait_still")
def tell_who_confirms_what_the_step_did_not(
    *, decision: Decision, by: Actor, at: datetime, **_kwargs: object
) -> None:
    """Whoever took the step may have been the one who gave the reason."""
    if decision.verdict == Verdict.CLEARED:
        item = decision.step.item
        tell_of_waiting_reasons(item=item, by=by, at=at, link=_review_of(item))


def _review_of(item: ClearanceItem) -> str:
    page = reverse("publishing:review", args=[item.clearance.uuid])
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{page}?text={item.pk}"


@receiver(task_given_up, dispatch_uid="publishing.form_given_up")
def say_that_a_form_was_given_up(
    *, path: str, arguments: list[Any], at: datetime, **_kwargs: object
) -> None:
    """Nobody waits for a form that nobody will make."""
    if path != make_ordered_form.module_path:
        return
    for rendition in Rendition.objects.filter(pk__in=arguments[:1], state="ordered"):
        fail_rendition(
            rendition=rendition,
            trouble=_("Making this form failed again and again; please order it once more."),
            by=TYPESETTER,
            at=at,
        )


@receiver(subject_stopped, dispatch_uid="publishing.words_stopped")
def nobody_goes_on_reviewing(
    *, subject: Subject, by: Actor, at: datetime, **_kwargs: object
) -> None:
    """Open reviews end with the stop; links to their steps are no longer good."""
    end_reviews(subject=subject, by=by, at=at)
    forget_names(subject=subject, by=by, at=at)


@receiver(work_trashed, dispatch_uid="publishing.work_trashed")
def keep_what_is_public_or_under_review(*, work: Work, **_kwargs: object) -> None:
    if ReleasedVersion.objects.filter(
        release__subject=work.pk, superseded_at__isnull=True, withdrawn_at__isnull=True
    ).exists():
        raise NotPossible(_("“%(work)s” is public; withdraw it first.") % {"work": work})
    if ClearanceItem.objects.filter(clearance__subject=work.pk, state=ItemState.OPEN).exists():
        raise NotPossible(_("“%(work)s” is under review; take it back first.") % {"work": work})
