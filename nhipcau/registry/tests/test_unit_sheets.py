"""Units in and out as .xlsx: preview, refusals row by row, hostile files."""

import io
import zipfile
from datetime import date

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from nhipcau.audit.models import Entry
from nhipcau.registry.actions.names import give_code, give_name
from nhipcau.registry.actions.unit_sheets import apply_unit_sheet
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.enums import HowToTake, NameKind
from nhipcau.registry.errors import WorkbookRefused
from nhipcau.registry.imports import unit_workbook
from nhipcau.registry.imports.unit_workbook import read_units, write_units
from nhipcau.registry.models import Unit, UnitParent
from nhipcau.registry.queries.unit_sheets import exported_units, preview_units

HEADER = [words[0] for words in unit_workbook.HEADERS.values()]


def sheet(*rows, header=HEADER, above=()):
    book = Workbook()
    for row in (*above, header, *rows):
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def row(**values):
    return [values.get(name) for name in unit_workbook.HEADERS]


SO = {"kind": "Sở, ban, ngành", "area": "Tỉnh Lạng Sơn"}


@pytest.mark.usefixtures("shipped")
def test_a_new_unit_a_correction_and_nothing_new_are_told_apart(by, at):
    unit = create_unit(key="so-a", kind="department", name="Sở A", by=by, at=at)
    create_unit(key="so-c", kind="department", name="Sở C", by=by, at=at)
    data = sheet(
        row(key="so-a", kind="Sở, ban, ngành", name="Sở A mới"),
        row(name="Sở B", abbreviation="SB", valid_from="01/03/2025", **SO),
        row(key="so-c", kind="department", name="Sở C"),
    )

    preview = preview_units(read_units(data))

    assert [(each.number, each.key) for each in preview.add] == [(3, "so-b@tinh/lang-son")]
    assert [(each.number, each.unit_id) for each in preview.change] == [(2, unit.pk)]
    assert [(d.field, d.before, d.after) for d in preview.change[0].differences] == [
        ("name", "Sở A", "Sở A mới")
    ]
    assert [each.number for each in preview.unchanged] == [4]
    assert preview.refused == []


@pytest.mark.usefixtures("shipped")
def test_applying_does_what_the_preview_showed_and_tells_the_diary(by, at):
    unit = create_unit(key="so-a", kind="department", name="Sở A", by=by, at=at)
    rows = read_units(
        sheet(
            row(key="so-a", kind="Sở, ban, ngành", name="Sở A mới"),
            row(name="Phòng B", kind="Phòng", area="Tỉnh Lạng Sơn", parent="so-a", code="H37.01"),
            row(name="Phòng không loại"),
        )
    )
    before = Entry.objects.count()

    report = apply_unit_sheet(
        rows=rows,
        looked_at=preview_units(rows).digest,
        taken={2: HowToTake.CORRECTION},
        by=by,
        at=at,
    )

    unit.refresh_from_db()
    added = Unit.objects.get(key="phong-b@tinh/lang-son")
    assert (report.added, report.changed, report.unchanged) == (1, 1, 0)
    assert [(each.number, len(each.sentences)) for each in report.refused] == [(4, 1)]
    assert (unit.label, unit.names.get().text) == ("Sở A mới", "Sở A mới")
    assert (added.area.key, added.codes.get().code) == ("tinh/lang-son", "H37.01")
    assert UnitParent.objects.get(unit=added).parent == unit
    assert list(Entry.objects.order_by("pk").values_list("event", flat=True)[before:]) == [
        "registry.unit.created",
        "registry.unit.corrected",
    ]


@pytest.fixture
def so_a(db, by, at):
    """A unit with an official name, a short one and a code, each since a day."""
    start = date(2020, 1, 1)
    unit = create_unit(key="so-a", kind="department", name="Sở A", valid_from=start, by=by, at=at)
    give_name(to=unit, text="SA", kind=NameKind.ABBREVIATION, valid_from=start, by=by, at=at)
    give_code(to=unit, code="H37.01", valid_from=start, by=by, at=at)
    return unit


def taken(rows, by, at, **how):
    ways = {int(number.removeprefix("row")): way for number, way in how.items()}
    return apply_unit_sheet(
        rows=rows, looked_at=preview_units(rows).digest, taken=ways, by=by, at=at
    )


NEW_NAMES = {
    "key": "so-a",
    "kind": "department",
    "name": "Sở B",
    "abbreviation": "SB",
    "code": "H37.02",
}


