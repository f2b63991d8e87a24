"""Areas at the desk: what became of them, and what people add to the registry."""

from datetime import date

import pytest
from django.urls import reverse

from nhipcau.audit.models import Entry
from nhipcau.desk.tests.conftest import MOST_QUERIES
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.registry.actions.areas import create_area, tag_area
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.models import (
    Area,
    AreaChange,
    BorderGate,
    Language,
    UnitGroup,
)
from nhipcau.registry.queries.areas import area_successors
from nhipcau.registry.queries.units import group_members

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
JULY = date(2026, 7, 1)


@pytest.fixture
def province(db):
    return create_area(key="tinh/m", kind="province", name="Tỉnh Mẫu", by=TEST, at=AT)


@pytest.fixture
def make(province):
    def made(name, **values):
        values = {"key": name, "kind": "commune", "parent": province, **values}
        return create_area(name=name, by=TEST, at=AT, **values)

    return made


@pytest.fixture
def tell(desk):
    def told(area, kind, **typed):
        address = reverse("desk:change_area", args=[area.pk, kind])
        typed = {"on": "2026-07-01", "source": "Nghị quyết", **typed}
        seen = desk.post(address, typed)
        if seen.status_code == 400:
            return seen, None
        assert not AreaChange.objects.exists()
        return seen, desk.post(address, {**typed, "looked_at": seen.context["digest"]})

    return told


def test_communes_merge_into_a_new_one_that_lies_at_the_border_as_before(tell, make, province):
    one, other = make("Xã A"), make("Xã B")
    tag_area(area=one, trait="land_border", by=TEST, at=AT)
    create_unit(key="u", kind="peoples_committee", name="UBND xã A", area=one, by=TEST, at=AT)

    seen, done = tell(one, "merge", partners=["xã b"], new_name="Xã A", keep_traits="on")

    told = "\n".join(seen.context["told"])
    assert "1 đơn vị hoạt động ở “Xã A”" in told
    assert "“Xã A” được ghi là địa bàn mới." in told
    assert done.status_code == 302
    (heir,) = area_successors(other, as_of=JULY)
    assert (heir.label, heir.valid_from, heir.placements.get().parent) == ("Xã A", JULY, province)
    assert heir.tags.get().trait == "land_border"
    one.refresh_from_db()
    assert (one.valid_to, one.tags.get().valid_to) == (JULY, JULY)


@pytest.mark.parametrize(
    "case",
    [
        ("rename", {"new_name": "Phường A"}, ["Phường A"]),
        ("split", {"new_names": ["Xã A Một", "Xã A Hai"]}, ["Xã A Hai", "Xã A Một"]),
        ("dissolve", {}, []),
        ("merge", {"result": "Xã B"}, ["Xã B"]),
    ],
)
def test_a_change_is_recorded_and_taken_back(desk, tell, make, case):
    kind, typed, heirs = case
    one = make("Xã A")
    make("Xã B")

    _seen, done = tell(one, kind, **typed)

    assert done.status_code == 302
    assert [area.label for area in area_successors(one, as_of=JULY)] == heirs
    change = AreaChange.objects.get()
    assert desk.get(reverse("desk:area", args=[one.pk])).status_code == 200
    desk.post(reverse("desk:take_back_area_change", args=[one.pk, change.pk]))
    one.refresh_from_db()
    assert (one.label, one.valid_to, one.names.get().valid_to) == ("Xã A", None, None)
    assert set(Area.objects.values_list("label", flat=True)) == {"Tỉnh Mẫu", "Xã A", "Xã B"}
    assert Entry.objects.latest("pk").event == "registry.areas.taken_back"


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("rename", {"new_name": "X", "source": ""}, "Hãy nêu văn bản"),
        ("rename", {"new_name": "X", "on": "2019-01-01"}, "sau ngày"),
        ("merge", {"partners": ["Xã Không Có"], "new_name": "X"}, "không chỉ một địa bàn"),
        ("merge", {"partners": ["Xã B"]}, "Hãy nêu một địa bàn"),
        ("split", {"new_names": ["Một"]}, "ít nhất hai"),
    ],
)
def test_what_cannot_have_been_is_refused(tell, make, kind, typed, sentence):
    one = make("Xã A", valid_from=date(2020, 1, 1))
    make("Xã B")

    seen, done = tell(one, kind, **typed)

    assert done is None
    assert sentence in seen.content.decode()
    assert not AreaChange.objects.exists()


def test_a_form_of_areas_costs_few_queries(desk, make, price):
    areas = [make(f"Xã {number}") for number in range(20)]

    assert price(desk, reverse("desk:change_area", args=[areas[0].pk, "merge"])) <= MOST_QUERIES
    assert desk.get(reverse("desk:change_area_kinds", args=[areas[0].pk])).status_code == 200


def test_an_area_and_a_gate_are_added(desk, province):
    typed = {"name": "Xã Mới", "kind": "commune", "parent": province.pk, "source": "NQ 1"}

    assert desk.post(reverse("desk:add_area"), typed).status_code == 302
    assert desk.post(reverse("desk:add_area"), typed).status_code == 302
    first, second = Area.objects.filter(label="Xã Mới").order_by("pk")
    assert first.key != second.key
    gate = {"name": "Cửa khẩu X", "kind": "bilateral", "parent": first.pk}
    assert (
        desk.post(reverse("desk:add_gate"), {**gate, "neighbour_country": "cn"}).status_code == 302
    )
    assert BorderGate.objects.get().neighbour_country == "CN"
    assert desk.post(reverse("desk:add_gate"), {**gate, "parent": ""}).status_code == 400
    assert BorderGate.objects.count() == 1
    key = BorderGate.objects.get().area_id
    assert desk.get(reverse("desk:change_area", args=[key, "rename"])).status_code == 200
    assert desk.get(reverse("desk:change_area", args=[key, "merge"])).status_code == 404
    assert "/merge/" not in desk.get(reverse("desk:change_area_kinds", args=[key])).content.decode()


