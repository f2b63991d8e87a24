from datetime import UTC, datetime

import pytest

from nhipcau.kernel.actor import Machine
from nhipcau.registry.actions.reference import load_reference_data


@pytest.fixture
def by():
    return Machine("registry tests")


@pytest.fixture
def at():
    return datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture
def shipped(db, by, at):
    """The facts that come with the house, loaded."""
    return load_reference_data(by=by, at=at)
