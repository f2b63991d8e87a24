from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Machine
from nhipcau.media import store
from nhipcau.media.actions import keep_file, stage_public_copy, withdraw_public_copy
from nhipcau.media.models import PublicCopy, PublicHolding

NOON = datetime(2026, 2, 12, 5, tzinfo=UTC)
BY = Machine("test")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stored():
    return keep_file(chunks=["bản đồ cửa khẩu".encode()], by=BY, at=NOON)


def stage(stored, holder, *, opens_at=NOON):
    return stage_public_copy(
        stored=stored,
        mime="image/webp",
        ending="webp",
        holder=holder,
        opens_at=opens_at,
        by=BY,
        at=NOON,
    )


def withdraw(stored, holder, capture):
    with capture(execute=True):
        return withdraw_public_copy(stored=stored, holder=holder, by=BY, at=NOON)


def public_files(folder):
    return [path for path in (folder / "public").rglob("*") if path.is_file()]


def test_a_copy_stands_under_a_name_that_says_nothing_of_its_content(stored):
    copy = stage(stored, "release:1")

    name, _dot, ending = copy.name.partition(".")
    assert (len(name), ending) == (32, "webp")
    assert stored.sha256[:8] not in copy.name
    assert store.public_path_of(copy.name).read_text() == "bản đồ cửa khẩu"


def test_staging_again_for_the_same_holder_is_once(stored, tmp_path):
    first = stage(stored, "release:1", opens_at=NOON + timedelta(hours=1))
    again = stage(stored, "release:1", opens_at=NOON + timedelta(days=1))

    assert first == again
    assert PublicHolding.objects.get().opens_at == NOON + timedelta(days=1)
    assert len(public_files(tmp_path)) == 1
    assert list(Entry.objects.filter(event__startswith="media.copy").values_list("event")) == [
        ("media.copy.staged",)
    ]


def test_staging_again_closes_nothing_that_is_open(stored):
    stage(stored, "release:1")
    stage(stored, "release:1", opens_at=NOON + timedelta(days=1))

    assert PublicHolding.objects.get().opens_at == NOON


def test_a_copy_stays_until_the_last_holder_lets_go_and_then_has_a_new_name(
    stored, tmp_path, django_capture_on_commit_callbacks
):
    name = stage(stored, "release:1").name
    stage(stored, "release:2")

    assert not withdraw(stored, "release:1", django_capture_on_commit_callbacks)
    assert not withdraw(stored, "release:1", django_capture_on_commit_callbacks)
    assert len(public_files(tmp_path)) == 1
    assert withdraw(stored, "release:2", django_capture_on_commit_callbacks)
    assert withdraw(stored, "release:2", django_capture_on_commit_callbacks)
    assert public_files(tmp_path) == []
    assert not PublicCopy.objects.exists()
    assert stage(stored, "release:3").name != name


def test_a_withdrawal_that_is_rolled_back_leaves_the_file(stored, tmp_path):
    stage(stored, "release:1")

    def withdraw_and_stumble():
        with transaction.atomic():
            withdraw_public_copy(stored=stored, holder="release:1", by=BY, at=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        withdraw_and_stumble()
    assert PublicHolding.objects.count() == len(public_files(tmp_path)) == 1


def test_what_is_not_kept_any_more_cannot_be_staged_and_leaves_no_row(stored):
    store.path_of(stored.sha256).unlink()

    with pytest.raises(FileNotFoundError):
        stage(stored, "release:1")
    assert not PublicCopy.objects.exists()


def test_where_the_file_system_knows_no_second_names_the_bytes_are_copied(stored, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)

    assert store.public_path_of(stage(stored, "release:1").name).read_text() == "bản đồ cửa khẩu"
