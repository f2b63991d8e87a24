import pytest

from nhipcau.people.actions import open_account
from nhipcau.people.models import User
from nhipcau.people.tests.factories import AT, PASSWORD, TEST
from nhipcau.publishing.tests.factories import House


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def desk(client):
    """Sign a person in: `desk(house.head)` is the browser of the head of the unit."""

    def sign_in(person):
        user = User.objects.filter(person=person).first() or open_account(
            person=person, password=PASSWORD, by=TEST, at=AT
        )
        client.force_login(user)
        return client

    return sign_in
