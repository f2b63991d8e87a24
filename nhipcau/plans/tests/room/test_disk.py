"""The disk takes nothing more while a file arrives: refused by the system itself, not by a mock."""

import os
import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from nhipcau.audit.models import Entry
from nhipcau.media.models import StoredFile
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_user
from nhipcau.plans.models import PlanImport
from nhipcau.plans.tests.room.conftest import PLAN

pytestmark = pytest.mark.django_db
FULL = {"vi": "Đĩa lưu trữ của hệ thống đã đầy", "en": "The disk of this house is full"}
CLOSED = {
    "vi": "Hiện hệ thống không ghi được vào đĩa",
    "en": "This house cannot write on its disk at the moment",
}
LARGE = PLAN + "\nGhi chú thêm cho kế hoạch.\n" * 20_000  # 700 KB
NOBODY = 65_534


@contextmanager
def no_file_larger_than(size):
    """From here on the kernel refuses this process every byte behind `size` in a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def read_only(folder):
    """The folder takes nothing; root, whom no permission binds, is somebody else meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    for above in (folder, *folder.parents):
        if above.owner() == "root" and str(above).startswith("/tmp/"):  # noqa: S108 -- pytest's own
            above.chmod(0o755)
    folder.chmod(0o555)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def house(client, planner, settings, tmp_path):
    """The planner at the browser; `left()` is what lies in the folders of files."""
    client.force_login(planner.user)
    client.raise_request_exception = False
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(temporary)

    class House:
        media = Path(settings.MEDIA_ROOT)

        def bring(self, text=LARGE, language="vi", accept="application/json"):
            client.cookies["django_language"] = language
            return client.post(
                reverse("plans:bring"),
                {"file": SimpleUploadedFile("ke-hoach.txt", text.encode())},
                headers={"accept": accept},
            )

        def left(self):
            folders = (self.media, temporary)
            return [path for one in folders for path in one.rglob("*") if path.is_file()]

        def rows(self):
            return (StoredFile.objects.count(), PlanImport.objects.count(), Entry.objects.count())

    return House()


def assert_refused(house, answer, sentence, rows):
    """One sentence, and nothing of the file anywhere."""
    assert answer.status_code == 507
    (told,) = answer.json()["sentences"]
    assert told.startswith(sentence)
    assert house.left() == []
    assert house.rows() == rows


def assert_works(house):
    answer = house.bring()
    assert answer.status_code == 200
    assert answer.json()["address"].startswith("/admin/plans/import/")
    assert len(house.left()) == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_full_disk_where_files_are_kept_is_one_sentence(house, language):
    rows = house.rows()
    with no_file_larger_than(100_000):
        answer = house.bring(language=language)

    assert_refused(house, answer, FULL[language], rows)
    assert_works(house)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_full_disk_where_large_files_arrive_is_one_sentence(house, language, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    rows = house.rows()
    with no_file_larger_than(100_000):
        answer = house.bring(language=language)

    assert_refused(house, answer, FULL[language], rows)
    assert_works(house)


def test_a_disk_that_is_full_at_the_last_byte_is_one_sentence(house, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    rows = house.rows()
    with no_file_larger_than(len(PLAN.encode()) - 1):  # found only when the buffer is emptied
        answer = house.bring(PLAN)

    assert_refused(house, answer, FULL["vi"], rows)
    assert_works(house)


@pytest.mark.parametrize("memory", [10_000_000, 1000], ids=["in memory", "by way of the disk"])
def test_without_a_script_the_sentence_stands_on_a_page(house, settings, memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = memory
    with no_file_larger_than(100_000):
        answer = house.bring(accept="text/html")

    assert answer.status_code == 507
    assert answer.content.decode().count(FULL["vi"]) == 1
    assert_works(house)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_folder_of_files_that_may_not_be_written_is_one_sentence(house, language):
    rows = house.rows()
    with read_only(house.media):
        answer = house.bring(language=language)

    assert_refused(house, answer, CLOSED[language], rows)
    assert_works(house)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_full_tears_nothing(house):
    if connection.vendor != "sqlite":
        pytest.skip("a PostgreSQL server is not filled for a test")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute("PRAGMA freelist_count")
        (free,) = cursor.fetchone()
        cursor.execute("CREATE TABLE filler (bytes BLOB)")
        cursor.execute(f"INSERT INTO filler VALUES (zeroblob({free * 4096}))")
        cursor.execute(f"PRAGMA max_page_count = {pages + 2}")
    try:
        for number in range(200):  # the pages that are there have some room left
            text = f"{PLAN}{number}"
            answer = house.bring(text)
            if answer.status_code != 200:
                break
        assert answer.status_code == 507
        (told,) = answer.json()["sentences"]
        assert told.startswith(FULL["vi"])
        kept, brought, _lines = house.rows()
        lines = Entry.objects.values_list("event", flat=True)
        assert list(lines).count("media.file.kept") == kept
        assert list(lines).count("plans.import.brought") == brought == number
        assert DBTaskResult.objects.count() == brought
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")
    assert house.bring(text).status_code == 200
    assert house.rows()[:2] == (number + 1, number + 1)


def test_any_page_says_it_when_a_transaction_finds_the_disk_full(client, departments, settings):
    from nhipcau.plans.views import importing as views

    client.force_login(make_user(Role.PLANNER, unit=departments["culture"]))
    client.cookies["django_language"] = "en"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "unfinished_imports", write_too_much)
        with no_file_larger_than(1000):
            answer = client.get(reverse("plans:bring"))

    assert answer.status_code == 507
    assert FULL["en"] in answer.content.decode()
    assert "Back to the page" in answer.content.decode()


def write_too_much():
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 100_000)
        file.flush()
    return []
