import errno
from datetime import timedelta

import pytest
from django.utils import translation

from nhipcau.audit.models import Entry
from nhipcau.media import store
from nhipcau.media.actions import (
    begin_upload,
    cancel_upload,
    examine_upload,
    expire_uploads,
    receive_piece,
    set_quota,
)
from nhipcau.media.enums import UploadState
from nhipcau.media.errors import DiskFull, OffsetMoved, ScannerSilent, UploadRefused
from nhipcau.media.models import Derivative, MediaItem, StoredFile, Upload
from nhipcau.media.queries.uploads import look_alikes, received
from nhipcau.media.rules.names import harmless, title_from
from nhipcau.media.tasks import Examiner
from nhipcau.media.tests.intake.samples import (
    bomb_png,
    drawn,
    exif_with_place,
    picture_bytes,
    told_by_exiftool,
    word_bytes,
)
from nhipcau.media.tests.room.conftest import VIRUS, other_picture
from nhipcau.outbox.contract import News
from nhipcau.outbox.errors import DeliveryFailed
from nhipcau.outbox.models import Message
from nhipcau.people.queries import rights_of
from nhipcau.people.tests.factories import AT, TEST, TODAY, make_unit

pytestmark = pytest.mark.django_db
DATA = picture_bytes("JPEG", exif=exif_with_place())


def begin(author, unit, data=DATA, **given):
    return begin_upload(
        unit=unit, file_name="anh.jpg", size_bytes=len(data), by=author.person, at=AT, **given
    )


def piece(upload, offset, data, author):
    return receive_piece(upload=upload, offset=offset, pieces=[data], by=author.person, at=AT)


