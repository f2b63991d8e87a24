"""After every `migrate`, the guards stand again."""

from __future__ import annotations

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from nhipcau.audit.guards import make_guards


@receiver(post_migrate, dispatch_uid="audit.guards")
def stand_guard(*, sender: AppConfig, using: str, **_: object) -> None:
    if sender.label == "audit":
        make_guards(connections[using])
