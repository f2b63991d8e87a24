"""A unit with people, a folder of its own, and a real clamd with one signature."""

import getpass
import hashlib
import shutil
import socket
import subprocess
import time

import pytest

from nhipcau.media.actions import begin_upload, examine_upload, receive_piece
from nhipcau.media.tests.intake.samples import drawn, exif_with_place, picture_bytes
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, TEST, make_unit, make_user

VIRUS = b"day la tep mau co chu ky vi-rut cua phep thu"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def unit():
    return make_unit("UBND xã Na Chương")


@pytest.fixture
def author(unit):
    return make_user(Role.AUTHOR, unit=unit)


@pytest.fixture
def bring(author, unit, django_capture_on_commit_callbacks):
    """Send a file whole and have it examined; the upload as it ended."""

    def brought(data, name="anh.jpg", *, by=None, into=None, replaces=None):
        with django_capture_on_commit_callbacks(execute=True):
            upload = begin_upload(
                unit=into or unit, file_name=name, size_bytes=len(data), replaces=replaces,
                by=by or author.person, at=AT,
            )  # fmt: skip
            receive_piece(upload=upload, offset=0, pieces=[data], by=by or author.person, at=AT)
            upload.refresh_from_db()
            return examine_upload(upload=upload, by=TEST, at=AT)

    return brought


@pytest.fixture
def picture(bring):
    """A picture in the library."""
    return bring(picture_bytes("JPEG", exif=exif_with_place()), "anh-cua-khau.jpg").item


def other_picture(turn=90, size=(200, 120)):
    from io import BytesIO

    kept = BytesIO()
    drawn(size).rotate(turn).save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture(scope="session")
def clamd(tmp_path_factory):
    """Debian's clamd over a database of one line; its address as `host:port`."""
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "db").mkdir()
    (folder / "db" / "mau.hsb").write_text(
        f"{hashlib.sha256(VIRUS).hexdigest()}:{len(VIRUS)}:Mau.Thu-1\n"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder / 'db'}\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"Foreground yes\nPidFile {folder / 'pid'}\nUser {getpass.getuser()}\nStreamMaxLength 1M\n"
    )
    process = subprocess.Popen(
        [program, "-c", str(folder / "clamd.conf")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, process.stdout.read()
                time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