def test_names_and_a_code_that_are_new_from_a_day_leave_what_was_before(so_a, by, at):
    rows = read_units(sheet(row(**NEW_NAMES, since="01/07/2026")))
    assert preview_units(rows).change[0].ways == tuple(HowToTake)

    report = taken(rows, by, at, row2=HowToTake.NEW)

    july = date(2026, 7, 1)
    so_a.refresh_from_db()
    assert (report.changed, so_a.label) == (1, "Sở B")
    assert set(so_a.names.values_list("kind", "text", "valid_from", "valid_to")) == {
        ("official", "Sở A", date(2020, 1, 1), july),
        ("official", "Sở B", july, None),
        ("abbreviation", "SA", date(2020, 1, 1), july),
        ("abbreviation", "SB", july, None),
    }
    assert set(so_a.codes.values_list("code", "valid_to")) == {("H37.01", july), ("H37.02", None)}
    assert preview_units(rows).change == []
    assert preview_units(read_units(write_units(exported_units()))).change == []


def test_the_correction_of_an_error_is_said_to_be_one(so_a, by, at):
    rows = read_units(sheet(row(**NEW_NAMES)))

    taken(rows, by, at, row2=HowToTake.CORRECTION)

    so_a.refresh_from_db()
    assert so_a.label == so_a.names.get(kind=NameKind.OFFICIAL).text == "Sở B"
    assert (so_a.names.get(kind=NameKind.ABBREVIATION).text, so_a.codes.get().code) == (
        "SB",
        "H37.02",
    )
    assert Entry.objects.latest("pk").event == "registry.unit.corrected"


@pytest.mark.parametrize("way", [None, HowToTake.NEW, "", "anything"])
def test_a_name_is_never_written_over_without_a_word(so_a, by, at, way):
    rows = read_units(sheet(row(**NEW_NAMES)))

    with pytest.raises(WorkbookRefused, match="2"):
        taken(rows, by, at, **({"row2": way} if way is not None else {}))

    so_a.refresh_from_db()
    assert (so_a.label, so_a.codes.get().code) == ("Sở A", "H37.01")


def test_a_row_that_is_left_out_changes_nothing(so_a, by, at):
    report = taken(read_units(sheet(row(**NEW_NAMES))), by, at, row2=HowToTake.LEAVE)

    so_a.refresh_from_db()
    assert (report.changed, report.left_out, so_a.label) == (0, 1, "Sở A")


def test_a_new_name_that_begins_before_the_one_it_follows_is_refused(so_a):
    preview = preview_units(read_units(sheet(row(**NEW_NAMES, since="01/01/2020"))))

    assert [each.number for each in preview.refused] == [2]
    assert "01/01/2020" in preview.refused[0].sentences[0]


def test_former_names_are_added_and_none_is_taken_away(so_a, by, at):
    give_name(to=so_a, text="Ty A", kind=NameKind.FORMER, by=by, at=at)
    rows = read_units(sheet(row(key="so-a", kind="department", name="Sở A", former="Nha A; Ban A")))
    assert not preview_units(rows).change[0].asks

    taken(rows, by, at)

    former = set(so_a.names.filter(kind=NameKind.FORMER).values_list("text", flat=True))
    assert former == {"Ty A", "Nha A", "Ban A"}
    assert preview_units(rows).change == []


@pytest.mark.usefixtures("shipped")
def test_what_was_exported_changes_nothing_when_it_comes_back(by, at):
    unit = create_unit(key="dau", kind="other", name="Đơn vị có dấu bằng", by=by, at=at)
    give_name(to=unit, text="=1+1", kind=NameKind.SHORT, by=by, at=at)
    give_name(to=unit, text="@abc", kind=NameKind.ABBREVIATION, by=by, at=at)
    give_code(to=unit, code="H37.02", valid_from=None, by=by, at=at)

    preview = preview_units(read_units(write_units(exported_units())))

    assert len(preview.unchanged) == Unit.objects.count() > 40
    assert (preview.add, preview.change, preview.refused) == ([], [], [])


