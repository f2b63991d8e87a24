"""The worker's edge: forms and visits in the background, and bundles whose minute has come."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from nhipcau.kernel.actor import Machine
from nhipcau.publishing.actions.releasing import release_scheduled
from nhipcau.publishing.actions.renditions import make_rendition
from nhipcau.publishing.enums import BundleState
from nhipcau.publishing.models import Bundle, Rendition
from nhipcau.publishing.queries.inspection import links_of, newest_words_of
from nhipcau.translation.proofreading.links import Visitor, visit_all

TYPESETTER = Machine("typesetter")


@task()
def make_ordered_form(rendition_id: int) -> None:
    rendition = Rendition.objects.select_related("subject").get(pk=rendition_id)
    make_rendition(rendition=rendition, by=TYPESETTER, at=timezone.now())


@task()
def visit_links(version_id: int) -> None:
    """Go where a version's newest words lead; what is found is kept a while for the checks."""
    words = newest_words_of(version_id)
    if words is not None:
        visit_all(links_of(words), visitor=Visitor(), cache=cache)


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
