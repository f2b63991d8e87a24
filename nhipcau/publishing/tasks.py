"""The worker's edge: forms and visits in the background, and bundles whose minute has come."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task

from nhipcau.kernel.actor import Machine
from nhipcau.kernel.urgency import MADE_IN_STOCK
from nhipcau.publishing.actions.releasing import release_scheduled
from nhipcau.publishing.actions.renditions import make_rendition
from nhipcau.publishing.actions.visits import note_dead_links
from nhipcau.publishing.enums import BundleState, ItemState
from nhipcau.publishing.models import Bundle, ClearanceItem, Rendition
from nhipcau.publishing.queries.inspection import links_of, newest_words_of, version_of
from nhipcau.translation.proofreading.links import Visitor, visit_all

TYPESETTER = Machine(gettext_noop("typesetter"))
LINK_VISITOR = Machine(gettext_noop("link visitor"))


@task(priority=MADE_IN_STOCK)
def make_ordered_form(rendition_id: int) -> None:
    rendition = Rendition.objects.select_related("subject").get(pk=rendition_id)
    make_rendition(rendition=rendition, by=TYPESETTER, at=timezone.now())


@task()
def visit_links(version_id: int) -> None:
    """Go where a version's newest words lead; what is found is kept a while for the checks."""
    words = newest_words_of(version_id)
    if words is not None:
        visit_all(links_of(words), visitor=Visitor(), cache=cache)


@task()
def visit_links_under_review(item_id: int) -> None:
    """Go where the words of a text under review lead; what leads nowhere is told to both sides."""
    item = (
        ClearanceItem.objects.filter(pk=item_id, state=ItemState.OPEN)
        .select_related("version__language", "revision", "clearance__subject")
        .first()
    )
    if item is None:
        return
    words = version_of(item.version, item.revision.content)
    visits = visit_all(links_of(words), visitor=Visitor(), cache=cache)
    page = reverse("works:work", args=[item.clearance.subject.uuid])
    note_dead_links(
        item=item,
        visits=visits,
        by=LINK_VISITOR,
        at=timezone.now(),
        link=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + page,
    )


def release_what_is_due(*, at: datetime) -> bool:
    """Release one bundle whose minute has come, in its scheduler's name; whether there was one."""
    bundle = (
        Bundle.objects.filter(state=BundleState.SCHEDULED, goes_out_at__lte=at)
        .select_related("scheduled_by")
        .order_by("goes_out_at", "pk")
        .first()
    )
    if bundle is None or bundle.scheduled_by is None:
        return False
    release_scheduled(bundle=bundle, by=bundle.scheduled_by, at=at)
    return True