def kept_bytes(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_picture_comes_in_by_pieces_and_is_kept_without_what_is_private(
    author, unit, own_folder, django_capture_on_commit_callbacks
):
    upload = begin(author, unit)
    half = len(DATA) // 2
    piece(upload, 0, DATA[:half], author)
    upload = piece(upload, half, DATA[half:], author)
    assert upload.state == UploadState.WAITING
    assert Message.objects.filter(topic="media.upload.arrived").count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        upload = examine_upload(upload=upload, by=TEST, at=AT)

    item = upload.item
    file = item.current
    assert (item.kind, item.title, item.unit) == ("picture", "anh", unit)
    assert (file.mime, file.width, file.height, file.number) == ("image/jpeg", 96, 64, 1)
    assert "place" in file.taken_out
    told = told_by_exiftool(store.path_of(file.stored.sha256))
    assert not [tag for tag in told if "GPS" in tag or "IFD" in tag]
    assert not [path for path, data in kept_bytes(own_folder).items() if b"SN-4711" in data]
    assert set(file.derivatives.values_list("spec", flat=True)) == {"w320.webp", "w1200.webp"}


def test_a_killed_server_goes_on_from_what_the_disk_holds(author, unit):
    upload = begin(author, unit)
    with store.arriving_path(upload.uuid).open("ab") as file:
        file.write(DATA[:1000])  # written, and killed before the row was

    upload.refresh_from_db()
    assert (upload.received_bytes, received(upload)) == (0, 1000)
    with pytest.raises(OffsetMoved):
        piece(upload, 0, DATA, author)
    assert piece(upload, 1000, DATA[1000:], author).state == UploadState.WAITING


def test_a_line_that_breaks_in_the_middle_of_a_piece_loses_nothing(author, unit):
    upload = begin(author, unit)

    def broken():
        yield DATA[:700]
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        receive_piece(upload=upload, offset=0, pieces=broken(), by=author.person, at=AT)
    assert received(upload) == 700


def test_a_full_disk_is_said_and_what_arrived_is_kept(author, unit, monkeypatch):
    upload = begin(author, unit)
    piece(upload, 0, DATA[:500], author)

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with translation.override("en"), pytest.raises(DiskFull, match="kept"):
        piece(upload, 500, DATA[500:], author)
    monkeypatch.undo()

    upload.refresh_from_db()
    assert upload.state == UploadState.ARRIVING
    assert received(upload) >= 500


def test_more_than_was_announced_is_refused(author, unit):
    with pytest.raises(UploadRefused):
        piece(begin(author, unit), 0, DATA + b"x", author)


def test_the_same_file_chosen_again_goes_on_and_for_another_unit_begins_anew(author, unit):
    first = begin(author, unit, fingerprint="anh.jpg-1-2")

    assert begin(author, unit, fingerprint="anh.jpg-1-2") == first
    assert begin(author, make_unit(), fingerprint="anh.jpg-1-2") != first
    assert begin(author, unit) != first


def test_the_same_bytes_sent_again_are_the_same_item(bring, author, unit):
    first = bring(DATA)
    second = bring(DATA, "ten-khac.jpg")

    assert second.is_duplicate
    assert second.item == first.item
    assert MediaItem.objects.count() == 1
    elsewhere = bring(DATA, into=make_unit("UBND xã Khe Suông"))
    assert (elsewhere.is_duplicate, MediaItem.objects.count()) == (False, 2)
    assert StoredFile.objects.filter(media_files__isnull=False).distinct().count() == 1


def test_the_same_picture_smaller_and_pressed_harder_is_hinted_at(bring, author):
    from io import BytesIO

    large = BytesIO()
    drawn((960, 640)).save(large, "PNG")
    small = BytesIO()
    drawn((960, 640)).resize((300, 200)).save(small, "JPEG", quality=60)
    first = bring(large.getvalue(), "a.png").item
    second = bring(small.getvalue(), "b.jpg").item
    bring(other_picture(), "c.png")

    rights = rights_of(author.person, on=TODAY)
    assert look_alikes(second, rights) == [first]


def test_examining_twice_comes_to_the_same(bring):
    upload = bring(DATA)
    again = examine_upload(upload=upload, by=TEST, at=AT)

    assert (again.item, MediaItem.objects.count()) == (upload.item, 1)
    assert Derivative.objects.count() == 2


def test_a_refused_file_says_why_and_leaves_no_bytes(bring, own_folder):
    upload = bring(bomb_png(), "anh.png")

    assert (upload.state, upload.refusal) == (UploadState.REFUSED, "bomb")
    assert upload.refusal_values["width"] == 50_000
    assert kept_bytes(own_folder) == {}
    assert Entry.objects.filter(event="media.upload.refused").count() == 1
    assert not MediaItem.objects.exists()


def test_a_newer_file_replaces_the_old_one_and_another_kind_does_not(bring, picture):
    upload = bring(other_picture(), "moi.png", replaces=picture)

    picture.refresh_from_db()
    assert upload.item == picture
    assert (picture.current.number, picture.files.count()) == (2, 2)
    refused = bring(word_bytes(), "a.docx", replaces=picture)
    assert (refused.state, refused.refusal) == (UploadState.REFUSED, "other_kind")
    assert picture.files.count() == 2


def test_clamd_finds_what_its_database_knows(bring, settings, clamd):
    settings.CLAMD = clamd

    assert bring(DATA).state == UploadState.TAKEN
    upload = bring(VIRUS, "thu.txt")
    assert (upload.state, upload.refusal) == (UploadState.REFUSED, "virus")
    assert upload.refusal_values == {"name": "Mau.Thu-1.UNOFFICIAL"}


def test_without_clamd_a_file_waits_and_never_passes_unseen(author, unit, settings, clamd):
    settings.CLAMD = "127.0.0.1:9"
    upload = begin(author, unit)
    upload = piece(upload, 0, DATA, author)
    news = News("k", "media.upload.arrived", "", {"upload": upload.pk}, AT)

    with pytest.raises(DeliveryFailed, match="clamd"):
        Examiner().handle(news)
    upload.refresh_from_db()
    assert upload.state == UploadState.NO_SCANNER
    assert not MediaItem.objects.exists()

    settings.CLAMD = clamd
    Examiner().handle(news)
    upload.refresh_from_db()
    assert upload.state == UploadState.TAKEN


def test_a_file_that_clamd_cannot_look_through_whole_waits(author, unit, settings, clamd):
    settings.CLAMD = clamd
    data = b"chu thuong " * 200_000  # above its StreamMaxLength
    upload = piece(begin(author, unit, data), 0, data, author)

    with pytest.raises(ScannerSilent):
        examine_upload(upload=upload, by=TEST, at=AT)
    upload.refresh_from_db()
    assert upload.state == UploadState.NO_SCANNER


def test_a_unit_without_room_is_told_so_before_anything_is_sent(author, unit, bring):
    bring(DATA)
    set_quota(unit=unit, size_bytes=len(DATA) + 100, start=TODAY, by=TEST, at=AT)
    set_quota(unit=None, size_bytes=10**9, start=TODAY, by=TEST, at=AT)

    with pytest.raises(UploadRefused, match="Na Chương"):
        begin(author, unit)
    assert begin(author, make_unit())


@pytest.mark.parametrize("size", [0, 2_000_000_001])
def test_an_empty_or_enormous_file_is_refused_before_anything_is_sent(size, author, unit):
    with pytest.raises(UploadRefused):
        begin_upload(unit=unit, file_name="a", size_bytes=size, by=author.person, at=AT)


def test_what_nobody_goes_on_with_is_forgotten_and_what_waits_is_not(
    author, unit, own_folder, django_capture_on_commit_callbacks
):
    left = begin(author, unit)
    waiting = piece(begin(author, unit), 0, DATA, author)

    with django_capture_on_commit_callbacks(execute=True):
        assert expire_uploads(before=AT + timedelta(days=1), by=TEST, at=AT) == 1
    assert list(Upload.objects.all()) == [waiting]
    assert not store.arriving_path(left.uuid).exists()
    with django_capture_on_commit_callbacks(execute=True):
        cancel_upload(upload=waiting, by=author.person, at=AT)
    assert kept_bytes(own_folder) == {}


@pytest.mark.parametrize(
    ("name", "harmless_name"),
    [
        ("anh\u202egnp.exe", "anhgnp.exe"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lan\\Ảnh cửa khẩu.JPG", "Ảnh cửa khẩu.jpg"),
        ("a\x00b\n.png", "ab.png"),
        ("   ", "tep"),
        ("x" * 10_000 + ".png", "x" * 196 + ".png"),
        ('a<b>"c|?*.png', "a-b--c---.png"),
    ],
)
def test_names_are_made_harmless(name, harmless_name):
    assert harmless(name) == harmless_name
    assert harmless(harmless_name) == harmless_name


def test_a_title_is_the_name_as_words():
    assert title_from("le_hoi-long-tong.jpg") == "le hoi long tong"
