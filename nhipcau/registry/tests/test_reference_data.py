"""The shipped facts: their counts, their sources, and that loading twice changes nothing."""

import csv
import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from nhipcau.audit.models import Entry
from nhipcau.registry.actions.areas import untag_area
from nhipcau.registry.actions.changes import tell_change
from nhipcau.registry.actions.documents import Particulars, cite_document
from nhipcau.registry.actions.gates import change_gate_kind
from nhipcau.registry.actions.names import give_name, take_back_code, take_back_name
from nhipcau.registry.actions.reference import load_reference_data
from nhipcau.registry.actions.taking_back import take_back_change
from nhipcau.registry.actions.usual_units import establish_usual_units
from nhipcau.registry.enums import GateKind, Grade, LanguageMode
from nhipcau.registry.imports.shipped import FOLDER
from nhipcau.registry.models import (
    Area,
    AreaCode,
    AreaName,
    AreaTag,
    BorderGate,
    Document,
    GateStanding,
    Language,
    ReferenceLoad,
    Unit,
    UnitGroup,
    UnitName,
)
from nhipcau.registry.models.languages import BCP47
from nhipcau.registry.queries.areas import area_changes, area_successors, ids_inside
from nhipcau.registry.queries.names import name_index
from nhipcau.registry.queries.units import group_members, unit_successors
from nhipcau.registry.rules.succession import rolled_up
from nhipcau.registry.rules.usual_units import common_days, filled

BEFORE, AFTER, NOW = date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 21)


def provinces(day):
    return Area.objects.filter(kind="province").current(on=day)


def labels(areas):
    return {area.label for area in areas}


@pytest.mark.usefixtures("shipped")
def test_63_provinces_became_34_of_which_11_stayed_as_they_were():
    before, after = set(provinces(BEFORE)), set(provinces(AFTER))

    assert (len(before), len(after), len(before & after), len(after - before)) == (63, 34, 11, 23)
    assert labels(before & after) == {
        "Thành phố Hà Nội",
        "Thành phố Huế",
        "Tỉnh Cao Bằng",
        "Tỉnh Lai Châu",
        "Tỉnh Điện Biên",
        "Tỉnh Sơn La",
        "Tỉnh Lạng Sơn",
        "Tỉnh Quảng Ninh",
        "Tỉnh Thanh Hóa",
        "Tỉnh Nghệ An",
        "Tỉnh Hà Tĩnh",
    }


@pytest.mark.usefixtures("shipped")
def test_every_old_province_has_exactly_one_successor_and_nothing_is_lost():
    figures = dict.fromkeys(provinces(BEFORE).values_list("pk", flat=True), 1)

    placed, waiting = rolled_up(figures, area_changes(), as_of=NOW)

    assert waiting == {}
    assert set(placed) == set(provinces(NOW).values_list("pk", flat=True))
    assert sum(placed.values()) == 63


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tinh/soc-trang", "Thành phố Cần Thơ"),
        ("tinh/ha-giang", "Tỉnh Tuyên Quang"),
        ("tinh/yen-bai", "Tỉnh Lào Cai"),
        ("tinh/quang-nam", "Thành phố Đà Nẵng"),
        ("tinh/dak-nong", "Tỉnh Lâm Đồng"),
        ("tinh/lang-son", "Tỉnh Lạng Sơn"),
        ("tinh/binh-phuoc", "Thành phố Đồng Nai"),
    ],
)
def test_what_an_old_province_became(old, new):
    assert [area.label for area in area_successors(Area.objects.get(key=old), as_of=NOW)] == [new]


@pytest.mark.usefixtures("shipped")
def test_forms_change_by_date_where_the_area_stays():
    names = AreaName.objects.filter(area__key="tinh/dong-nai-2025")

    assert names.current(on=date(2026, 4, 29)).get().text == "Tỉnh Đồng Nai"
    assert names.current(on=date(2026, 4, 30)).get().text == "Thành phố Đồng Nai"


