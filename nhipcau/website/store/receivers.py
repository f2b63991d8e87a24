"""News is acted on as soon as it is committed, so that readers see it in a moment.

The outbox hears of the same and makes up for what was cut off here; nothing that fails here fails
whoever wrote the news.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.module_loading import import_string

from nhipcau.outbox.models import Message
from nhipcau.outbox.signals import news_put
from nhipcau.website.store.changing import change
from nhipcau.website.store.tasks import HEARD

_TOLD = "page_store_told"


def _shown_at_once(told: list[Message]) -> Callable[[], None]:
    """What is done on commit: all that one transaction tells is one change."""

    def show_what_was_told() -> None:
        touching = import_string(settings.PAGE_STORE_NEWS)
        news = [touching(each.topic, each.payload) for each in told]
        change(
            tags={tag for each in news for tag in each.tags},
            withdrawn={tag for each in news for tag in each.withdrawn},
            at=timezone.now(),
            heard=[each.key for each in told],
            is_urgent=any(each.is_urgent for each in news),
        )

    setattr(show_what_was_told, _TOLD, told)
    return show_what_was_told


@receiver(news_put, dispatch_uid="page_store.at_once")
def show_at_once(*, message: Message, **_: object) -> None:
    if message.topic not in HEARD:
        return
    for entry in connection.run_on_commit:
        if (told := getattr(entry[1], _TOLD, None)) is not None:
            told.append(message)
            return
    transaction.on_commit(_shown_at_once([message]), robust=True)