def test_an_export_holds_no_formula():
    data = write_units(
        [
            {
                "key": "a",
                "kind": "other",
                "name": '=HYPERLINK("http://x")',
                "source": "+1",
                "code": "-2",
            }
        ]
    )

    cells = [cell for each in load_workbook(io.BytesIO(data)).active.iter_rows() for cell in each]

    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.value for cell in cells if cell.value and cell.value[0] in "=+-@"] == []


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        pytest.param({**SO, "name": "=1+1"}, 1, id="formula"),
        pytest.param({"name": "Sở X", "kind": "Sở lạ"}, 1, id="unknown kind"),
        pytest.param({**SO, "name": "Sở X", "valid_from": "31/02/2025"}, 1, id="no such day"),
        pytest.param({**SO, "name": "Sở X", "valid_from": 45000}, 1, id="a number for a date"),
        pytest.param({"kind": "Phòng", "name": "P", "area": "Xã Nào Đó"}, 1, id="unknown area"),
        pytest.param({"kind": "Phòng", "name": "P", "area": "Tỉnh Cao Bằn"}, 1, id="misspelt area"),
        pytest.param(
            {"kind": "Phòng", "name": "P", "area": "Xã Đông Kinh 9"}, 1, id="no such commune"
        ),
        pytest.param(
            {"kind": "Phòng", "name": "P", "area": "Tỉnh Tuyên Quang"},
            1,
            id="two areas of one name",
        ),
        pytest.param({**SO, "name": "Sở X", "parent": "khong-co"}, 1, id="unknown unit above"),
        pytest.param({**SO, "name": "Sở X", "code": "37H"}, 1, id="malformed code"),
        pytest.param({**SO, "name": "S" * 301}, 1, id="too long"),
        pytest.param(
            {**SO, "name": "Sở X", "valid_from": "01/03/2025", "valid_to": "01/03/2025"},
            1,
            id="ends at once",
        ),
        pytest.param({"key": "x"}, 2, id="two cells empty"),
    ],
)
def test_a_bad_row_is_refused_alone_with_its_number(values, sentences):
    rows = read_units(sheet(row(name="Sở Tốt", **SO), row(**values)))

    preview = preview_units(rows)

    assert [each.number for each in preview.add] == [2]
    assert [(each.number, len(each.sentences)) for each in preview.refused] == [(3, sentences)]
    assert all(sentence.endswith(".") for sentence in preview.refused[0].sentences)


@pytest.mark.usefixtures("shipped")
def test_the_same_unit_twice_is_refused_the_second_time():
    rows = read_units(sheet(row(name="Sở X", **SO), row(name="Sở X", **SO)))

    preview = preview_units(rows)

    assert ([each.number for each in preview.add], [each.number for each in preview.refused]) == (
        [2],
        [3],
    )


@pytest.mark.usefixtures("shipped")
def test_a_row_under_a_refused_row_is_refused_with_it():
    rows = read_units(
        sheet(
            row(key="tren", name="Sở X", kind="Sở lạ"),
            row(key="duoi", name="Phòng Y", kind="Phòng", parent="tren"),
            row(key="duoi-nua", name="Tổ Z", kind="Khác", parent="duoi"),
        )
    )

    preview = preview_units(rows)

    assert preview.add == []
    assert [each.number for each in preview.refused] == [2, 3, 4]


@pytest.mark.django_db
def test_records_that_changed_since_the_preview_refuse_the_whole(by, at):
    rows = read_units(sheet(row(key="so-a", name="Sở A", kind="department")))
    looked_at = preview_units(rows).digest
    create_unit(key="so-a", kind="department", name="Sở khác", by=by, at=at)
    entries = Entry.objects.count()

    with pytest.raises(WorkbookRefused):
        apply_unit_sheet(rows=rows, looked_at=looked_at, by=by, at=at)

    assert Unit.objects.get().label == "Sở khác"
    assert Entry.objects.count() == entries


@pytest.mark.django_db
@pytest.mark.parametrize("units", [1, 3])
def test_a_preview_costs_seven_queries_however_long(units, by, at, django_assert_num_queries):
    rows = []
    for number in range(units):
        create_unit(key=f"so-{number}", kind="department", name=f"Sở {number}", by=by, at=at)
        rows.append(row(key=f"so-{number}", kind="department", name=f"Sở {number} mới"))
    read = read_units(sheet(*rows))

    with django_assert_num_queries(7):
        preview = preview_units(read)

    assert len(preview.change) == units