@pytest.mark.usefixtures("shipped")
def test_codes_are_two_digits_for_provinces_and_unique_on_a_day():
    for day, count in ((BEFORE, 63), (NOW, 34)):
        codes = [area.codes.current(on=day).get().code for area in provinces(day)]
        assert len(set(codes)) == count
        assert all(re.fullmatch(r"\d\d", code) for code in codes)


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(("key", "communes"), [("tinh/lang-son", 65), ("tinh/ha-tinh", 69)])
def test_the_communes_of_two_border_provinces_are_whole(key, communes):
    inside = ids_inside(Area.objects.get(key=key), on=NOW)

    assert Area.objects.filter(pk__in=inside, kind="commune").count() == communes


@pytest.mark.usefixtures("shipped")
def test_border_gates_have_a_kind_a_place_and_a_neighbour_or_say_so():
    gates = BorderGate.objects.select_related("area")

    assert len(gates) == 15
    for gate in gates:
        assert gate.standings.current(on=NOW).count() == 1, gate
        assert gate.area.placements.current(on=NOW).count() == 1, gate
    kinds = dict(GateStanding.objects.current(on=NOW).values_list("gate__area__label", "kind"))
    assert kinds["Cửa khẩu Hữu Nghị"] == GateKind.INTERNATIONAL
    assert kinds["Cửa khẩu Tân Thanh"] == GateKind.CLEARANCE_ROUTE
    assert kinds["Cửa khẩu Cầu Treo"] == GateKind.INTERNATIONAL
    assert kinds["Cửa khẩu Bản Chắt"] == GateKind.UNKNOWN


@pytest.mark.usefixtures("shipped")
def test_every_shipped_row_has_a_grade_and_a_source_of_the_list():
    with (FOLDER / "sources.csv").open(encoding="utf-8") as file:
        sources = {row["key"]: row for row in csv.DictReader(file)}
    used = set()
    for path in FOLDER.glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                assert None not in row, path
                if "source" in row:
                    assert row["source"] in sources, (path.name, row)
                    assert row["grade"] in Grade.values, (path.name, row)
                    # What only the editors know is never dressed up as better.
                    assert row["source"] != "EDITORS" or row["grade"] in {"K", "C"}, row
                    used.add(row["source"])

    assert len(used) > 30


@pytest.mark.usefixtures("shipped")
def test_languages_have_valid_tags_and_the_written_ones_a_script_and_fonts():
    languages = list(Language.objects.all())
    written = [language for language in languages if language.mode == LanguageMode.WRITTEN]

    assert len(languages) >= 40
    assert [each.tag for each in languages if not re.match(BCP47, each.tag)] == []
    assert [each.tag for each in written if not each.font_stack or not each.script] == []
    assert Language.objects.get(tag="lo").font_stack[0] == "Noto Sans Lao"
    assert Language.objects.get(tag="scb").mode == LanguageMode.AUDIO_ONLY


@pytest.mark.usefixtures("shipped")
def test_a_duty_of_the_old_ministry_goes_with_its_function():
    ministry = Unit.objects.get(key="bo/tttt")

    assert [unit.key for unit in unit_successors(ministry, as_of=NOW)] == ["bo/khcn-2025"]
    followed = unit_successors(ministry, as_of=NOW, function="thông tin đối ngoại")
    assert [unit.key for unit in followed] == ["bo/vhttdl"]


def test_loading_again_changes_nothing_and_writes_no_line(shipped, by, at):
    before = Entry.objects.count()

    again = load_reference_data(by=by, at=at)

    assert again is None
    assert (ReferenceLoad.objects.count(), Entry.objects.count(), before) == (1, 1, 1)


