"""Leaving, handing over, erasing, and the copy of one's data."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.people.actions import (
    delegate,
    erase_person,
    export_person_data,
    hand_over,
    invite,
    leave,
    put_in_charge,
)
from nhipcau.people.enums import Obstacle, Role
from nhipcau.people.errors import PeopleRuleBroken
from nhipcau.people.models import User
from nhipcau.people.queries import (
    charge_of,
    directory,
    open_responsibilities,
    persons_listed,
    rights_of,
)
from nhipcau.people.signals import (
    Responsibility,
    person_left,
    responsibilities_asked,
    responsibilities_handed_over,
)
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


@pytest.fixture
def open_task():
    """A room above with one task per person, as such a room would listen."""
    owner = {}

    def asked(sender, person, on, **_):
        return [
            Responsibility("Nhiệm vụ", name, f"task:{name}")
            for name, who in owner.items()
            if who == person
        ]

    def handed_over(sender, giver, taker, **_):
        for name, who in owner.items():
            if who == giver:
                owner[name] = taker

    responsibilities_asked.connect(asked)
    responsibilities_handed_over.connect(handed_over)
    yield owner
    responsibilities_asked.disconnect(asked)
    responsibilities_handed_over.disconnect(handed_over)


def test_who_leaves_hands_over_first_and_then_holds_nothing(open_task):
    unit = make_unit()
    user = make_user(Role.APPROVER, Role.UNIT_OFFICER, unit=unit)
    person, successor = user.person, make_member(Role.UNIT_OFFICER, unit=unit)
    put_in_charge(person=person, unit=unit, start=LONG_AGO, by=TEST, at=AT)
    delegation = delegate(
        giver=person,
        taker=successor,
        unit=unit,
        roles=[Role.APPROVER],
        start=TODAY,
        until=TODAY + timedelta(days=9),
        by=person,
        at=AT,
    )
    open_task["Dịch tờ gấp sang tiếng Trung"] = person

    passed_on = leave(person=person, on=TODAY, successor=successor, by=TEST, at=AT)

    assert [each.name for each in passed_on] == [unit.label, "Dịch tờ gấp sang tiếng Trung"]
    assert open_task == {"Dịch tờ gấp sang tiếng Trung": successor}
    assert charge_of(unit, on=TODAY).person == successor
    assert charge_of(unit, on=TODAY - timedelta(days=1)).person == person
    assert rights_of(person, on=TODAY).grants == ()
    assert rights_of(person, on=TODAY - timedelta(days=1)).roles == {
        Role.APPROVER,
        Role.UNIT_OFFICER,
    }
    delegation.refresh_from_db()
    assert delegation.valid_to == TODAY
    user.refresh_from_db()
    assert not user.is_active
    assert not user.has_usable_password()
    person.refresh_from_db()
    assert person.left_on == TODAY
    assert {
        "people.responsibilities.handed_over",
        "people.account.closed",
        "people.person.left",
    } <= set(Entry.objects.values_list("event", flat=True))


def test_nobody_leaves_with_open_things_in_hand(open_task):
    user = make_user(Role.UNIT_OFFICER)
    open_task["Báo cáo quý II"] = user.person
    lines = Entry.objects.count()

    with pytest.raises(PeopleRuleBroken) as refusal:
        leave(person=user.person, on=TODAY, by=TEST, at=AT)

    assert refusal.value.obstacles == (Obstacle.OPEN_WITHOUT_SUCCESSOR,)
    user.refresh_from_db()
    assert user.is_active
    assert user.person.left_on is None
    assert rights_of(user.person, on=TODAY).roles == {Role.UNIT_OFFICER}
    assert Entry.objects.count() == lines


def test_a_listener_that_refuses_keeps_the_person_here():
    user = make_user(Role.UNIT_OFFICER)

    def refuse(sender, **_):
        raise PeopleRuleBroken([Obstacle.OPEN_WITHOUT_SUCCESSOR])

    person_left.connect(refuse)
    try:
        with pytest.raises(PeopleRuleBroken):
            leave(person=user.person, on=TODAY, by=TEST, at=AT)
    finally:
        person_left.disconnect(refuse)

    user.refresh_from_db()
    assert user.is_active
    assert rights_of(user.person, on=TODAY).roles == {Role.UNIT_OFFICER}


def test_the_last_operator_stays():
    user = make_user(Role.OPERATOR)

    with pytest.raises(PeopleRuleBroken) as refusal:
        leave(person=user.person, on=TODAY, by=TEST, at=AT)

    assert refusal.value.obstacles == (Obstacle.LAST_OPERATOR,)
    assert User.objects.get(pk=user.pk).is_active


def test_nothing_is_handed_to_oneself_or_to_somebody_who_left():
    giver, gone = make_member(Role.AUTHOR), make_member(Role.AUTHOR)
    leave(person=gone, on=TODAY, by=TEST, at=AT)
    gone.refresh_from_db()

    with pytest.raises(PeopleRuleBroken) as oneself:
        hand_over(giver=giver, taker=giver, on=TODAY, by=TEST, at=AT)
    with pytest.raises(PeopleRuleBroken) as left:
        hand_over(giver=giver, taker=gone, on=TODAY, by=TEST, at=AT)
    with pytest.raises(PeopleRuleBroken) as twice:
        leave(person=gone, on=TODAY, by=TEST, at=AT)

    assert oneself.value.obstacles == (Obstacle.TO_ONESELF,)
    assert left.value.obstacles == (Obstacle.HAS_LEFT,)
    assert twice.value.obstacles == (Obstacle.ALREADY_LEFT,)


def test_an_open_invitation_of_somebody_who_leaves_is_cancelled():
    person = make_person(email="moi@langson.example.vn")
    invitation = invite(email=person.email, unit=make_unit(), roles=[Role.AUTHOR], by=TEST, at=AT)

    leave(person=person, on=TODAY, by=TEST, at=AT)

    invitation.refresh_from_db()
    assert invitation.cancelled_at == AT
    assert open_responsibilities(person, on=TODAY) == []


def test_erasing_keeps_the_key_and_replaces_the_name_and_contact():
    user = make_user(Role.AUTHOR, full_name="Nông Văn Dũng", email="dung@langson.example.vn")
    person, key = user.person, user.person.actor_key
    leave(person=person, on=TODAY, by=TEST, at=AT)

    erased = erase_person(person=person, by=TEST, at=AT + timedelta(days=1))
    again = erase_person(person=person, by=TEST, at=AT + timedelta(days=9))

    assert erased.actor_key == key
    assert "Dũng" not in erased.full_name
    assert (erased.email, erased.affiliation) == ("", "")
    assert again.erased_at == AT + timedelta(days=1)
    user.refresh_from_db()
    assert user.email == f"person-{person.pk}@erased.invalid"
    assert not user.emailaddress_set.exists()
    assert Entry.objects.filter(event="people.person.erased").count() == 1


def test_nobody_is_erased_while_here():
    person = make_member(Role.AUTHOR, full_name="Nông Văn Dũng")

    with pytest.raises(PeopleRuleBroken) as refusal:
        erase_person(person=person, by=TEST, at=AT)

    assert refusal.value.obstacles == (Obstacle.STILL_HERE,)
    person.refresh_from_db()
    assert person.full_name == "Nông Văn Dũng"


def test_the_copy_of_one_s_data_holds_everything_and_no_other_person_s_name():
    unit = make_unit("Sở Ngoại vụ")
    person = make_member(Role.APPROVER, unit=unit, full_name="Vi Thị Bích")
    other = make_person("Hoàng Văn Thái")
    delegate(
        giver=person,
        taker=other,
        unit=unit,
        roles=[Role.APPROVER],
        start=TODAY,
        until=TODAY + timedelta(days=3),
        by=person,
        at=AT,
    )

    copy = export_person_data(person=person, by=person, at=AT)

    assert copy["person"]["full_name"] == "Vi Thị Bích"
    assert copy["memberships"] == [
        {
            "unit": "Sở Ngoại vụ",
            "role": "approver",
            "reach": "unit",
            "valid_from": "2020-01-01",
            "valid_to": None,
        }
    ]
    assert copy["delegations_given"][0]["roles"] == ["approver"]
    assert "Thái" not in str(copy)
    assert Entry.objects.latest("pk").event == "people.person.copy_made"


@pytest.mark.parametrize("how_many", [1, 5])
def test_the_directory_is_four_queries_however_many_persons(how_many, django_assert_num_queries):
    unit = make_unit()
    for number in range(how_many):
        make_user(Role.AUTHOR, Role.TRANSLATOR, unit=unit, full_name=f"Người {number}")

    today = timezone.localdate()
    with django_assert_num_queries(4):
        rows = directory(persons_listed(on=today), on=today)
        assert [len(row.memberships) for row in rows] == [2] * how_many
        assert all(row.has_account and row.memberships[0].unit.label for row in rows)


def test_persons_are_found_by_words_of_the_name_in_any_order_and_without_accents():
    unit = make_unit()
    thuy, other = (
        make_member(Role.AUTHOR, unit=unit, full_name="Nông Thị Thủy"),
        make_member(Role.AUTHOR, full_name="Đàm Văn Sơn"),
    )
    today = timezone.localdate()

    assert persons_listed(on=today, words="thuy nong") == [thuy.pk]
    assert persons_listed(on=today, words="Đàm") == [other.pk]
    assert persons_listed(on=today, words="dam nong") == []
    assert persons_listed(on=today, unit=unit) == [thuy.pk]
