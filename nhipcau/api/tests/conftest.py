import pytest

from nhipcau.api.views import edge
from nhipcau.publishing.tests.conftest import house  # noqa: F401 -- a fixture


@pytest.fixture(autouse=True)
def _nobody_asked_yet(monkeypatch):
    """Tests are one caller; each begins with its minute unspent."""
    monkeypatch.setattr(edge.counters, "_ends", 0.0)
