import secrets
import shutil
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from nhipcau.operations.tests.houses import House, made_once, nhipcau, server_address
from nhipcau.operations.tests.migrated import PostgreSQL, programs_of


@pytest.fixture(scope="session")
def prepared_house(request, tmp_path_factory, migrated):
    """A migrated, empty house on SQLite, the same for all processes of a run; copy it only."""

    def make(data):
        shutil.copy(migrated, data / "nhipcau.sqlite3")
        result = nhipcau("serve", "--prepare-only", data=data)
        assert result.returncode == 0, result.stdout + result.stderr

    return made_once(request, tmp_path_factory, "prepared", make)


@pytest.fixture
def house(prepared_house, tmp_path):
    """A house of this test's own, on SQLite."""
    return shutil.copytree(prepared_house, tmp_path / "house")


@pytest.fixture(scope="session")
def postgresql_server():
    address = server_address()
    if not address:
        pytest.skip("NHIPCAU_DATABASE_URL names no PostgreSQL server")
    return address


def made_database(server, template=None):
    name = f"house_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} {f'TEMPLATE {template}' if template else ''}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def drop_database(server, url):
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {urlsplit(url).path[1:]} WITH (FORCE)")


@pytest.fixture(scope="session")
def prepared_database(postgresql_server, django_db_setup, django_db_blocker, tmp_path_factory):
    """The name of a migrated, empty database, to be used as a template."""
    url = made_database(postgresql_server)
    with django_db_blocker.unblock():
        programs = programs_of(connection)
    if programs:  # django_db_setup has seen to the copy
        PostgreSQL(connection, programs).take(urlsplit(url).path[1:])
    data = tmp_path_factory.mktemp("prepared") / "data"
    result = nhipcau("prepare", data=data, NHIPCAU_DATABASE_URL=url)
    assert result.returncode == 0, result.stdout + result.stderr
    yield urlsplit(url).path[1:]
    drop_database(postgresql_server, url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def houses(request, tmp_path):
    """Makes houses on one engine: `houses()` a prepared one, `houses(empty=True)` a bare place."""
    made = []

    def make(*, empty=False):
        data = tmp_path / f"house-{len(made)}"
        if request.param == "sqlite":
            if empty:
                data.mkdir()
            else:
                shutil.copytree(request.getfixturevalue("prepared_house"), data)
            made.append("")
            return House(data)
        server = request.getfixturevalue("postgresql_server")
        template = None if empty else request.getfixturevalue("prepared_database")
        data.mkdir()
        made.append(made_database(server, template))
        return House(data, NHIPCAU_DATABASE_URL=made[-1])

    yield make
    for url in filter(None, made):
        drop_database(request.getfixturevalue("postgresql_server"), url)
