from pathlib import Path

import pytest
from django.utils import timezone

from nhipcau.website.store import making, tasks
from nhipcau.website.store.keeping import keeper as keeper_here
from nhipcau.website.tests.store import little


@pytest.fixture
def portal(settings, tmp_path, db):
    """A little portal, whose pages are kept in a folder of this test alone; answers its keeper."""
    settings.ROOT_URLCONF = little.__name__
    settings.PAGE_STORE = Path(tmp_path) / "pages"
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    little.fresh()
    tasks._settled[:] = tasks._gathered[:] = [timezone.now()]
    return keeper_here()


@pytest.fixture
def kept_portal(portal):
    """The same, with every page made."""
    for address in little.addresses():
        assert making.make_page(address).was_kept, address
    return portal
