"""Border gates and languages as the shipped facts state them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from nhipcau.audit.models import Entry
from nhipcau.registry.actions.gates import change_gate_kind, create_gate
from nhipcau.registry.actions.languages import add_language, use_language
from nhipcau.registry.enums import GateKind, LanguageRole
from nhipcau.registry.errors import ChangeRefused, LanguageRefused
from nhipcau.registry.models import Area, BorderGate, GateStanding, Language
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


def test_a_gate_changes_its_kind_on_a_day(by, at):
    province = Area.objects.get(key="tinh/ha-tinh")
    gate = create_gate(
        key="cua-khau/thu",
        name="Cửa khẩu Thử",
        kind=GateKind.AUXILIARY,
        parent=province,
        neighbour_country="la",
        by=by,
        at=at,
    )
    change_gate_kind(gate=gate, kind=GateKind.BILATERAL, on=date(2025, 1, 1), by=by, at=at)

    assert gate.neighbour_country == "LA"
    assert shown(date(2024, 12, 31), "tinh/ha-tinh")["Cửa khẩu Thử"][0] == GateKind.AUXILIARY
    assert shown(date(2025, 1, 1), "tinh/ha-tinh")["Cửa khẩu Thử"][0] == GateKind.BILATERAL
    assert Entry.objects.latest("pk").event == "registry.gate.kind_changed"


def test_a_change_of_kind_that_cannot_be_is_refused(by, at):
    gate = BorderGate.objects.get(area__key="cua-khau/chi-ma")
    other = BorderGate.objects.get(area__key="cua-khau/huu-nghi")
    before = (GateStanding.objects.count(), Entry.objects.count())

    for wrong in (
        {"kind": GateKind.INTERNATIONAL, "on": date(2018, 9, 10)},
        {"kind": GateKind.INTERNATIONAL, "on": NOW, "part_of": other},
        {"kind": GateKind.CLEARANCE_ROUTE, "on": NOW, "part_of": gate},
    ):
        with pytest.raises(ChangeRefused):
            change_gate_kind(gate=gate, by=by, at=at, **wrong)

    assert (GateStanding.objects.count(), Entry.objects.count()) == before


def test_the_database_lets_only_a_clearance_route_belong_to_another_gate():
    one, other = BorderGate.objects.order_by("pk")[:2]

    with pytest.raises(IntegrityError), transaction.atomic():
        GateStanding.objects.create(
            gate=one, kind="auxiliary", part_of=other, valid_from=THEN, valid_to=NOW
        )


def test_a_language_is_added_used_and_rested(by, at):
    language = add_language(
        tag="th", name="Tiếng Thái Lan", english_name="Thai", script="Thai", by=by, at=at
    )
    use_language(language=language, in_use=False, by=by, at=at)
    use_language(language=language, in_use=False, by=by, at=at)

    language.refresh_from_db()
    assert language.in_use is False
    assert list(Entry.objects.order_by("pk").values_list("event", flat=True))[-2:] == [
        "registry.language.added",
        "registry.language.rested",
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"tag": "lo"}, {"tag": "Tiếng"}, {"script": ""}, {"script": "latin"}, {"mode": "sung"}],
    ids=["on record", "no tag", "no script", "no such script", "no such mode"],
)
def test_a_language_described_wrongly_is_refused(wrong, by, at):
    values = {"tag": "th", "name": "Thái Lan", "english_name": "Thai", "script": "Thai", **wrong}
    count = Language.objects.count()

    with pytest.raises(LanguageRefused):
        add_language(**values, by=by, at=at)

    assert Language.objects.count() == count