def test_a_language_is_added_once(desk):
    typed = {
        "tag": "tyz",
        "name": "Tiếng Tày",
        "english_name": "Tay",
        "mode": "written",
        "script": "Latn",
    }

    assert desk.post(reverse("desk:add_language"), {**typed, "script": ""}).status_code == 400
    assert desk.post(reverse("desk:add_language"), {**typed, "tag": "no tag"}).status_code == 400
    assert desk.post(reverse("desk:add_language"), typed).status_code == 302
    again = desk.post(reverse("desk:add_language"), typed)
    assert again.status_code == 400
    assert Language.objects.get().name == "Tiếng Tày"


def test_a_group_of_border_communes_follows_its_rule_and_the_marks(desk, make):
    commune = make("Xã A")
    unit = create_unit(
        key="u", kind="peoples_committee", name="UBND xã A", area=commune, by=TEST, at=AT
    )
    typed = {
        "name": "UBND các xã biên giới",
        "aliases": ["các xã biên giới", ""],
        "unit_kind": "peoples_committee",
        "area_kind": "commune",
        "area_trait": "land_border",
    }
    assert desk.post(reverse("desk:add_group"), {**typed, "unit_kind": ""}).status_code == 400
    assert desk.post(reverse("desk:add_group"), typed).status_code == 302
    group = UnitGroup.objects.get()
    assert group.aliases.get().text == "các xã biên giới"
    assert group_members(group, on=JULY) == []

    mark = {"trait": "land_border", "valid_from": "2025-07-01"}
    assert desk.post(reverse("desk:tag_area", args=[commune.pk]), mark).status_code == 302
    assert group_members(group, on=JULY) == [unit]

    tag = commune.tags.get()
    desk.post(reverse("desk:untag_area", args=[commune.pk, tag.pk]))
    assert group_members(group, on=JULY) == []
    assert Entry.objects.latest("pk").event == "registry.area.untagged"


def test_the_lists_offer_to_add_to_who_may(desk, client, officer):
    pages = ["areas", "gates", "languages", "groups"]
    for page in pages:
        assert "/add/" in desk.get(reverse(f"desk:{page}")).content.decode()
    client.force_login(officer)
    for page in pages:
        assert "/add/" not in client.get(reverse(f"desk:{page}")).content.decode()


def test_an_area_bears_further_names_and_a_former_one_finds_it(desk, make):
    commune = make("Xã A")
    address = reverse("desk:name_area", args=[commune.pk])

    for typed in (
        {"kind": "former", "text": "Xã Cũ", "valid_to": "2025-07-01"},
        {"kind": "english", "text": "A Commune"},
        {"kind": "official", "text": "Phường A", "valid_from": "2026-07-01"},
    ):
        assert desk.post(address, typed).status_code == 302
    refused = desk.post(address, {"kind": "official", "text": "Phường B"})

    assert refused.status_code == 400
    assert "địa bàn mang tên này từ ngày nào" in refused.content.decode()
    commune.refresh_from_db()
    assert commune.label == "Phường A"
    assert commune.names.get(text="Xã A").valid_to == JULY
    listed = desk.get(reverse("desk:areas"), {"q": "xa cu"}).content.decode()
    assert "Phường A" in listed
    page = desk.get(reverse("desk:area", args=[commune.pk])).content.decode()
    assert "A Commune" in page
    new = commune.names.get(text="Phường A")
    desk.post(reverse("desk:take_back_area_name", args=[commune.pk, new.pk]))
    commune.refresh_from_db()
    assert (commune.label, commune.names.get(text="Xã A").valid_to) == ("Xã A", None)
    assert Entry.objects.latest("pk").event == "registry.area.name_taken_back"


def test_an_area_bears_a_code_of_its_level_from_a_day(desk, make, province):
    commune, other = make("Xã A"), make("Xã B")
    address = reverse("desk:code_area", args=[commune.pk])

    assert desk.post(address, {"code": "06001", "valid_from": "2025-07-01"}).status_code == 302
    assert desk.post(address, {"code": "06002", "valid_from": "2026-07-01"}).status_code == 302
    for code in ("20", "0600x", "xã"):
        refused = desk.post(address, {"code": code, "valid_from": "2026-08-01"})
        assert refused.status_code == 400
        assert "không phải là mã của địa bàn này" in refused.content.decode()
    taken = desk.post(
        reverse("desk:code_area", args=[other.pk]), {"code": "06002", "valid_from": "2026-08-01"}
    )
    assert taken.status_code == 400
    assert commune.codes.get(code="06001").valid_to == JULY
    desk.post(
        reverse("desk:take_back_area_code", args=[commune.pk, commune.codes.get(code="06002").pk])
    )
    assert commune.codes.get().valid_to is None
    gate = make("Cửa khẩu X", kind="border_gate")
    assert desk.get(reverse("desk:code_area", args=[gate.pk])).status_code == 404
    assert "/code/" not in desk.get(reverse("desk:area", args=[gate.pk])).content.decode()


def test_a_name_that_no_table_holds_is_refused_beside_its_field(tell, make):
    one = make("Xã A")

    seen, done = tell(one, "split", new_names=["Xã Một", "X" * 201])

    assert done is None
    assert "nhiều nhất 200 ký tự" in seen.content.decode()