def test_a_title_above_the_header_and_other_headings_are_understood():
    data = sheet(
        ["x", "Văn phòng", "Văn phòng UBND tỉnh", "bỏ qua"],
        header=["STT", "LOẠI ĐƠN VỊ *", "Tên  đơn vị:", "Ghi chú"],
        above=[["DANH SÁCH ĐƠN VỊ"], []],
    )

    rows = read_units(data)

    assert [(each.number, each.values) for each in rows] == [
        (4, {"kind": "office", "name": "Văn phòng UBND tỉnh"})
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("01/03/2025", date(2025, 3, 1)),
        ("1.3.2025", date(2025, 3, 1)),
        ("2025-03-01", date(2025, 3, 1)),
        (date(2025, 3, 1), date(2025, 3, 1)),
    ],
)
def test_days_are_read_however_they_are_written(written, expected):
    (read,) = read_units(sheet(row(name="Sở X", kind="department", valid_from=written)))

    assert (read.values["valid_from"], read.problems) == (expected, [])


def packed(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def rewritten(data, part, change):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return file.getvalue()


def entities(content):
    head = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    return content.replace(b"<worksheet", head + b"<worksheet", 1)


HOSTILE = {
    "empty": b"",
    "text": b"ten;loai\n",
    "damaged": sheet(row(name="x", kind="other"))[:-200],
    "a zip but no workbook": packed(a="b"),
    "a bomb": packed(
        **{"[Content_Types].xml": "x", "xl__worksheets__sheet1.xml": b"0" * 60_000_000}
    ),
    "a part that is no XML": rewritten(
        sheet(row(name="x", kind="other")), "xl/workbook.xml", lambda content: b"\x00\x01"
    ),
    "a sheet that is no XML": rewritten(
        sheet(row(name="x", kind="other")),
        "xl/worksheets/sheet1.xml",
        lambda content: content[:300],
    ),
    "entities": rewritten(sheet(row(name="x", kind="other")), "xl/worksheets/sheet1.xml", entities),
    "other headers": sheet(["a", "b"], header=["Họ tên", "Điện thoại"]),
    "a header twice": sheet([], header=["Loại đơn vị", "Tên đơn vị", "Tên chính thức"]),
    "too large": b"PK" + b"0" * (5 * 1024 * 1024),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_that_is_no_list_of_units_gets_one_sentence(data):
    with pytest.raises(WorkbookRefused) as refusal:
        read_units(data)

    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


def long_sheet(content):
    start, rows, end = content.partition(b"<sheetData>")[0], [], b"</sheetData></worksheet>"
    cell = '<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>'
    for number in range(1, 100_001):
        values = ("Loại đơn vị", "Tên đơn vị") if number == 1 else ("Phòng", f"Phòng {number}")
        cells = "".join(cell % (at, number, text) for at, text in zip("AB", values, strict=True))
        rows.append(f'<row r="{number}">{cells}</row>')
    return start + b"<sheetData>" + "".join(rows).encode() + end


def test_a_hundred_thousand_rows_are_refused_with_one_sentence():
    data = rewritten(sheet(row(name="x", kind="other")), "xl/worksheets/sheet1.xml", long_sheet)

    with pytest.raises(WorkbookRefused, match=r"20\.000"):
        read_units(data)


@pytest.mark.usefixtures("shipped")
def test_the_commands_write_show_and_apply_a_workbook(tmp_path):
    file, out, err = tmp_path / "units.xlsx", io.StringIO(), io.StringIO()
    call_command("registry_export", str(file), stdout=out)
    exported = load_workbook(file)
    exported.active.append(row(name="Sở Mới", **SO))
    exported.active.append(row(name="Sở Lạ", kind="loại lạ"))
    exported.save(file)

    call_command("registry_import", str(file), stdout=out, stderr=err)
    shown = Unit.objects.filter(label="Sở Mới").exists()
    call_command("registry_import", str(file), "--apply", stdout=out, stderr=err)

    assert (shown, Unit.objects.filter(label="Sở Mới").count()) == (False, 1)
    assert not Unit.objects.filter(label="Sở Lạ").exists()
    assert len(err.getvalue().splitlines()) == 2


@pytest.mark.django_db
def test_the_command_refuses_a_file_that_is_no_workbook(tmp_path):
    file, err = tmp_path / "units.xlsx", io.StringIO()
    file.write_bytes(b"ten;loai")

    for path in (file, tmp_path / "missing.xlsx"):
        with pytest.raises(SystemExit) as end:
            call_command("registry_import", str(path), "--apply", stderr=err)
        assert end.value.code == 1

    assert len(err.getvalue().splitlines()) == 2
    assert Unit.objects.count() == 0
