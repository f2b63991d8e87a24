"""Records come in a sheet, with their files: looked at first, in batches, each once."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook
from PIL import Image

from nhipcau.audit.models import Entry
from nhipcau.media.models import MediaItem
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, make_person, make_unit, make_user
from nhipcau.registry.models import Document
from nhipcau.translation.models import Contribution, LanguageVersion, MediaUse
from nhipcau.translation.tests.factories import make_language
from nhipcau.works.actions import bring_records, sheets
from nhipcau.works.errors import SheetRefused
from nhipcau.works.imports.folder import files_of
from nhipcau.works.imports.record_workbook import HEADERS, read_records
from nhipcau.works.models import BroughtRecord, Work
from nhipcau.works.queries.sheets import preview_records
from nhipcau.works.tests.factories import make_task

NAMES = [words[0] for words in HEADERS.values()]


def book(*rows, headings=NAMES):
    made = Workbook()
    made.active.append(headings)
    for row in rows:
        made.active.append([row.get(name) for name in HEADERS])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def record(number, **more):
    return {"key": f"TL-{number:05d}", "kind": "Tin", "title": f"Tin số {number}", **more}


def picture(colour):
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def house(db):
    make_language("vi")
    make_language("lo")
    return make_unit(), make_person("Hoàng Văn Tác")


def brought(house, data, files=None):
    unit, person = house
    files = files or {}
    preview = preview_records(read_records(data), unit=unit, files=files.keys())
    report = bring_records(planned=preview.add, files=files, unit=unit, by=person, at=AT)
    return preview, report


def test_a_row_becomes_a_work_with_its_words_tasks_and_a_hand_of_its_author(house):
    unit, person = house
    task = make_task()
    Document.objects.filter(pk=task.plan.document_id).update(citation="18/KH-UBND")
    row = record(
        1,
        kind="Bài viết",
        title="Chợ phiên Bản Lát",
        summary="Chợ họp ngày rằm.",
        body="Chợ họp từ sáng.\n\nBà con <đến> đông.",
        tasks=f"18/KH-UBND {task.path}",
    )

    preview, report = brought(house, book(row))

    assert (report.added, preview.refused) == (1, [])
    work = Work.objects.get()
    assert (work.kind, work.title, work.unit, work.assignee) == (
        "article",
        "Chợ phiên Bản Lát",
        unit,
        person,
    )
    assert list(work.tasks.all()) == [task]
    version = LanguageVersion.objects.get()
    assert (version.summary, version.state, version.slug) == (
        "Chợ họp ngày rằm.",
        "draft",
        "cho-phien-ban-lat",
    )
    assert next(iter(version.body.raw_data))["value"] == (
        "<p>Chợ họp từ sáng.</p><p>Bà con &lt;đến&gt; đông.</p>"
    )
    revision = version.latest_revision
    assert revision.content["title"] == version.title
    assert revision.as_object().body == version.body
    assert Contribution.objects.get().person == person
    assert Entry.objects.filter(event="works.records.brought").count() == 1


def test_the_same_sheet_again_brings_nothing_and_a_changed_row_is_told(house):
    brought(house, book(record(1), record(2)))

    preview, report = brought(house, book(record(1), record(2, title="Tên khác"), record(3)))

    assert preview.unchanged == ["TL-00001"]
    assert [(row.number, row.key) for row in preview.refused] == [(3, "TL-00002")]
    assert report.added == 1
    assert Work.objects.count() == 3


def test_what_was_broken_off_in_the_middle_goes_on_when_it_is_brought_again(house, monkeypatch):
    unit, person = house
    data = book(*(record(number) for number in range(7)))
    planned = preview_records(read_records(data), unit=unit, files=()).add
    monkeypatch.setattr(sheets, "BATCH", 3)

    class Killed(Exception):
        pass

    def die(done):
        if done == 6:
            raise Killed

    with pytest.raises(Killed):
        bring_records(planned=planned, files={}, unit=unit, by=person, at=AT, tell=die)
    assert Work.objects.count() == 6

    again = bring_records(planned=planned, files={}, unit=unit, by=person, at=AT)

    assert (again.added, again.standing) == (1, 6)
    assert BroughtRecord.objects.count() == Work.objects.count() == 7


def test_every_refused_row_says_why_and_the_others_come_in(house):
    rows = [
        record(1),
        record(2, kind="Phim ba chiều"),
        record(3, language="Tiếng Klingon"),
        record(4, topics="không có chủ đề này"),
        record(5, tasks="99/KH-UBND II.1"),
        record(6, files="mat.png"),
        record(7, title="=1+1"),
        record(8, title="a" * 301),
        {"kind": "Tin", "title": "Không có mã"},
        record(1, title="Trùng mã"),
    ]

    preview, report = brought(house, book(*rows))

    assert report.added == 1
    assert [row.number for row in preview.refused] == list(range(3, 12))
    told = [" ".join(row.sentences) for row in preview.refused]
    for sentence, words in zip(
        told,
        ["Phim ba chiều", "Klingon", "chủ đề này", "99/KH", "mat.png", "D3"[:0], "300", "Mã", "2"],
        strict=True,
    ):
        assert words in sentence
    assert Work.objects.count() == 1


def test_files_of_a_zip_stand_in_the_text_with_their_words(house, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    place = tmp_path / "tep.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("anh/cho.png", picture("red"))
        archive.writestr("anh/hong.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    rows = [
        record(1, files="cho.png", alt="Một gian hàng đỏ", credit="Sở mẫu", licence="CC-BY-4.0"),
        record(2, files="hong.png"),
        record(3, files="cho.png"),
    ]

    _preview, report = brought(house, book(*rows), files_of(place))

    assert report.added == 2
    assert [row.key for row in report.refused] == ["TL-00002"]
    assert report.refused[0].sentences[0]
    item = MediaItem.objects.get()
    assert (item.credit, item.licence) == ("Sở mẫu", "CC-BY-4.0")
    version = LanguageVersion.objects.get(title="Tin số 1")
    assert next(iter(version.body.raw_data))["value"]["picture"] == item.pk
    assert MediaUse.objects.filter(item=item).count() == 2


def test_what_is_no_sheet_and_no_folder_is_refused_as_a_whole(tmp_path):
    for data in (b"", b"PK\x03\x04 nothing", book(headings=["Tên", "Ghi chú", *NAMES[5:]])):
        with pytest.raises(SheetRefused):
            read_records(data)
    with pytest.raises(SheetRefused):
        read_records(book(headings=[*NAMES[:3], NAMES[2], *NAMES[4:]]))
    (tmp_path / "x.zip").write_bytes(b"PK nothing")
    with pytest.raises(SheetRefused):
        files_of(tmp_path / "x.zip")
    for folder in ("a", "b"):
        (tmp_path / "tep" / folder).mkdir(parents=True)
        (tmp_path / "tep" / folder / "cho.png").write_bytes(b"x")
    with pytest.raises(SheetRefused, match=r"cho\.png"):
        files_of(tmp_path / "tep")
    assert files_of(None) == {}


def test_two_hundred_rows_cost_a_few_dozen_queries(house, django_assert_max_num_queries):
    unit, person = house

    def bring(first, count):
        data = book(*(record(number) for number in range(first, first + count)))
        planned = preview_records(read_records(data), unit=unit, files=()).add
        with django_assert_max_num_queries(40):
            bring_records(planned=planned, files={}, unit=unit, by=person, at=AT)

    bring(0, 1)
    bring(10, 200)


def test_the_command_looks_first_and_brings_when_told(house, tmp_path, capsys):
    unit, _person = house
    author = make_user(Role.AUTHOR, unit=unit).person
    sheet, report = tmp_path / "ban-ghi.xlsx", tmp_path / "tu-choi.xlsx"
    sheet.write_bytes(book(record(1), record(2, kind="Không rõ")))
    arguments = ["works_import", str(sheet), "--unit", unit.key, "--by", author.email]

    call_command(*arguments)
    assert Work.objects.count() == 0

    call_command(*arguments, "--bring", "--report", str(report))
    assert Work.objects.get().started_by == author
    rows = list(load_workbook(report).active.values)
    assert [row[:2] for row in rows[1:]] == [(3, "TL-00002")]

    with pytest.raises(CommandError):
        call_command(*arguments[:-1], make_person("Người ngoài").email)
    with pytest.raises(CommandError):
        call_command("works_import")
    call_command("works_import", "--empty", str(tmp_path / "mau.xlsx"))
    assert next(iter(load_workbook(tmp_path / "mau.xlsx").active.values)) == tuple(NAMES)
