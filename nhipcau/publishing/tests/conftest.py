import pytest

from nhipcau.publishing.tests.factories import House


@pytest.fixture
def house(db):
    return House()
