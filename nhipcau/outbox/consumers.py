"""The consumers that the settings list, and what each is called on this node."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from nhipcau.outbox.contract import Handler


def handlers() -> list[Handler]:
    """One of each, in the order of OUTBOX_CONSUMERS."""
    return [import_string(path)() for path in settings.OUTBOX_CONSUMERS]


def name_here(handler: Handler, node: str) -> str:
    """“search@2” for a consumer that each node is for itself, else the plain name."""
    return f"{handler.name}@{node}" if handler.per_node else handler.name


def handler_of(consumer: str) -> Handler:
    """The handler behind a consumer's name; KeyError when the settings list none."""
    name = consumer.partition("@")[0]
    for handler in handlers():
        if handler.name == name:
            return handler
    raise KeyError(consumer)
