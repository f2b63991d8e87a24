import pytest
from django.db import transaction
from django.test import Client

from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import release_bundle
from nhipcau.publishing.tests.factories import House
from nhipcau.website.actions import open_portal
from nhipcau.works.actions import load_lists
from nhipcau.works.models import Topic


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """An open portal and its topics, once for a module: each test takes back what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_lists(by=TEST, at=AT)
        open_portal(by=TEST, at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def house(portal, db):
    """A house with its topics and an open portal."""
    return House()


@pytest.fixture
def reader():
    """The browser of a stranger."""
    return Client()


@pytest.fixture
def released(house):
    """Release these works as they are cleared: `released(work)`."""

    def release(*works, at=AT, note="", renditions=()):
        return release_bundle(
            bundle=house.bundle(*works, note=note, renditions=renditions),
            by=house.publisher,
            at=at,
        )

    return release


@pytest.fixture
def work(house, released):
    """A public text in Vietnamese and English, about travel."""
    made = house.work(topics=[Topic.objects.get(key="image/tourism")], kind="article")
    house.approved(made)
    translated = house.translated(made)
    house.hand_in(translated)
    house.clear(translated)
    released(made)
    return made
