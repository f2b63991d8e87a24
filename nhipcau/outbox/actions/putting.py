"""Putting news into the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.canonical import canonical, plain
from nhipcau.outbox.errors import KeyTaken
from nhipcau.outbox.locks import share_registration
from nhipcau.outbox.models import Consumer, Handover, Message
from nhipcau.outbox.rules import hears
from nhipcau.outbox.signals import news_put


@transaction.atomic
def put(
    *, topic: str, key: str, payload: Mapping[str, Any], at: datetime, about: str = ""
) -> Message:
    """Write news for everybody who hears `topic`, in the caller's transaction.

    `key` names the news for ever ("works.version.released:41:7"): put twice, it is one message.
    `about` names the thing it is about, for consumers that hear in order. Raises KeyTaken when
    other news stands under the key, TypeError for a payload that has no plain form; nothing is
    written then.
    """
    told = plain(payload)
    share_registration()
    message, is_new = Message.objects.get_or_create(
        key=key, defaults={"topic": topic, "about": about, "payload": told, "written_at": at}
    )
    if not is_new:
        same = (message.topic, message.about) == (topic, about)
        if not same or canonical(message.payload) != canonical(told):
            raise KeyTaken(_("Other news already stands under the key “%(key)s”.") % {"key": key})
        return message
    Handover.objects.bulk_create(
        [
            Handover(message=message, consumer=consumer.name, about=about, due_at=at)
            for consumer in Consumer.objects.filter(until__isnull=True).order_by("pk")
            if hears(consumer.topics, topic)
        ]
    )
    news_put.send(sender=Message, message=message)
    return message