def test_loading_corrects_what_differs_and_leaves_what_people_added(shipped, by, at):
    Area.objects.filter(key="tinh/lang-son").update(label="Tỉnh Lạng Sơnn")
    Document.objects.filter(citation="72/2015/NĐ-CP").update(title="sai")
    own = Area.objects.create(key="thon/x", kind="village", label="Thôn X")

    load = load_reference_data(by=by, at=at)

    assert (load.added, load.corrected) == (0, 2)
    assert Area.objects.get(key="tinh/lang-son").label == "Tỉnh Lạng Sơn"
    assert Area.objects.filter(pk=own.pk).exists()


@pytest.mark.django_db
def test_a_law_that_was_cited_before_the_load_becomes_the_shipped_one(by, at):
    cited = cite_document(particulars=Particulars(citation="72/2015/NĐ-CP"), by=by, at=at)

    load_reference_data(by=by, at=at)

    cited.refresh_from_db()
    assert (cited.is_placeholder, cited.in_force_from) == (False, date(2015, 10, 22))


def test_loading_again_costs_twenty_five_queries_at_most(
    shipped, by, at, django_assert_max_num_queries
):
    with django_assert_max_num_queries(28):
        load_reference_data(by=by, at=at)


def test_usual_units_respect_the_dates_of_the_area_and_are_made_once(shipped, by, at):
    old = Area.objects.get(key="tinh/soc-trang")
    new = Area.objects.get(key="tinh/can-tho-2025")

    made = [establish_usual_units(province=each, by=by, at=at) for each in (old, new, old)]

    keys = set(Unit.objects.values_list("key", flat=True))
    assert made[0] > 0
    assert made[1] > 0
    assert made[2] == 0
    assert "so-tttt@tinh/soc-trang" in keys
    assert "so-tttt@tinh/can-tho-2025" not in keys
    science = Unit.objects.get(key="so-khcn-2025@tinh/soc-trang")
    assert (science.valid_from, science.valid_to) == (date(2025, 3, 1), date(2025, 7, 1))
    assert Unit.objects.get(key="ubnd@tinh/can-tho-2025").label == (
        "Ủy ban nhân dân thành phố Cần Thơ"
    )


def test_establishing_again_leaves_what_people_corrected(shipped, by, at):
    province = Area.objects.get(key="tinh/ha-tinh")
    establish_usual_units(province=province, by=by, at=at)
    unit = Unit.objects.get(key="so-ngoai-vu@tinh/ha-tinh")
    tell_change(
        kind="rename",
        on=NOW,
        before=[unit],
        after=[unit],
        new_name="Sở Ngoại vụ và Hội nhập",
        by=by,
        at=at,
    )
    entries = Entry.objects.count()

    added = establish_usual_units(province=province, by=by, at=at)

    unit.refresh_from_db()
    assert (added, unit.label, unit.names.count()) == (0, "Sở Ngoại vụ và Hội nhập", 2)
    assert Entry.objects.count() == entries


def test_a_unit_that_is_shipped_by_name_is_not_established_a_second_time(shipped, by, at):
    province = Area.objects.get(key="tinh/soc-trang")
    establish_usual_units(province=province, by=by, at=at)

    found = name_index().resolve("Báo Sóc Trăng", on=date(2024, 5, 1), scope=province.pk)

    assert (found.verdict, found.only.label) == ("exact", "Báo Sóc Trăng")
    assert load_reference_data(by=by, at=at) is None


@pytest.mark.parametrize(("key", "communes"), [("tinh/lang-son", 11), ("tinh/ha-tinh", 7)])
def test_the_border_communes_of_a_province_are_a_group_of_today(key, communes, shipped, by, at):
    province = Area.objects.get(key=key)
    establish_usual_units(province=province, by=by, at=at)
    group = UnitGroup.objects.get(key="xa-bien-gioi")

    assert len(group_members(group, on=NOW, within=province)) == communes


