import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _a_house_of_its_own(settings, tmp_path):
    """Keys and files of heads of one test are not those of the next."""
    settings.DATA = tmp_path
    settings.KEYS = tmp_path / "keys"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield
