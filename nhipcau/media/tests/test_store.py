from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Machine
from nhipcau.media import store
from nhipcau.media.actions import keep_file
from nhipcau.media.models import StoredFile

NOON = datetime(2026, 2, 12, 5, tzinfo=UTC)
BY = Machine("test")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_file_is_kept_under_its_hash_and_comes_back_whole():
    stored = keep_file(chunks=[b"ban do ", b"cua khau"], by=BY, at=NOON)

    assert b"".join(store.read(stored.sha256)) == b"ban do cua khau"
    assert stored.size_bytes == 15


def test_the_same_bytes_again_are_one_file_and_one_line_in_the_diary():
    first = keep_file(chunks=[b"anh"], by=BY, at=NOON)
    second = keep_file(chunks=[b"a", b"nh"], by=BY, at=NOON)

    assert first == second
    assert list(Entry.objects.values_list("event", flat=True)) == ["media.file.kept"]


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path):
    def broken():
        yield b"half"
        raise ConnectionError("the line went dead")

    with pytest.raises(ConnectionError):
        keep_file(chunks=broken(), by=BY, at=NOON)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()


def test_media_verify_names_what_is_missing_changed_or_unnamed(tmp_path):
    gone = keep_file(chunks=[b"gone"], by=BY, at=NOON)
    spoilt = keep_file(chunks=[b"spoilt"], by=BY, at=NOON)
    keep_file(chunks=[b"whole"], by=BY, at=NOON)
    store.path_of(gone.sha256).unlink()
    store.path_of(spoilt.sha256).write_bytes(b"Spoilt")
    unnamed, _size = store.write([b"nobody knows me"])
    out = StringIO()

    with pytest.raises(CommandError, match=r"^2 "):
        call_command("media_verify", stdout=out)

    assert sorted(out.getvalue().split("\n")) == sorted(
        ["", f"missing\t{gone.sha256}", f"changed\t{spoilt.sha256}", f"unnamed\t{unnamed}"]
    )