@pytest.mark.django_db
def test_the_command_loads_and_says_what_it_did():
    out, again, err = StringIO(), StringIO(), StringIO()

    call_command("registry_load", "--province", "tinh/ha-tinh", stdout=out)
    call_command("registry_load", stdout=again)
    with pytest.raises(SystemExit):
        call_command("registry_load", "--province", "tinh/khong-co", stdout=again, stderr=err)

    assert out.getvalue().count("\n") == 2
    assert "tinh/khong-co" in err.getvalue()
    assert Unit.objects.filter(key="ubnd@tinh/ha-tinh").exists()
    assert ReferenceLoad.objects.count() == 1


@pytest.mark.parametrize(
    ("pattern", "area", "expected"),
    [
        ("Công an {level}", "Tỉnh Lạng Sơn", "Công an tỉnh"),
        ("Ban Tuyên giáo {Committee}", "Thành phố Lạng Sơn", "Ban Tuyên giáo Thành ủy"),
        ("{Committee} {place}", "Xã Sơn Kim 1", "Đảng ủy xã Sơn Kim 1"),
        ("{Committee} {place}", "Thị xã Vĩnh Châu", "Thị ủy Vĩnh Châu"),
    ],
)
def test_names_of_usual_units_are_filled_in(pattern, area, expected):
    assert filled(pattern, area) == expected


def test_days_in_common():
    day = date(2025, 7, 1)

    assert common_days((None, day), (None, None)) == (None, day)
    assert common_days((None, day), (day, None)) is None


class TestWhatPeopleSaidOfShippedFacts:
    """A load that runs again does not undo what was told, or taken back, at the desk."""

    @pytest.fixture
    def load(self, shipped, by, at):
        def again():
            return load_reference_data(by=by, at=at)

        return again

    def test_a_name_that_was_taken_back_stays_away(self, load, by, at):
        name = UnitName.objects.filter(kind="abbreviation").select_related("unit").first()
        take_back_name(name=name, by=by, at=at)

        assert load() is None
        assert not name.unit.names.filter(kind=name.kind, text=name.text).exists()

    def test_a_name_that_was_told_again_stays(self, load, by, at):
        name = UnitName.objects.filter(kind="abbreviation").select_related("unit").first()
        take_back_name(name=name, by=by, at=at)
        give_name(to=name.unit, text=name.text, kind=name.kind, by=by, at=at)

        load()

        assert name.unit.names.filter(kind=name.kind, text=name.text).count() == 1

    def test_a_code_and_a_trait_that_were_taken_back_stay_away(self, load, by, at):
        code = AreaCode.objects.get(area__key="tinh/lang-son")
        tag = AreaTag.objects.first()
        take_back_code(code=code, by=by, at=at)
        untag_area(tag=tag, by=by, at=at)

        assert load() is None
        assert not AreaCode.objects.filter(area=code.area).exists()
        assert not AreaTag.objects.filter(area=tag.area, trait=tag.trait).exists()

    @pytest.mark.parametrize("kind", ["rename", "dissolve"])
    def test_a_change_of_what_was_shipped_stays_and_is_taken_back_for_good(
        self, load, by, at, kind
    ):
        for row in (
            Unit.objects.get(key="bo/vhttdl"),
            Area.objects.get(key="tinh/ha-tinh"),
        ):
            before = _told_of(row)
            after = [row] if kind == "rename" else []
            name = "Tên khác" if after else ""
            change = tell_change(
                kind=kind, on=NOW, before=[row], after=after, new_name=name, by=by, at=at
            )
            told = _told_of(row)

            assert load() is None
            assert _told_of(row) == told
            take_back_change(change=change, by=by, at=at)
            assert load() is None
            assert _told_of(row) == before

    def test_another_kind_of_a_gate_stays(self, load, by, at):
        gate = BorderGate.objects.get(area__label="Cửa khẩu Hữu Nghị")
        change_gate_kind(gate=gate, kind="auxiliary", on=NOW, by=by, at=at)

        assert load() is None
        assert gate.standings.current(on=NOW).get().kind == GateKind.AUXILIARY


def _told_of(row):
    row.refresh_from_db()
    return row.label, row.valid_to, sorted(row.names.values_list("text", "valid_from", "valid_to"))
