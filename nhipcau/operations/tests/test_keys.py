"""Whoever takes the keys of the house is told of in the diary, or does not get them."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from wagtail.models import Site

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Machine
from nhipcau.operations.actions import take_keys
from nhipcau.operations.errors import BackupRefused

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
OPERATOR = Machine("operator")


@pytest.fixture
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir()
    (settings.KEYS / "secret_key").write_bytes(b"secret")
    return settings.KEYS


@pytest.mark.django_db
def test_taking_the_keys_is_told_with_their_names_alone(keys, tmp_path):
    names = take_keys(file=tmp_path / "b.keys", by=OPERATOR, at=AT)

    line = Entry.objects.get(event="operations.keys.taken")
    assert (line.by_key, line.after) == (OPERATOR.actor_key, {"keys": names})
    assert "secret" in (tmp_path / "b.keys").read_text(errors="replace")


@pytest.mark.django_db
def test_keys_of_which_the_diary_cannot_tell_are_not_taken(keys, tmp_path):
    Site.objects.all().delete()

    with override("en"), pytest.raises(BackupRefused, match="by hand"):
        take_keys(file=tmp_path / "b.keys", by=OPERATOR, at=AT)

    assert not (tmp_path / "b.keys").exists()
    assert not Entry.objects.filter(event="operations.keys.taken").exists()
