"""Areas, gates, languages and groups at the desk: as of a day, corrected, taken back."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from nhipcau.audit.models import Entry
from nhipcau.desk.queries import places
from nhipcau.desk.tests.conftest import MOST_QUERIES
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, TEST, make_user
from nhipcau.registry.actions.areas import create_area
from nhipcau.registry.actions.gates import create_gate
from nhipcau.registry.actions.groups import create_group, freeze_group
from nhipcau.registry.actions.languages import add_language
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.models import Area, BorderGate, Language, UnitGroup
from nhipcau.registry.queries.units import group_members

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def area_labels(**wanted):
    asked = {"words": "", "kind": "", "within": None, "on": AFTER, "day": AFTER, "sort": "name"}
    return [area.label for area in places.areas_listed(**asked | wanted)]


def test_areas_are_found_without_accents_and_as_of_a_day():
    assert area_labels(words="SOC trang tinh", on=BEFORE) == ["Tỉnh Sóc Trăng"]
    assert area_labels(words="soc trang tinh") == []
    assert area_labels(words="soc trang tinh", on=None) == ["Tỉnh Sóc Trăng"]
    assert len(area_labels(kind="province")) == 34
    assert len(area_labels(kind="province", on=BEFORE)) == 63


def test_areas_inside_another_are_found():
    lang_son = Area.objects.get(key="tinh/lang-son")

    inside = area_labels(within=lang_son.pk, kind="commune")

    assert len(inside) > 50
    assert "Tỉnh Lạng Sơn" not in inside


def test_gates_stand_in_their_commune_and_province_on_the_day():
    def chi_ma(on):
        (line,) = places.gates_listed(words="chi ma", kind="", country="", on=on)
        return line.kind, line.place.label, line.province.label

    assert chi_ma(date(2018, 9, 9))[0] == "unknown"
    assert chi_ma(BEFORE) == ("bilateral", "Xã Yên Khoái", "Tỉnh Lạng Sơn")
    assert chi_ma(AFTER) == ("bilateral", "Xã Mẫu Sơn", "Tỉnh Lạng Sơn")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"country": "LA"}, {"Cửa khẩu Cầu Treo", "Cửa khẩu Kim Quang"}),
        ({"kind": "railway"}, {"Cửa khẩu Ga đường sắt Đồng Đăng"}),
        ({"words": "nam phao"}, {"Cửa khẩu Cầu Treo"}),
        ({"words": "ha tinh", "kind": "seaport"}, {"Cửa khẩu cảng Vũng Áng"}),
        ({"country": "KH"}, set()),
    ],
)
def test_gates_are_narrowed_by_country_kind_and_words(wanted, expected):
    asked = {"words": "", "kind": "", "country": "", "on": AFTER}

    found = {line.gate.area.label for line in places.gates_listed(**asked | wanted)}

    assert {label.casefold() for label in found} == {label.casefold() for label in expected}


def test_languages_come_vietnamese_first_and_only_those_in_use():
    Language.objects.filter(tag="yue").update(in_use=False)

    lines = places.languages_listed(words="", mode="", every=False)
    spoken = places.languages_listed(words="", mode="audio_only", every=True)

    assert lines[0].language.tag == "vi"
    assert "yue" not in {line.language.tag for line in lines}
    assert "yue" in {line.language.tag for line in spoken}
    (lao,) = places.languages_listed(words="TIENG LAO", mode="", every=False)
    assert lao.language.tag == "lo"
    assert lao.neighbour > 0


def test_groups_count_whom_their_rule_names_on_the_day():
    lang_son = Area.objects.get(key="tinh/lang-son")
    for number, key in enumerate(
        Area.objects.filter(kind="commune", placements__parent=lang_son).values_list(
            "key", flat=True
        )
    ):
        create_unit(
            key=f"ubnd@{key}",
            kind="peoples_committee",
            name=f"Ủy ban nhân dân {number}",
            area=Area.objects.get(key=key),
            by=TEST,
            at=AT,
        )
    ha_tinh = Area.objects.get(key="tinh/ha-tinh")

    for on in (BEFORE, AFTER):
        for within in (None, lang_son, ha_tinh):
            counted = {
                line.group: line.count for line in places.groups_listed(within=within, on=on)
            }
            assert counted == {
                group: None if group.open_ended else len(group_members(group, on=on, within=within))
                for group in UnitGroup.objects.all()
            }
    named = {line.group.key: line.count for line in places.groups_listed(within=lang_son, on=AFTER)}
    assert named["xa-bien-gioi"] > 0
    assert named["xa-phuong"] > named["xa-bien-gioi"]


def test_a_group_shows_its_members_as_of_the_asked_day(desk):
    lang_son = Area.objects.get(key="tinh/lang-son")
    commune = Area.objects.filter(kind="commune", placements__parent=lang_son).first()
    unit = create_unit(
        key="ubnd@x",
        kind="peoples_committee",
        name="Ủy ban nhân dân xã X",
        area=commune,
        valid_from=AFTER,
        by=TEST,
        at=AT,
    )
    group = UnitGroup.objects.get(key="xa-phuong")
    freeze_group(group=group, on=AFTER, by=TEST, at=AT)
    address = reverse("desk:group", args=[group.pk])

    after = desk.get(address, {"on": "2025-07-01", "within": lang_son.pk})
    before = desk.get(address, {"on": "2025-06-30", "within": lang_son.pk})
    book = desk.get(address, {"on": "2025-07-01", "within": lang_son.pk, "export": "xlsx"})

    assert after.context["rows"] == [(unit, unit.label)]
    assert before.context["rows"] == []
    assert [s.on for s in after.context["snapshots"]] == [AFTER]
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(book.streaming_content))).active.values)
    assert [row[0] for row in rows[1:]] == [unit.label]


def test_every_list_and_page_costs_the_same_for_many_rows(desk, price):
    lang_son = Area.objects.get(key="tinh/lang-son")
    lists = ["registry", "areas", "gates", "languages", "groups", "units"]
    addresses = [
        *(reverse(f"desk:{name}") for name in lists),
        reverse("desk:areas") + f"?q=xa&within={lang_son.pk}&all=on&sort=from",
        reverse("desk:gates") + "?q=chi&country=CN&kind=bilateral&on=2020-01-01",
        reverse("desk:languages") + "?all=on&mode=written&q=tieng",
        reverse("desk:area", args=[lang_son.pk]),
        reverse("desk:area", args=[Area.objects.get(key="cua-khau/chi-ma").pk]),
        reverse("desk:language", args=["lo"]),
        reverse("desk:group", args=[UnitGroup.objects.get(key="xa-phuong").pk]),
    ]
    few = {address: price(desk, address) for address in addresses}
    for number in range(60):
        area = create_area(
            key=f"xa/x{number}",
            kind="commune",
            name=f"Xã {number}",
            parent=lang_son,
            by=TEST,
            at=AT,
        )
        create_gate(
            key=f"cua-khau/x{number}",
            name=f"Cửa khẩu {number}",
            kind="auxiliary",
            parent=area,
            neighbour_country="CN",
            by=TEST,
            at=AT,
        )
        create_unit(
            key=f"ubnd@x{number}",
            kind="peoples_committee",
            name=f"Ủy ban nhân dân xã {number}",
            area=area,
            by=TEST,
            at=AT,
        )
        create_group(key=f"nhom{number}", name=f"Nhóm {number}", unit_kind="office", by=TEST, at=AT)
    for number in range(26):
        add_language(
            tag=f"qa{chr(97 + number)}",
            name=f"Tiếng {number}",
            english_name="x",
            script="Latn",
            by=TEST,
            at=AT,
        )

    many = {address: price(desk, address) for address in addresses}

    assert {a: n for a, n in many.items() if n > few[a] + 1} == {}
    assert {a: n for a, n in many.items() if n > MOST_QUERIES} == {}


@pytest.mark.parametrize("name", ["areas", "gates", "languages", "groups"])
@pytest.mark.parametrize(
    "wrong",
    [{"on": "32/13/2026"}, {"within": "999999"}, {"kind": "x"}, {"p": "x"}, {"q": "x" * 300}],
)
def test_a_filter_that_cannot_be_breaks_nothing(desk, name, wrong):
    assert desk.get(reverse(f"desk:{name}"), wrong).status_code == 200


@pytest.mark.parametrize("name", ["areas", "gates"])
def test_lists_are_downloaded_as_filtered(desk, name):
    answer = desk.get(reverse(f"desk:{name}"), {"export": "xlsx", "q": "chi ma"})

    rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert [row[0] for row in rows[1:]] == ["Cửa khẩu Chi Ma"]


def test_an_area_tells_what_became_of_it_with_the_law_that_did_it(desk):
    page = desk.get(reverse("desk:area", args=[Area.objects.get(key="tinh/ha-giang").pk]))

    (part,) = page.context["story"].changes
    assert part.change.document.citation == "202/2025/QH15"
    text = page.content.decode()
    assert reverse("desk:document", args=[part.change.document.uuid]) in text
    assert "01/07/2025" in text


CORRECTIONS = [
    (
        "desk:correct_area",
        lambda: [Area.objects.get(key="cua-khau/chi-ma").pk],
        {"name": "Cửa khẩu Chi-Ma", "latitude": "21.7", "longitude": "107.0"},
        lambda: Area.objects.get(key="cua-khau/chi-ma").label,
        ("Cửa khẩu Chi Ma", "Cửa khẩu Chi-Ma"),
    ),
    (
        "desk:correct_gate",
        lambda: [BorderGate.objects.get(area__key="cua-khau/chi-ma").pk],
        {"neighbour_country": "cn", "neighbour_area": "Quảng Tây", "neighbour_gate": "Ái Điểm 2"},
        lambda: BorderGate.objects.get(area__key="cua-khau/chi-ma").neighbour_gate,
        ("Ái Điểm", "Ái Điểm 2"),
    ),
    (
        "desk:correct_language",
        lambda: ["lo"],
        {"name": "Tiếng Lào", "english_name": "Lao", "own_name": "ລາວ"},
        lambda: Language.objects.get(tag="lo").own_name,
        ("ພາສາລາວ", "ລາວ"),
    ),
    (
        "desk:correct_group",
        lambda: [UnitGroup.objects.get(key="bao-chi").pk],
        {"name": "Báo chí trên địa bàn"},
        lambda: UnitGroup.objects.get(key="bao-chi").name,
        ("Các cơ quan báo chí trên địa bàn", "Báo chí trên địa bàn"),
    ),
]


@pytest.mark.parametrize("correction", CORRECTIONS, ids=[row[0] for row in CORRECTIONS])
def test_corrections_are_made_shown_in_the_history_and_taken_back(desk, correction):
    route, args, said, reads, values = correction
    address = reverse(route, args=args())
    assert desk.get(address).status_code == 200
    assert reads() == values[0]

    back = desk.post(address, said)["Location"]
    assert reads() == values[1]
    line = desk.get(back).context["history"][0]
    assert line.undo
    answer = desk.post(reverse("desk:undo", args=[line.entry.pk]))
    assert answer["Location"] == back
    desk.get(back)  # shows what was said so far
    assert reads() == values[0]
    again = desk.post(reverse("desk:undo", args=[line.entry.pk]), follow=True)
    assert [message.level_tag for message in again.context["messages"]] == ["error"]
    assert reads() == values[0]


@pytest.mark.parametrize(
    ("route", "args", "said"),
    [
        ("desk:correct_area", CORRECTIONS[0][1], {"name": " "}),
        ("desk:correct_area", CORRECTIONS[0][1], {"name": "x", "latitude": "91"}),
        ("desk:correct_area", CORRECTIONS[0][1], {"name": "x", "latitude": "21"}),
        ("desk:correct_gate", CORRECTIONS[1][1], {"neighbour_country": "Lào"}),
        ("desk:correct_gate", CORRECTIONS[1][1], {"neighbour_country": "1X"}),
        ("desk:correct_language", CORRECTIONS[2][1], {"name": "", "english_name": "x"}),
        ("desk:correct_group", CORRECTIONS[3][1], {"name": "\u200b"}),
        ("desk:change_gate_kind", CORRECTIONS[1][1], {"kind": "x", "on": "2026-01-01"}),
        ("desk:change_gate_kind", CORRECTIONS[1][1], {"kind": "international", "on": "2018-09-10"}),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(desk, route, args, said):
    before = Entry.objects.count()

    answer = desk.post(reverse(route, args=args()), said)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert Entry.objects.count() == before


def test_a_gate_gets_a_new_kind_from_a_day_on_and_keeps_the_old_one(desk):
    gate = BorderGate.objects.get(area__key="cua-khau/chi-ma")

    desk.post(
        reverse("desk:change_gate_kind", args=[gate.pk]),
        {"kind": "international", "on": "2026-03-01", "source": "Nghị quyết mẫu"},
    )

    kinds = gate.standings.order_by("pk").values_list("kind", "valid_from", "valid_to")
    assert list(kinds)[1:] == [
        ("bilateral", date(2018, 9, 10), date(2026, 3, 1)),
        ("international", date(2026, 3, 1), None),
    ]


def test_a_language_is_taken_out_of_use_and_brought_back(desk):
    address = reverse("desk:use_language", args=["ja"])

    desk.post(address, {"in_use": "no"})
    assert not Language.objects.get(tag="ja").in_use
    desk.post(address, {"in_use": "yes"})
    assert Language.objects.get(tag="ja").in_use
    assert Entry.objects.filter(target_kind="registry.language").count() == 2


def test_a_line_of_another_room_is_not_undone_here(desk, planner):
    entry = Entry.objects.filter(event="registry.reference_data.loaded").get()

    assert desk.post(reverse("desk:undo", args=[entry.pk])).status_code == 404
    assert desk.post(reverse("desk:undo", args=[10**9])).status_code == 404


def test_the_operator_may_correct_and_the_author_may_only_read(client, culture):
    group = UnitGroup.objects.get(key="bao-chi")
    address = reverse("desk:correct_group", args=[group.pk])
    for role, name in ((Role.AUTHOR, "A"), (Role.OPERATOR, "B")):
        client.force_login(make_user(role, unit=culture))
        client.post(address, {"name": name})

    group.refresh_from_db()
    assert group.name == "B"


def test_an_empty_registry_teaches_the_next_step(desk):
    for name, model in (("gates", BorderGate), ("groups", UnitGroup), ("languages", Language)):
        with_rows = desk.get(reverse(f"desk:{name}")).content.decode()
        assert "nhipcau registry load" not in with_rows
        if model is BorderGate:
            Area.objects.filter(gate__isnull=False).update(valid_to=date(1990, 1, 1))
        elif model is UnitGroup:
            UnitGroup.objects.all().delete()
        else:
            Language.objects.update(in_use=False)
        assert "nhipcau registry load" in desk.get(reverse(f"desk:{name}")).content.decode()
