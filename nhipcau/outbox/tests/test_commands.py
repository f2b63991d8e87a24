from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nhipcau.outbox.actions import put, work
from nhipcau.outbox.errors import DeliveryFailed
from nhipcau.outbox.models import Handover
from nhipcau.outbox.tests.hearers import Everything

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def given_up(listen):
    """Two messages that a consumer has given up; its trouble is over."""
    listen(Everything, at=NOON)
    for number in range(2):
        put(topic="works.version.changed", key=f"news:{number}", payload={}, at=NOON)
    Everything.fails_with.append(DeliveryFailed("The address is gone.", permanent=True))
    work(consumer="everything", at=NOON)
    Everything.fails_with.clear()


def told(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_status_names_what_was_given_up_and_why(given_up):
    said = told("outbox_status")

    assert "everything: 0 waiting, 0 failing, 2 given up" in said
    assert "everything news:0: The address is gone." in said
    assert "Background tasks: 0 waiting, 0 running, 0 given up" in said


def test_what_was_given_up_is_tried_again(given_up):
    assert told("outbox_retry", "everything") == "Tried again: 2 messages, 0 background tasks.\n"

    assert not Handover.objects.given_up().exists()
    assert work(consumer="everything", at=timezone.now()).done == 2


def test_an_unknown_consumer_is_refused_and_nothing_changes(given_up):
    with pytest.raises(CommandError, match="nobody"):
        told("outbox_retry", "nobody")

    assert Handover.objects.given_up().count() == 2
