"""Sheets of records by the web: looked at row by row, accepted, brought in by the worker, once."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from nhipcau.audit.models import Entry
from nhipcau.kernel.spreadsheets import workbook
from nhipcau.media.models import MediaItem, StoredFile
from nhipcau.outbox.contract import News
from nhipcau.outbox.models import Message
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, make_person, make_unit, make_user
from nhipcau.registry.models import Language
from nhipcau.translation.tests.factories import make_language
from nhipcau.works.actions import load_lists, record_sheets, sheets
from nhipcau.works.enums import RowState, SheetState
from nhipcau.works.errors import SheetRefused
from nhipcau.works.imports import record_workbook
from nhipcau.works.models import BroughtRecord, RecordSheet, Topic, Work
from nhipcau.works.tasks import SheetBringer
from nhipcau.works.tests.test_sheets import NAMES, book, picture, record

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def author(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_language("vi")
    Language.objects.update(name="Tiếng Việt")
    return make_user(Role.AUTHOR, unit=make_unit(), full_name="Hoàng Văn Tác")


@pytest.fixture
def unit(author):
    return author.person.memberships.get().unit


@pytest.fixture
def client(author):
    browser = Client(headers={"accept-language": "vi"})
    browser.force_login(author)
    return browser


def files(**named):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for name, data in named.items():
            packed.writestr(name, data)
    return SimpleUploadedFile("tep.zip", archive.getvalue(), "application/zip")


def post(client, unit, data, **more):
    sheet = SimpleUploadedFile("ban-ghi.xlsx", data, XLSX)
    return client.post(reverse("works:sheets"), {"sheet": sheet, "unit": unit.pk, **more})


def work_off():
    """The worker goes through what was put out, in its order; each message once."""
    for message in Message.objects.filter(topic__startswith="works.sheet.").order_by("pk"):
        deliver(message)


def deliver(message):
    SheetBringer().handle(
        News(message.key, message.topic, message.about, message.payload, message.written_at)
    )


def decide(client, sheet, what):
    return client.post(reverse("works:decide_sheet", args=[sheet.uuid]), {what: "1"})


def page(client, sheet, **query):
    return client.get(reverse("works:sheet", args=[sheet.uuid]), query)


def test_a_sheet_is_looked_at_row_by_row_before_anything_is_made(client, unit):
    rows = [record(1), record(2, kind="Bánh"), {"title": "Không số", "kind": "Tin"}]
    answer = post(client, unit, book(*rows))
    sheet = RecordSheet.objects.get()
    assert answer.url == reverse("works:sheet", args=[sheet.uuid])
    work_off()

    shown = page(client, sheet).content.decode()
    refused = page(client, sheet, state="refused").content.decode()

    assert not Work.objects.exists()
    assert list(sheet.rows.values_list("number", "state")) == [
        (2, RowState.ADD), (3, RowState.REFUSED), (4, RowState.REFUSED),
    ]  # fmt: skip
    assert "Tin số 1" in shown
    assert "Tin số 1" not in refused
    assert "“Bánh” không phải là" in refused
    report = load_workbook(
        io.BytesIO(b"".join(page(client, sheet, state="refused", export="xlsx").streaming_content))
    ).active
    assert [(row[0].value, row[3].value) for row in report.iter_rows(min_row=2)] == [
        (3, "Bị từ chối"),
        (4, "Bị từ chối"),
    ]


def test_what_is_accepted_comes_in_with_its_files_and_names_its_works(client, unit):
    rows = [
        record(1, kind="Ảnh", files="cho.png", alt="Phiên chợ", source="UBND xã"),
        record(2),
        record(3, kind="Bánh"),
    ]
    post(client, unit, book(*rows), archive=files(**{"anh/cho.png": picture("red")}))
    work_off()
    sheet = RecordSheet.objects.get()
    assert (sheet.state, sheet.archive_name) == (SheetState.READY, "tep.zip")

    decide(client, sheet, "accept")
    work_off()

    sheet.refresh_from_db()
    assert (sheet.state, sheet.done) == (SheetState.DONE, 2)
    assert {work.title for work in Work.objects.all()} == {"Tin số 1", "Tin số 2"}
    assert MediaItem.objects.get().source == "UBND xã"
    shown = page(client, sheet).content.decode()
    for work in Work.objects.all():
        assert reverse("works:work", args=[work.subject.uuid]) in shown
    assert [
        *Entry.objects.filter(event__startswith="works.sheet.")
        .order_by("pk")
        .values_list("event", flat=True)
    ] == [
        "works.sheet.brought", "works.sheet.looked_through", "works.sheet.accepted",
        "works.sheet.done",
    ]  # fmt: skip


def test_the_same_sheet_twice_is_one_sheet_and_afterwards_brings_nothing(client, unit):
    data = book(record(1), record(2))
    first, second = post(client, unit, data), post(client, unit, data)
    assert first.url == second.url
    work_off()
    decide(client, RecordSheet.objects.get(), "accept")
    decide(client, RecordSheet.objects.get(), "accept")
    work_off()
    work_off()  # told once more, as after a worker that died before it could note the end

    post(client, unit, data)
    work_off()

    newest = RecordSheet.objects.first()
    assert Work.objects.count() == BroughtRecord.objects.count() == 2
    assert set(newest.rows.values_list("state", flat=True)) == {RowState.STANDING}
    assert (
        "Không có dòng nào"
        in client.post(
            reverse("works:decide_sheet", args=[newest.uuid]), {"accept": "1"}, follow=True
        ).content.decode()
    )


def test_a_worker_that_dies_in_the_middle_is_gone_on_from(client, unit, monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 2)
    post(client, unit, book(*(record(number) for number in range(7))))
    work_off()
    sheet = RecordSheet.objects.get()
    decide(client, sheet, "accept")
    message = Message.objects.get(topic=record_sheets.BRING)
    beats = []

    def die():
        beats.append(1)
        if len(beats) == 2:
            raise SystemExit

    killed = News(
        message.key, message.topic, "", message.payload, message.written_at, heartbeat=die
    )
    with pytest.raises(SystemExit):
        SheetBringer().handle(killed)
    sheet.refresh_from_db()
    assert (sheet.state, Work.objects.count(), sheet.done) == (SheetState.COMING, 4, 2)
    progress = client.get(reverse("works:sheet_progress", args=[sheet.uuid])).json()
    assert (progress["state"], progress["progress"]) == ("waiting", 28)

    deliver(message)

    sheet.refresh_from_db()
    assert (sheet.state, Work.objects.count(), sheet.done) == (SheetState.DONE, 7, 7)
    assert BroughtRecord.objects.count() == 7


def test_what_is_given_up_while_it_comes_in_stops_after_its_batch(client, unit, monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 2)
    post(client, unit, book(*(record(number) for number in range(6))))
    work_off()
    sheet = RecordSheet.objects.get()
    decide(client, sheet, "accept")
    message = Message.objects.get(topic=record_sheets.BRING)
    stopping = News(
        message.key, message.topic, "", message.payload, message.written_at,
        heartbeat=lambda: decide(client, sheet, "give_up"),
    )  # fmt: skip

    SheetBringer().handle(stopping)
    work_off()

    sheet.refresh_from_db()
    assert (sheet.state, Work.objects.count()) == (SheetState.GIVEN_UP, 2)


def test_what_became_impossible_since_it_was_looked_at_is_refused_and_the_rest_comes(client, unit):
    topic = record(1, topics="image/land-people")
    load_lists(by=make_person("Vi Thị Lập"), at=AT)
    post(client, unit, book(topic, record(2)))
    work_off()
    sheet = RecordSheet.objects.get()
    Topic.objects.filter(key="image/land-people").update(valid_to=AT.date())
    decide(client, sheet, "accept")
    work_off()

    assert list(sheet.rows.values_list("number", "state")) == [
        (2, RowState.REFUSED), (3, RowState.ADD),
    ]  # fmt: skip
    assert Work.objects.get().title == "Tin số 2"


def with_part(name, data):
    sheet = io.BytesIO(book(record(1)))
    with zipfile.ZipFile(sheet, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return sheet.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 half", "hỏng"),
        (b"not a workbook", "hỏng"),
        (book(headings=["Đây là một bảng khác"]), "Mã bản ghi"),
        (with_part("xl/media/bomb.bin", b"\0" * 2_000_000), "giải nén"),
    ],
    ids=["cut off", "no workbook", "another sheet", "bomb"],
)
def test_what_is_no_sheet_of_records_is_refused_with_a_sentence(
    client, unit, data, said, monkeypatch
):
    monkeypatch.setattr(record_workbook, "LARGEST_UNPACKED", 1_000_000)
    post(client, unit, data)
    work_off()

    sheet = RecordSheet.objects.get()

    assert not Work.objects.exists()
    assert sheet.state == SheetState.REFUSED
    assert said in sheet.refusal
    assert sheet.refusal in page(client, sheet).content.decode()


def test_macros_in_a_sheet_are_never_read(client, unit):
    post(client, unit, with_part("xl/vbaProject.bin", b"Shell"))
    work_off()

    assert RecordSheet.objects.get().rows.get().state == RowState.ADD


def test_names_that_climb_out_of_the_zip_and_bombs_in_it_harm_nothing(client, unit, tmp_path):
    rows = [
        record(1, kind="Ảnh", files="passwd"),
        record(2, kind="Ảnh", files="bom.png"),
        record(3),
    ]
    archive = files(**{"../../../etc/passwd": b"root:x:0:0", "bom.png": b"\0" * 2_000_000})
    post(client, unit, book(*rows), archive=archive)
    work_off()
    sheet = RecordSheet.objects.get()
    before = set(tmp_path.parent.rglob("passwd"))

    decide(client, sheet, "accept")
    work_off()

    assert [*sheet.rows.values_list("state", flat=True)] == [
        RowState.ADD, RowState.REFUSED, RowState.ADD,
    ]  # fmt: skip
    assert {work.title for work in Work.objects.all()} == {"Tin số 1", "Tin số 3"}
    assert MediaItem.objects.get().current.file_name == "passwd.txt"  # a text like any other
    assert set(tmp_path.parent.rglob("passwd")) == before


def test_files_need_the_right_to_bring_them_and_a_sheet_the_unit(client, unit):
    other = make_unit()
    assert post(client, other, book(record(1))).status_code == 400
    sheet = RecordSheet.objects.create(
        unit=other,
        file=record_sheets.keep_file(chunks=[b"x"], by=make_person(), at=AT),
        file_name="cua-don-vi-khac.xlsx",
        language="vi",
        brought_by=make_person(),
        brought_at=AT,
    )

    for answer in (
        page(client, sheet),
        decide(client, sheet, "accept"),
        client.get(reverse("works:sheet_progress", args=[sheet.uuid])),
    ):
        assert (answer.status_code, answer.url) == (302, "/admin/")
    assert "cua-don-vi-khac" not in client.get(reverse("works:sheets")).content.decode()


def test_the_sheet_to_fill_in_can_be_brought_as_it_is_without_its_files(client, unit):
    load_lists(by=make_person("Vi Thị Lập"), at=AT)
    data = b"".join(client.get(reverse("works:sheet_example")).streaming_content)
    post(client, unit, data)
    work_off()

    rows = RecordSheet.objects.get().rows.all()

    assert [row.state for row in rows] == [RowState.ADD, RowState.REFUSED]
    assert "cua-khau-1.jpg" in rows[1].sentences[0]


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.survey)])
def test_thousands_of_rows_are_looked_through_and_paged(
    client, unit, count, django_assert_max_num_queries
):
    rows = [[f"TL-{n}", "Tin", f"Tin {n}"] for n in range(count)]
    post(client, unit, b"".join(workbook(headings=NAMES[:3], rows=rows)))
    work_off()
    sheet = RecordSheet.objects.get()

    with django_assert_max_num_queries(15):
        shown = page(client, sheet, p=9999).content.decode()

    assert sheet.rows.filter(state=RowState.ADD).count() == count
    assert f"Tin {count - 1}" in shown


@pytest.mark.parametrize("place", ["title", "body", "source"])
def test_a_sheet_with_a_mark_of_secrecy_is_not_kept(client, unit, place, settings):
    stamped = record(2, **{place: "TÀI LIỆU TỐI MẬT"})

    answer = post(client, unit, book(record(1), stamped))

    page = answer.content.decode()
    assert answer.status_code != 302
    assert "dấu độ mật" in page
    assert "TỐI MẬT" not in page
    assert not RecordSheet.objects.exists()
    assert not StoredFile.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def stamped_cell(made):
    made.create_sheet("Phụ lục")["C7"] = CellRichText("TỐI ", TextBlock(InlineFont(b=True), "MẬT"))


def stamped_remark(made):
    made.active["A1"].comment = Comment("TỐI MẬT", "Ai đó")


def stamped_header(made):
    made.active.oddHeader.center.text = "TỐI MẬT"
    made.active.oddHeader.center.size = 14


def stamped_name(made):
    made.create_sheet("TỐI MẬT")


@pytest.mark.parametrize("stamp", [stamped_cell, stamped_remark, stamped_header, stamped_name])
def test_a_mark_is_found_wherever_a_reader_of_the_workbook_sees_it(stamp):
    made = Workbook()
    made.active.append(NAMES)
    plain, file = io.BytesIO(), io.BytesIO()
    made.save(plain)
    stamp(made)
    made.save(file)

    record_workbook.refuse_what_is_secret(plain.getvalue())
    with pytest.raises(SheetRefused):
        record_workbook.refuse_what_is_secret(file.getvalue())


def test_a_workbook_whose_packed_letters_are_damaged_is_refused_as_such():
    data = bytearray(book(*(record(number) for number in range(200))))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as packed:
        start = packed.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[start + 80 : start + 110] = b"\xff" * 30

    record_workbook.refuse_what_is_secret(bytes(data))
    with pytest.raises(SheetRefused):
        record_workbook.read_records(bytes(data))


@pytest.mark.parametrize("data", [b"", b"PK", b"no workbook at all"])
def test_what_is_no_workbook_is_left_to_the_reading(data):
    record_workbook.refuse_what_is_secret(data)


def test_honey_is_no_mark():
    record_workbook.refuse_what_is_secret(book(record(1, title="Mật ong rừng Mẫu Sơn vào mùa")))
