import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, TEST, make_user
from nhipcau.registry.actions.reference import load_reference_data
from nhipcau.registry.actions.units import create_unit

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    """The facts that come with the house, under every test of the module that begins with them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_data(by=TEST, at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def culture(db):
    return create_unit(
        key="culture", kind="department", name="Sở Văn hóa, Thể thao và Du lịch", by=TEST, at=AT
    )


@pytest.fixture
def planner(culture):
    return make_user(Role.PLANNER, unit=culture)


@pytest.fixture
def desk(client, planner):
    """The planner at the desk; Django's own caches are warm."""
    client.force_login(planner)
    client.get("/admin/registry/")
    return client


@pytest.fixture
def officer(culture):
    return make_user(Role.UNIT_OFFICER, unit=culture)


@pytest.fixture
def price():
    """How many queries a page costs: `price(client, address)`."""

    def of(client, address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return of
