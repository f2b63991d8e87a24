"""A consumer that is misspelt in the settings is found when the house starts."""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from nhipcau.outbox.contract import Handler


@register()
def consumers_can_be_had(**_: object) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    names: Counter[str] = Counter()
    for path in settings.OUTBOX_CONSUMERS:
        try:
            handler = import_string(path)
        except ImportError as error:
            found.append(Error(f"OUTBOX_CONSUMERS lists {path}: {error}", id="outbox.E001"))
            continue
        if not (isinstance(handler, type) and issubclass(handler, Handler)):
            found.append(
                Error(f"OUTBOX_CONSUMERS lists {path}, which is no Handler.", id="outbox.E002")
            )
            continue
        names[handler.name] += 1
        if "@" in handler.name or not handler.topics:
            found.append(
                Error(f"{path} needs a name without @ and at least one topic.", id="outbox.E003")
            )
    found += [
        Error(f"Two consumers are called “{name}”.", id="outbox.E004")
        for name, count in names.items()
        if count > 1
    ]
    return found
