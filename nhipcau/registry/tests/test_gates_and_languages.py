"""Border gates and languages as the shipped facts state them."""

from datetime import date

import pytest

from nhipcau.registry.enums import GateKind, LanguageRole
from nhipcau.registry.models import Area, Language
from nhipcau.registry.queries.gates import gates_on
from nhipcau.registry.queries.languages import languages_in_use, languages_of

pytestmark = pytest.mark.usefixtures("shipped")
THEN, NOW = date(2022, 6, 1), date(2026, 11, 21)


def shown(day, key):
    rows = gates_on(day, within=Area.objects.get(key=key))
    return {row.gate.area.label: (row.kind, row.place.label) for row in rows}


def test_a_gate_has_the_kind_and_the_place_of_the_day():
    then, now = shown(THEN, "tinh/lang-son"), shown(NOW, "tinh/lang-son")

    assert set(then) == set(now)
    assert len(now) == 11
    assert then["Cửa khẩu Tân Thanh"] == (GateKind.UNKNOWN, "Huyện Văn Lãng")
    assert now["Cửa khẩu Tân Thanh"] == (GateKind.CLEARANCE_ROUTE, "Xã Hoàng Văn Thụ")
    assert now["Cửa khẩu Chi Ma"] == (GateKind.BILATERAL, "Xã Mẫu Sơn")
    assert now["Cửa khẩu ga đường sắt Đồng Đăng"] == (GateKind.RAILWAY, "Xã Đồng Đăng")


def test_a_clearance_route_names_the_gate_it_belongs_to():
    rows = gates_on(NOW, within=Area.objects.get(key="tinh/lang-son"))

    assert {
        row.gate.area.label: row.part_of.area.label for row in rows if row.part_of is not None
    } == {"Cửa khẩu Cốc Nam": "Cửa khẩu Hữu Nghị", "Cửa khẩu Tân Thanh": "Cửa khẩu Hữu Nghị"}


def test_the_sea_border_moved_with_its_province():
    assert shown(THEN, "tinh/soc-trang") == {
        "Cửa khẩu cảng Trần Đề": (GateKind.SEAPORT, "Huyện Trần Đề")
    }
    assert shown(NOW, "tinh/can-tho-2025") == {
        "Cửa khẩu cảng Trần Đề": (GateKind.SEAPORT, "Xã Trần Đề")
    }


@pytest.mark.parametrize("key", ["tinh/ha-tinh", "tinh/lang-son"])
def test_gates_cost_four_queries_however_many(key, django_assert_num_queries):
    area = Area.objects.get(key=key)

    with django_assert_num_queries(4):
        rows = gates_on(NOW, within=area)

    assert len(rows) == (3 if key == "tinh/ha-tinh" else 11)


def test_languages_in_use_begin_with_vietnamese(django_assert_num_queries):
    Language.objects.filter(tag="ja").update(in_use=False)

    with django_assert_num_queries(1):
        tags = [language.tag for language in languages_in_use()]

    assert (tags[0], "lo" in tags, "ja" in tags) == ("vi", True, False)


def test_an_area_tells_its_languages_with_how_well_they_are_known(django_assert_num_queries):
    area = Area.objects.get(key="tinh/ha-tinh")

    with django_assert_num_queries(1):
        found = [(each.language.tag, each.role, each.grade) for each in languages_of(area)]

    assert found == [("lo", LanguageRole.NEIGHBOUR, "B"), ("scb", LanguageRole.LOCAL, "K")]
