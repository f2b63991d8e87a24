import shutil

import pytest

from nhipcau.operations.tests.houses import nhipcau


@pytest.fixture(scope="session")
def prepared_house(tmp_path_factory):
    """A migrated, empty house on SQLite; copy it, never write in it."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    result = nhipcau("serve", "--prepare-only", data=data)
    assert result.returncode == 0, result.stdout + result.stderr
    return data


@pytest.fixture
def house(prepared_house, tmp_path):
    """A house of this test's own."""
    return shutil.copytree(prepared_house, tmp_path / "house")
