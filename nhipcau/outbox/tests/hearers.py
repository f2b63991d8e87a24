"""Consumers for tests, as any room would write them: what they do is plain to see.

What a hearer heard stands in its list; `fails_with` is what it raises, if anything.
"""

from datetime import timedelta
from typing import ClassVar

from nhipcau.outbox.contract import Handler
from nhipcau.outbox.models import Keeping


class Hearer(Handler):
    heard: ClassVar[list]
    fails_with: ClassVar[list]

    def __init_subclass__(cls):
        cls.heard, cls.fails_with = [], []

    def handle(self, message):
        if self.fails_with:
            raise self.fails_with[0]
        self.heard.append(message.key)


class Everything(Hearer):
    name = "everything"
    topics = frozenset({"works.", "plans.plan.accepted"})


class Orderly(Hearer):
    name = "orderly"
    topics = frozenset({"works.version.changed"})
    in_order = True


class Search(Hearer):
    name = "search"
    topics = frozenset({"works."})
    per_node = True
    hears_the_past = True


class Impatient(Hearer):
    name = "impatient"
    topics = frozenset({"works."})
    gives_up_after = 3
    lease = timedelta(seconds=30)


class Bookkeeper(Hearer):
    """Writes to our own database: its work and the note of it are one transaction."""

    name = "bookkeeper"
    topics = frozenset({"works."})
    in_transaction = True

    def handle(self, message):
        Keeping.objects.create(
            topic=message.key, days=1, since=message.written_at.date(), reason="a row"
        )
        super().handle(message)


ALL = (Everything, Orderly, Search, Impatient, Bookkeeper)
