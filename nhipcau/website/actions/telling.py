"""The diary's line of what editors do to pages in Wagtail's own screens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from wagtail.models import Page

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.outbox.actions import put
from nhipcau.website.rules.tags import frame_tag, page_tag

CHANGED = "website.changed"  # what the page store hears: store/news.py


def tell_pages(*, tags: Collection[str], key: str, by: Actor, at: datetime) -> None:
    """Have every page that shows one of these made again, in the transaction of the change."""
    put(
        topic=CHANGED,
        key=f"{CHANGED}:{key}:{at.timestamp()}",
        about=f"{CHANGED}:{key}",
        payload={"tags": list(tags), "by": by.actor_key},
        at=at,
    )


@transaction.atomic
def note_page(*, page: Page, what: str, by: Actor, at: datetime) -> None:
    """A page was published, taken back, moved or deleted (`what`); others hear it by the outbox."""
    record(
        event=f"website.page.{what}",
        target=page,
        by=by,
        at=at,
        after={"address": page.url_path, "title": page.title},
    )
    language = page.url_path.strip("/").partition("/")[0]
    tell_pages(tags=[page_tag(page.pk), frame_tag(language)], key=f"page:{page.pk}", by=by, at=at)
