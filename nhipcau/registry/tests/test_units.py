"""Units by date: names, codes, changes, groups."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from nhipcau.audit.models import Entry
from nhipcau.registry.actions.areas import create_area, tag_area
from nhipcau.registry.actions.changes import tell_change
from nhipcau.registry.actions.groups import create_group, freeze_group
from nhipcau.registry.actions.names import give_code, give_name
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.enums import ChangeKind, NameKind, Verdict
from nhipcau.registry.errors import ChangeRefused, GroupRefused, NameRefused
from nhipcau.registry.models import (
    Area,
    AreaPlacement,
    GroupSnapshot,
    Unit,
    UnitChange,
    UnitGroup,
    UnitName,
)
from nhipcau.registry.queries.areas import area_successors, ids_inside
from nhipcau.registry.queries.names import name_index
from nhipcau.registry.queries.units import group_members, names_on, unit_successors

pytestmark = pytest.mark.django_db
MARCH, JULY, NOW = date(2025, 3, 1), date(2025, 7, 1), date(2026, 11, 21)


@pytest.fixture
def make(by, at):
    def made(key, name=None, **values):
        values = {"kind": "department", "name": name or key, **values}
        return create_unit(key=key, by=by, at=at, **values)

    return made


def test_a_unit_is_created_with_its_name_parent_and_diary_line(make):
    above = make("ubnd", "Ủy  ban nhân dân tỉnh")
    unit = make("so-a", "Sở Văn hoá", parent=above, valid_from=MARCH)

    assert (above.label, unit.label) == ("Ủy ban nhân dân tỉnh", "Sở Văn hóa")
    assert (unit.names.get().text, unit.names.get().folded) == ("Sở Văn hóa", "so van hoa")
    assert unit.parents.get().parent == above
    line = Entry.objects.latest("pk")
    assert (line.event, line.by_key, line.target_key, line.after["key"]) == (
        "registry.unit.created",
        "machine:registry tests",
        str(unit.pk),
        "so-a",
    )


@pytest.mark.parametrize("name", ["", "  \u00a0 "])
def test_a_unit_without_a_name_is_refused(name, by, at):
    with pytest.raises(NameRefused):
        create_unit(key="x", kind="other", name=name, by=by, at=at)

    assert (Unit.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_key_is_given_once(make):
    make("so-a")

    with pytest.raises(NameRefused, match="so-a"):
        make("so-a", "Khác")

    assert Unit.objects.count() == 1


def test_a_new_official_name_ends_the_one_before_and_both_are_found_by_date(make, by, at):
    unit = make("so-a", "Sở Cũ")
    give_name(to=unit, text="Sở Mới", kind=NameKind.OFFICIAL, valid_from=MARCH, by=by, at=at)

    unit.refresh_from_db()
    assert unit.label == "Sở Mới"
    assert names_on([unit], on=MARCH - timedelta(days=1)) == {unit.pk: "Sở Cũ"}
    assert names_on([unit], on=MARCH) == {unit.pk: "Sở Mới"}


def test_a_name_that_begins_before_the_one_it_follows_is_refused(make, by, at):
    unit = make("so-a", "Sở A", valid_from=MARCH)

    with pytest.raises(NameRefused):
        give_name(to=unit, text="B", kind=NameKind.OFFICIAL, valid_from=MARCH, by=by, at=at)
    with pytest.raises(NameRefused):
        give_name(to=unit, text="B", kind=NameKind.OFFICIAL, by=by, at=at)

    assert list(UnitName.objects.values_list("text", "valid_to")) == [("Sở A", None)]


def test_an_electronic_code_is_checked_unique_and_dated(make, by, at):
    one, other = make("so-a"), make("so-b")
    give_code(to=one, code=" h37.01 ", valid_from=None, by=by, at=at)

    with pytest.raises(NameRefused):
        give_code(to=other, code="37H.01", valid_from=None, by=by, at=at)
    with pytest.raises(NameRefused):
        give_code(to=other, code="H37.01", valid_from=None, by=by, at=at)
    with pytest.raises(NameRefused):
        give_code(to=other, code="H37." + "1" * 33, valid_from=None, by=by, at=at)
    give_code(to=one, code="H37.02", valid_from=MARCH, by=by, at=at)
    give_code(to=one, code="H37.02", valid_from=MARCH, by=by, at=at)

    assert list(one.codes.order_by("pk").values_list("code", "valid_to")) == [
        ("H37.01", MARCH),
        ("H37.02", None),
    ]
    assert other.codes.count() == 0


def test_a_merger_ends_the_units_with_their_names_and_leads_to_the_result(make, by, at):
    a, b = make("so-a"), make("so-b")
    new = make("so-c", valid_from=MARCH)

    tell_change(kind=ChangeKind.MERGE, on=MARCH, before=[a, b], after=[new], by=by, at=at)

    a.refresh_from_db()
    assert (a.valid_to, a.names.get().valid_to) == (MARCH, MARCH)
    assert list(Unit.objects.current(on=MARCH)) == [new]
    assert set(Unit.objects.current(on=MARCH - timedelta(days=1))) == {a, b}
    assert unit_successors(a, as_of=NOW) == [new]
    assert unit_successors(a, as_of=MARCH - timedelta(days=1)) == [a]
    assert Entry.objects.latest("pk").event == "registry.units.merge"


def test_a_transfer_leaves_the_unit_and_moves_its_duty(make, by, at):
    giver, taker = make("so-tttt"), make("so-vhttdl")

    tell_change(
        kind=ChangeKind.TRANSFER_FUNCTION,
        on=MARCH,
        before=[giver],
        after=[taker],
        function="Báo chí, thông tin đối ngoại",
        by=by,
        at=at,
    )

    assert unit_successors(giver, as_of=NOW) == [giver]
    assert unit_successors(giver, as_of=NOW, function="thông tin đối ngoại") == [taker]


def test_a_renaming_keeps_the_unit(make, by, at):
    unit = make("so-a", "Sở A")

    tell_change(
        kind=ChangeKind.RENAME,
        on=MARCH,
        before=[unit],
        after=[unit],
        new_name="Sở A mới",
        by=by,
        at=at,
    )

    unit.refresh_from_db()
    assert (unit.label, unit.valid_to, unit.names.count()) == ("Sở A mới", None, 2)


def test_a_renaming_without_a_new_name_changes_nothing(make, by, at):
    unit = make("so-a", "Sở A")
    entries = Entry.objects.count()

    with pytest.raises(NameRefused):
        tell_change(kind=ChangeKind.RENAME, on=MARCH, before=[unit], after=[unit], by=by, at=at)

    assert (UnitChange.objects.count(), Entry.objects.count()) == (0, entries)


def test_an_impossible_change_is_refused_with_every_reason(make, by, at):
    a, b = make("so-a", valid_from=JULY), make("so-b")
    entries = Entry.objects.count()

    with pytest.raises(ChangeRefused) as refusal:
        tell_change(kind=ChangeKind.MERGE, on=MARCH, before=[a], after=[a, b], by=by, at=at)

    assert str(refusal.value).count(".") >= 2
    assert (UnitChange.objects.count(), Entry.objects.count()) == (0, entries)


@pytest.fixture
def border(make, by, at):
    """A province with two border communes, one of them inside a district until July."""
    province = create_area(key="tinh/a", kind="province", name="Tỉnh A", by=by, at=at)
    district = create_area(
        key="huyen/a", kind="district", name="Huyện A", parent=province, by=by, at=at
    )
    communes = [
        create_area(key=f"xa/{n}", kind="commune", name=f"Xã {n}", parent=parent, by=by, at=at)
        for n, parent in ((1, province), (2, district), (3, province))
    ]
    for commune in communes:
        make(
            f"ubnd/{commune.key}",
            f"UBND {commune.label}",
            kind="peoples_committee",
            area=commune,
        )
    for commune in communes[:2]:
        tag_area(area=commune, trait="land_border", by=by, at=at)
    return province, communes


@pytest.fixture
def group():
    return UnitGroup.objects.create(
        key="g",
        name="UBND các xã biên giới",
        unit_kind="peoples_committee",
        area_kind="commune",
        area_trait="land_border",
    )


def test_a_group_is_its_rule_as_of_a_day_at_any_depth(border, group):
    province, _communes = border

    assert [unit.key for unit in group_members(group, on=NOW, within=province)] == [
        "ubnd/xa/1",
        "ubnd/xa/2",
    ]


def test_a_frozen_group_keeps_its_members_and_their_names(border, group, by, at):
    province, communes = border
    snapshot = freeze_group(group=group, on=MARCH, within=province, by=by, at=at)

    unit = Unit.objects.get(key="ubnd/xa/1")
    give_name(to=unit, text="UBND Phường 1", kind=NameKind.OFFICIAL, valid_from=JULY, by=by, at=at)
    tag_area(area=communes[2], trait="land_border", by=by, at=at)

    assert sorted(snapshot.members.values_list("name_then", flat=True)) == [
        "UBND Xã 1",
        "UBND Xã 2",
    ]
    assert len(group_members(group, on=NOW, within=province)) == 3
    assert (snapshot.frozen_by_key, snapshot.on) == ("machine:registry tests", MARCH)


def test_a_group_is_created_with_its_names_and_found_by_them(border, by, at):
    province, _communes = border
    group = create_group(
        key="g",
        name="UBND các xã",
        unit_kind="peoples_committee",
        area_kind="commune",
        within=province,
        aliases=["các xã", "các  xã"],
        by=by,
        at=at,
    )

    found = name_index().resolve("các xã", on=NOW, scope=province.pk)

    assert (found.verdict, found.only.id, group.aliases.count()) == (Verdict.GROUP, group.pk, 1)
    assert len(group_members(group, on=NOW)) == 3


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"key": "g"}, {"unit_kind": ""}], ids=["name", "key", "no rule"]
)
def test_a_group_without_a_name_a_key_or_a_rule_is_refused(wrong, group, by, at):
    values = {"key": "new", "name": "Các sở", "unit_kind": "department", **wrong}

    with pytest.raises(GroupRefused):
        create_group(**values, by=by, at=at)

    assert (UnitGroup.objects.count(), Entry.objects.count()) == (1, 0)


def test_a_group_that_names_nobody_is_not_frozen(group, by, at):
    everyone = UnitGroup.objects.create(key="e", name="các đơn vị liên quan", open_ended=True)

    for empty in (group, everyone):
        with pytest.raises(GroupRefused, match="“"):
            freeze_group(group=empty, on=NOW, by=by, at=at)

    assert (GroupSnapshot.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.fixture
def more_communes(border, make, by, at):
    province, _communes = border

    def add(count):
        for n in range(count):
            area = create_area(
                key=f"xa/x{n}", kind="commune", name=f"Xã X{n}", parent=province, by=by, at=at
            )
            tag_area(area=area, trait="land_border", by=by, at=at)
            make(f"ubnd/x{n}", kind="peoples_committee", area=area)
        return province

    return add


@pytest.mark.parametrize("extra", [0, 3])
def test_members_cost_two_queries_however_many(
    extra, more_communes, group, django_assert_num_queries
):
    province = more_communes(extra)

    with django_assert_num_queries(2):
        members = group_members(group, on=NOW, within=province)

    assert len(members) == 2 + extra


def test_merged_areas_end_with_their_codes_places_and_traits(border, by, at):
    province, (one, two, _three) = border
    new = create_area(
        key="xa/moi", kind="commune", name="Xã Mới", parent=province, valid_from=JULY, by=by, at=at
    )

    tell_change(kind=ChangeKind.MERGE, on=JULY, before=[one, two], after=[new], by=by, at=at)

    one.refresh_from_db()
    assert (one.valid_to, one.placements.get().valid_to, one.tags.get().valid_to) == (JULY,) * 3
    assert new.pk in ids_inside(province, on=JULY)
    assert two.pk not in ids_inside(province, on=JULY)
    assert area_successors(two, as_of=NOW) == [new]


def test_areas_have_no_functions_to_transfer(border, by, at):
    _province, (one, two, _three) = border

    with pytest.raises(ChangeRefused):
        tell_change(
            kind=ChangeKind.TRANSFER_FUNCTION, on=JULY, before=[one], after=[two], by=by, at=at
        )


def test_the_database_keeps_impossible_rows_out(border, make):
    province, _communes = border
    unit = make("so-a")

    for wrong in (
        lambda: Unit.objects.create(key="z", kind="no such kind", label="Z"),
        lambda: Unit.objects.create(
            key="z", kind="other", label="Z", valid_from=MARCH, valid_to=MARCH
        ),
        lambda: UnitName.objects.create(unit=unit, kind="official", text="B", folded="b"),
        lambda: Area.objects.create(key="z", kind="village", label="Z", latitude=91, longitude=0),
        lambda: Area.objects.create(key="z", kind="village", label="Z", latitude=21),
        lambda: AreaPlacement.objects.create(area=province, parent=province),
        lambda: UnitChange.objects.create(kind="transfer_function", on=MARCH),
        lambda: UnitGroup.objects.create(key="z", name="Z"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
