"""What lay in the trash for long goes for good; what left the house or is used stays."""

import os
from datetime import timedelta

import pytest

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Machine
from nhipcau.media import store
from nhipcau.media.actions import keep_file, purge_trash, stage_public_copy, trash_item
from nhipcau.media.models import Derivative, MediaItem, StoredFile
from nhipcau.media.signals import Usage, usage_asked
from nhipcau.media.tests.intake.samples import picture_bytes
from nhipcau.media.tests.room.conftest import other_picture
from nhipcau.people.tests.factories import AT, TEST, make_unit

pytestmark = pytest.mark.django_db

JOB = Machine("retention")
LATER = AT + timedelta(days=181)
BEFORE = LATER - timedelta(days=180)


@pytest.fixture
def purge(django_capture_on_commit_callbacks):
    def purged():
        with django_capture_on_commit_callbacks(execute=True):
            return purge_trash(before=BEFORE, by=JOB, at=LATER)

    return purged


def bytes_of(item):
    """The places of everything that was kept for the item, a year old by the disk's clock."""
    digests = [item.current.stored.sha256]
    digests += Derivative.objects.filter(file__item=item).values_list("stored__sha256", flat=True)
    places = [store.path_of(digest) for digest in digests]
    for place in places:
        os.utime(place, (AT.timestamp(), AT.timestamp()))
    return places


def test_a_picture_in_the_trash_goes_with_all_its_sizes_and_bytes(picture, purge):
    places = bytes_of(picture)
    trash_item(item=picture, by=TEST, at=AT)

    assert purge() == 1

    assert len(places) == 3
    assert not MediaItem.objects.exists()
    assert not StoredFile.objects.exists()
    assert [place for place in places if place.exists()] == []
    told = Entry.objects.get(event="media.item.purged")
    assert (told.target_key, told.by_key) == (str(picture.pk), JOB.actor_key)
    assert purge() == 0


def test_what_is_not_in_the_trash_or_came_there_later_stays(picture, bring, purge):
    young = bring(other_picture(), "moi.png").item
    trash_item(item=young, by=TEST, at=BEFORE)

    assert purge() == 0

    assert set(MediaItem.objects.all()) == {picture, young}


def test_what_was_released_stays_in_the_trash_whole(picture, purge):
    size = Derivative.objects.filter(file__item=picture).first()
    places = bytes_of(picture)
    trash_item(item=picture, by=TEST, at=AT)
    stage_public_copy(
        stored=size.stored, mime=size.mime, ending="webp", holder="release:1", opens_at=AT,
        by=TEST, at=AT,
    )  # fmt: skip

    assert purge() == 0

    assert MediaItem.objects.get().current.derivatives.count() == 2
    assert all(place.exists() for place in places)
    assert not Entry.objects.filter(event="media.item.purged").exists()


def test_what_something_uses_stays(picture, purge):
    trash_item(item=picture, by=TEST, at=AT)

    def answer(**_):
        return [Usage(kind="Sản phẩm", name="Tờ rơi 12")]

    usage_asked.connect(answer)
    try:
        assert purge() == 0
    finally:
        usage_asked.disconnect(answer)
    assert purge() == 1


def test_bytes_that_another_item_has_too_stay(picture, bring, purge):
    same = bring(picture_bytes("JPEG"), into=make_unit("Sở Ngoại vụ")).item
    assert same.current.stored == picture.current.stored
    places = bytes_of(picture)
    trash_item(item=picture, by=TEST, at=AT)

    assert purge() == 1

    assert MediaItem.objects.get() == same
    assert all(place.exists() for place in places)
    assert same.current.derivatives.count() == 2


def test_bytes_that_were_brought_anew_meanwhile_are_put_back(own_folder):
    digest = keep_file(chunks=["đường tuần tra".encode()], by=TEST, at=AT).sha256
    long_ago = AT - timedelta(days=400)
    os.utime(store.path_of(digest), (AT.timestamp(), AT.timestamp()))

    assert not store.forget(digest, older_than=long_ago, is_named=lambda: False)
    assert not store.forget(digest, older_than=LATER, is_named=lambda: True)
    assert store.path_of(digest).exists()
    assert store.forget(digest, older_than=LATER, is_named=lambda: False)
    assert not store.path_of(digest).exists()
