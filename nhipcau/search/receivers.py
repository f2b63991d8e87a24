"""What is saved or deleted is told to the index, in the transaction that did it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from modelsearch import signal_handlers
from modelsearch.backends import get_search_backends_with_name
from modelsearch.index import get_indexed_models


def listen() -> None:
    """Hear of every class that is indexed, in place of modelsearch.

    Its own handler makes a background task of every save: another process reads the row, and tells
    the backend what we can tell it here and now.
    """
    for model in get_indexed_models():
        post_save.disconnect(signal_handlers.post_save_signal_handler, sender=model)
        post_delete.disconnect(signal_handlers.post_delete_signal_handler, sender=model)
        if getattr(model, "search_auto_update", True):
            post_save.connect(saved, sender=model, dispatch_uid=f"search:{model._meta.label}")
            post_delete.connect(deleted, sender=model, dispatch_uid=f"search:{model._meta.label}")


def saved(instance: Any, raw: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002 -- Django calls it so
    if raw:
        return
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add(instance)


def deleted(instance: Any, **_: Any) -> None:
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        backend.delete(instance)
