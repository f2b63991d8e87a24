import pytest
from django.utils import timezone, translation

from nhipcau.outbox.actions import register_consumers
from nhipcau.outbox.consumers import handlers, name_here
from nhipcau.outbox.models import Consumer
from nhipcau.outbox.tests import hearers


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def listen(settings):
    """listen(Everything, Orderly): the settings list these consumers, and they are registered."""
    for hearer in hearers.ALL:
        hearer.heard.clear()
        hearer.fails_with.clear()

    # The house's, registered by migrating.
    own = [name_here(handler, settings.NODE) for handler in handlers()]

    def listen(*classes, at=None, node="1"):
        Consumer.objects.filter(name__in=own).delete()
        own.clear()  # a test's own may be called the same
        settings.NODE = node
        settings.OUTBOX_CONSUMERS = [f"{each.__module__}.{each.__name__}" for each in classes]
        return register_consumers(at=at or timezone.now())

    return listen
