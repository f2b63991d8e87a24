"""Our backend, with the worker at hand: what waits is written when a test asks to see it."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from nhipcau.outbox.actions import work
from nhipcau.search.engine import backend


class Index(backend.Index):
    def refresh(self):
        while work(consumer=f"search@{settings.NODE}", at=timezone.now(), worker="suite"):
            pass


class SearchBackend(backend.Backend):
    index_class = Index
