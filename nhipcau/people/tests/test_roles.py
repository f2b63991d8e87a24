"""Giving, ending and delegating roles."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.kernel.compiled import Compiled
from nhipcau.people.actions import (
    delegate,
    demand_second_factor,
    end_charge,
    end_delegation,
    end_role,
    give_role,
    put_in_charge,
    stop_demanding_second_factor,
)
from nhipcau.people.enums import Obstacle, Permission, Reach, Role
from nhipcau.people.errors import PeopleRuleBroken
from nhipcau.people.models import Charge, Delegation, Membership, SecondFactorRule
from nhipcau.people.queries import (
    charge_of,
    demanded_second_factor,
    may,
    may_clear,
    people_who_may,
    persons_in_charge,
    rights_of,
    units_of,
    units_where,
)
from nhipcau.people.queries.rights import GRANTS
from nhipcau.people.tests.factories import (
    AT,
    LONG_AGO,
    TEST,
    TODAY,
    make_member,
    make_person,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
NEXT_MONTH = TODAY + timedelta(days=30)


def test_a_role_counts_in_its_unit_from_its_first_day_to_the_day_before_its_end():
    unit, elsewhere, person = make_unit(), make_unit("Sở Ngoại vụ"), make_person()
    give_role(
        person=person, unit=unit, role=Role.AUTHOR, start=TODAY, until=NEXT_MONTH, by=TEST, at=AT
    )

    write = Permission.WORKS_WRITE
    assert not may(person, write, unit, on=TODAY - timedelta(days=1))
    assert may(person, write, unit, on=TODAY)
    assert may(person, write, unit, on=NEXT_MONTH - timedelta(days=1))
    assert not may(person, write, unit, on=NEXT_MONTH)
    assert not may(person, write, elsewhere, on=TODAY)
    assert not may(person, Permission.WORKS_APPROVE, unit, on=TODAY)


def test_a_role_that_reaches_the_whole_province_counts_in_every_unit():
    elsewhere = make_unit("UBND xã Tân Thanh")
    person = make_member(Role.SECRECY_REVIEWER, reach=Reach.HOUSE)

    assert may(person, Permission.WORKS_CLEAR_SECRECY, elsewhere, on=TODAY)
    assert elsewhere in units_where(person, Permission.WORKS_CLEAR_SECRECY, on=TODAY)


def test_a_role_ends_with_its_unit():
    unit = make_unit(valid_from=LONG_AGO, valid_to=NEXT_MONTH)
    person = make_member(Role.AUTHOR, unit=unit)

    assert may(person, Permission.WORKS_WRITE, unit, on=NEXT_MONTH - timedelta(days=1))
    assert not may(person, Permission.WORKS_WRITE, unit, on=NEXT_MONTH)


@pytest.mark.parametrize(
    ("start", "until", "obstacle"),
    [
        (TODAY, TODAY, Obstacle.ENDS_BEFORE_IT_BEGINS),
        (date(2019, 1, 1), None, Obstacle.UNIT_NOT_THERE),
        (date(2031, 1, 1), None, Obstacle.UNIT_NOT_THERE),
        (TODAY, date(2031, 1, 1), Obstacle.UNIT_NOT_THERE),
    ],
)
def test_a_role_outside_the_time_of_its_unit_is_refused(start, until, obstacle):
    unit = make_unit(valid_from=LONG_AGO, valid_to=date(2030, 1, 1))
    person = make_person()

    with pytest.raises(PeopleRuleBroken) as refusal:
        give_role(
            person=person, unit=unit, role=Role.AUTHOR, start=start, until=until, by=TEST, at=AT
        )

    assert refusal.value.obstacles == (obstacle,)
    assert not Membership.objects.exists()


def test_the_same_role_is_not_given_twice_for_the_same_days():
    unit = make_unit()
    person = make_member(Role.AUTHOR, unit=unit)
    lines = Entry.objects.count()

    with pytest.raises(PeopleRuleBroken) as refusal:
        give_role(person=person, unit=unit, role=Role.AUTHOR, start=TODAY, by=TEST, at=AT)

    assert refusal.value.obstacles == (Obstacle.HELD_ALREADY,)
    assert Membership.objects.count() == 1
    assert Entry.objects.count() == lines


def test_the_database_too_refuses_a_second_open_membership_and_a_superuser():
    unit = make_unit()
    person = make_member(Role.AUTHOR, unit=unit)
    user = make_user()

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=person, unit=unit, role=Role.AUTHOR, valid_from=TODAY)
    user.is_superuser = True
    with pytest.raises(IntegrityError), transaction.atomic():
        user.save()


def test_a_role_given_by_mistake_ends_on_its_first_day_and_may_be_given_again():
    unit, person = make_unit(), make_person()
    mistake = give_role(person=person, unit=unit, role=Role.AUTHOR, start=TODAY, by=TEST, at=AT)

    end_role(membership=mistake, until=TODAY, by=TEST, at=AT)
    give_role(person=person, unit=unit, role=Role.AUTHOR, start=TODAY, by=TEST, at=AT)

    assert rights_of(person, on=TODAY).roles == {Role.AUTHOR}


def test_the_last_operator_cannot_be_taken_away():
    user = make_user(Role.OPERATOR)
    membership = user.person.memberships.get()

    with pytest.raises(PeopleRuleBroken) as refusal:
        end_role(membership=membership, until=TOMORROW, by=TEST, at=AT)
    make_user(Role.OPERATOR)
    end_role(membership=membership, until=TOMORROW, by=TEST, at=AT)

    assert refusal.value.obstacles == (Obstacle.LAST_OPERATOR,)
    assert not rights_of(user.person, on=TOMORROW).grants


def test_the_diary_says_which_role_was_given_where_and_by_whom():
    unit, clerk = make_unit(), make_user(Role.OPERATOR)
    clerk.person.act_for(unit)

    membership = give_role(
        person=make_person(), unit=unit, role=Role.AUTHOR, start=TODAY, by=clerk.person, at=AT
    )

    line = Entry.objects.latest("pk")
    assert line.event == "people.role.given"
    assert line.by_key == f"person:{clerk.person.pk}"
    assert (line.unit_key, line.unit_name) == (unit.key, unit.label)
    assert line.target_key == str(membership.pk)
    assert line.after["role"] == "author"
    assert line.after["unit"] == unit.key


def test_one_person_at_a_time_is_in_charge_of_a_unit():
    unit, first, second = make_unit(), make_person("Lê Văn An"), make_person("Vi Thị Bích")
    charge = put_in_charge(person=first, unit=unit, start=LONG_AGO, by=TEST, at=AT)

    with pytest.raises(PeopleRuleBroken) as refusal:
        put_in_charge(person=second, unit=unit, start=TODAY, by=TEST, at=AT)
    end_charge(charge=charge, until=TODAY, by=TEST, at=AT)
    put_in_charge(person=second, unit=unit, start=TODAY, by=TEST, at=AT)

    assert refusal.value.obstacles == (Obstacle.CHARGE_TAKEN,)
    assert charge_of(unit, on=TODAY - timedelta(days=1)).person == first
    assert charge_of(unit, on=TODAY).person == second
    assert Charge.objects.count() == 2


def test_a_delegate_has_the_giver_s_roles_in_that_unit_during_that_time_only():
    unit, elsewhere = make_unit(), make_unit("Sở Ngoại vụ")
    giver, taker = make_member(Role.APPROVER, unit=unit), make_person("Hoàng Văn Thái")

    delegate(
        giver=giver,
        taker=taker,
        unit=unit,
        roles=[Role.APPROVER],
        start=TODAY,
        until=NEXT_MONTH,
        by=giver,
        at=AT,
    )

    approve = Permission.WORKS_APPROVE
    assert may(taker, approve, unit, on=TODAY)
    assert not may(taker, approve, unit, on=NEXT_MONTH)
    assert not may(taker, approve, elsewhere, on=TODAY)
    assert set(people_who_may(approve, unit, on=TODAY)) == {giver, taker}


def test_a_delegation_ends_when_the_giver_loses_the_role():
    unit = make_unit()
    giver, taker = make_member(Role.APPROVER, unit=unit), make_person("Hoàng Văn Thái")
    delegate(
        giver=giver,
        taker=taker,
        unit=unit,
        roles=[Role.APPROVER],
        start=TODAY,
        until=NEXT_MONTH,
        by=giver,
        at=AT,
    )

    end_role(membership=giver.memberships.get(), until=TOMORROW, by=TEST, at=AT)

    assert may(taker, Permission.WORKS_APPROVE, unit, on=TODAY)
    assert not may(taker, Permission.WORKS_APPROVE, unit, on=TOMORROW)


def test_a_delegation_taken_back_ends_that_day():
    unit = make_unit()
    giver, taker = make_member(Role.APPROVER, unit=unit), make_person("Hoàng Văn Thái")
    delegation = delegate(
        giver=giver,
        taker=taker,
        unit=unit,
        roles=[Role.APPROVER],
        start=TODAY,
        until=NEXT_MONTH,
        by=giver,
        at=AT,
    )

    end_delegation(delegation=delegation, until=TOMORROW, by=giver, at=AT)

    assert not may(taker, Permission.WORKS_APPROVE, unit, on=TOMORROW)


def test_nothing_is_passed_on_that_one_does_not_hold_oneself():
    unit = make_unit()
    giver, taker = make_member(Role.APPROVER, unit=unit), make_person("Hoàng Văn Thái")
    third = make_person("Triệu Văn Cao")
    common = {"unit": unit, "start": TODAY, "until": NEXT_MONTH, "by": TEST, "at": AT}
    delegate(giver=giver, taker=taker, roles=[Role.APPROVER], **common)

    with pytest.raises(PeopleRuleBroken) as passed_on:
        delegate(giver=taker, taker=third, roles=[Role.APPROVER], **common)
    with pytest.raises(PeopleRuleBroken) as to_oneself:
        delegate(giver=giver, taker=giver, roles=[Role.APPROVER], **common)
    with pytest.raises(PeopleRuleBroken) as nothing:
        delegate(giver=giver, taker=taker, roles=[], **common)

    assert passed_on.value.obstacles == (Obstacle.ROLE_NOT_HELD,)
    assert to_oneself.value.obstacles == (Obstacle.TO_ONESELF,)
    assert nothing.value.obstacles == (Obstacle.NO_ROLE_NAMED,)
    assert Delegation.objects.count() == 1


def test_nobody_clears_his_own_text_neither_himself_nor_through_a_delegate():
    unit = make_unit()
    writer, other = make_member(Role.APPROVER, unit=unit), make_person("Hoàng Văn Thái")
    own_approver = make_member(Role.APPROVER, unit=unit)
    for giver in (writer, own_approver):
        delegate(
            giver=giver,
            taker=other,
            unit=unit,
            roles=[Role.APPROVER],
            start=TODAY,
            until=NEXT_MONTH,
            by=giver,
            at=AT,
        )
    approve = Permission.WORKS_APPROVE

    assert not may_clear(writer, approve, unit, on=TODAY, written_by=[writer])
    assert may_clear(own_approver, approve, unit, on=TODAY, written_by=[writer])
    assert may_clear(other, approve, unit, on=TODAY, written_by=[writer])
    assert not may_clear(other, approve, unit, on=TODAY, written_by=[writer, own_approver])
    assert not may_clear(other, approve, unit, on=TODAY, written_by=[other])


def test_rights_cost_one_query_however_many_roles(django_assert_num_queries):
    unit = make_unit()
    person = make_member(Role.AUTHOR, unit=unit)
    for role in (Role.TRANSLATOR, Role.REVISER, Role.PUBLISHER):
        give_role(person=person, unit=unit, role=role, start=LONG_AGO, by=TEST, at=AT)

    with django_assert_num_queries(1):
        rights = rights_of(person, on=TODAY)
        assert rights.may(Permission.RELEASES_PUBLISH, unit.pk)
        assert rights.may(Permission.WORKS_TRANSLATE, unit.pk)


def test_the_compiled_query_finds_what_its_query_set_finds():
    unit = make_unit()
    giver, taker = make_member(Role.APPROVER, unit=unit), make_member(Role.AUTHOR, unit=unit)
    until = TODAY + timedelta(days=9)
    delegate(
        giver=giver, taker=taker, unit=unit, roles=[Role.APPROVER], start=TODAY, until=until,
        by=giver, at=AT,
    )  # fmt: skip
    demand_second_factor(roles=[Role.APPROVER], start=TODAY, by=TEST, at=AT)

    for person in (giver, taker, make_person()):
        for day in (TODAY - timedelta(days=1), TODAY, until, until + timedelta(days=400)):
            found = GRANTS.rows(person=person.pk, on=day)
            wanted = list(GRANTS._build(person=person.pk, on=day))
            assert sorted(row[:5] for row in found) == sorted(row[:5] for row in wanted)


def test_a_compiled_query_asks_for_all_that_it_is_given():
    def build(person, on):
        return Membership.objects.filter(person=person).values_list("pk")

    with pytest.raises(ValueError, match="does not ask for on"):
        Compiled(build, person=-5, on=TODAY).rows(person=1, on=TODAY)


def test_who_may_is_one_query(django_assert_num_queries):
    unit = make_unit()
    people = [make_member(Role.AUTHOR, unit=unit, full_name=name) for name in ("B", "A", "C")]
    make_member(Role.AUTHOR)

    with django_assert_num_queries(1):
        found = list(people_who_may(Permission.WORKS_WRITE, unit, on=TODAY))

    assert found == [people[1], people[0], people[2]]


def test_units_of_a_person_come_in_the_order_in_which_roles_began():
    person = make_person()
    first, second = make_unit("UBND xã Bảo Lâm"), make_unit("Sở Ngoại vụ")
    give_role(person=person, unit=second, role=Role.AUTHOR, start=TODAY, by=TEST, at=AT)
    give_role(person=person, unit=first, role=Role.AUTHOR, start=LONG_AGO, by=TEST, at=AT)

    assert units_of(person, on=TODAY) == [first, second]
    assert units_of(person, on=TODAY - timedelta(days=1)) == [first]


def test_persons_in_charge_of_many_units_are_one_query(django_assert_num_queries):
    units = [make_unit(f"UBND xã số {number}") for number in range(3)]
    people = [make_person(f"Người {number}") for number in range(2)]
    for person, unit in zip(people, units[:2], strict=True):
        put_in_charge(person=person, unit=unit, start=LONG_AGO, by=TEST, at=AT)

    with django_assert_num_queries(1):
        found = persons_in_charge(units, on=TODAY)

    assert found == {units[0].pk: people[0], units[1].pk: people[1]}


def test_a_second_factor_is_demanded_by_role_from_a_day_on():
    approver, author = make_member(Role.APPROVER), make_member(Role.AUTHOR)

    rules = demand_second_factor(roles=[Role.APPROVER, Role.OPERATOR], start=TODAY, by=TEST, at=AT)
    again = demand_second_factor(roles=[Role.APPROVER], start=TODAY, by=TEST, at=AT)

    assert again == []
    assert demanded_second_factor(approver, on=TODAY) == {Role.APPROVER}
    assert demanded_second_factor(approver, on=TODAY - timedelta(days=1)) == frozenset()
    assert demanded_second_factor(author, on=TODAY) == frozenset()
    stop_demanding_second_factor(rule=rules[0], until=TOMORROW, by=TEST, at=AT)
    assert demanded_second_factor(approver, on=TOMORROW) == frozenset()
    assert SecondFactorRule.objects.count() == 2


def test_a_second_factor_is_demanded_and_given_up_from_the_command_line(capsys):
    today = timezone.localdate()
    approver = make_member(Role.APPROVER)

    call_command("people_demand", role=["approver", "operator"])
    asked = capsys.readouterr().out
    call_command("people_demand", role=["operator"], stop=True)
    stopped = capsys.readouterr().out
    call_command("people_demand")

    assert asked == f"approver: {today:%d/%m/%Y}\noperator: {today:%d/%m/%Y}\n"
    assert stopped == capsys.readouterr().out == f"approver: {today:%d/%m/%Y}\n"
    assert demanded_second_factor(approver, on=today) == {Role.APPROVER}
    by = {entry.by_key for entry in Entry.objects.filter(event__startswith="people.second_factor")}
    assert by == {"machine:command line"}


def test_a_role_that_there_is_not_demands_nothing(capsys):
    with pytest.raises(CommandError, match="king"):
        call_command("people_demand", "--role", "king")

    assert SecondFactorRule.objects.count() == 0
