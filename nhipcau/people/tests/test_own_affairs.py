"""What a person is shown of his or her own data, whose sessions end, and own delegations."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.people.actions import delegate
from nhipcau.people.enums import Permission, PersonKind, Reach, Role
from nhipcau.people.models import Delegation, Person
from nhipcau.people.queries import personal_data_of, rights_of
from nhipcau.people.tests.factories import PASSWORD, TEST, make_member, make_unit, make_user
from nhipcau.people.tests.test_management import enter
from nhipcau.people.tests.test_person_pages import details_of, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
TODAY = timezone.localdate
COPY = "people_copy_of_data"


@pytest.fixture
def unit():
    return make_unit("Sở Ngoại vụ")


@pytest.fixture
def operator():
    return make_user(Role.OPERATOR, reach=Reach.HOUSE, full_name="Triệu Văn Cao")


def words(rows):
    return {(row[0], row[2], row[3]) for row in rows}


def test_a_person_takes_along_all_that_is_kept_about_him_and_it_is_recorded(unit):
    user = make_user(Role.APPROVER, unit=unit, full_name="Vi Thị Bích")
    client = enter(user)

    with_words = client.get(reverse("people_account")).content.decode()
    rows = rows_of(client.post(reverse(COPY), headers={"accept-language": "en"}))

    assert reverse(COPY) in with_words
    assert "Vi Thị Bích" in str(rows)
    assert user.email in str(rows)
    assert "127.0.0.1" in str(rows)  # where he signed in from, just now
    assert any("Sở Ngoại vụ" in (row[3] or "") for row in rows)
    assert not any("_" in str(row[2]) for row in rows)
    line = Entry.objects.latest("pk")
    assert (line.event, line.by_key) == ("people.person.copy_made", user.person.actor_key)


def test_an_operator_makes_the_copy_for_whoever_asks_and_nobody_else_does(operator, unit):
    person = make_member(Role.AUTHOR, unit=unit, full_name="Nông Văn Dũng", kind=PersonKind.LEADER)

    rows = rows_of(enter(operator).post(details_of(person), {"do": "copy"}))
    refused = enter(make_user(Role.PLANNER, unit=unit)).post(details_of(person), {"do": "copy"})

    assert "Nông Văn Dũng" in str(rows)
    assert refused["Location"] == reverse("wagtailadmin_home")
    assert Entry.objects.filter(event="people.person.copy_made").count() == 1


def test_the_copy_asks_for_the_password_again_and_is_not_given_to_a_link(unit):
    client = enter(make_user(Role.AUTHOR, unit=unit))
    assert client.get(reverse(COPY)).status_code == 405
    session = client.session
    for entry in session["account_authentication_methods"]:
        entry["at"] -= 3600
    session.save()

    assert client.post(reverse(COPY))["Location"].startswith(reverse("account_reauthenticate"))
    assert not Entry.objects.filter(event="people.person.copy_made").exists()


def test_an_operator_ends_anothers_sessions_everywhere_and_keeps_his_own(operator, unit):
    user = make_user(Role.AUTHOR, unit=unit)
    theirs, desk = [enter(user), enter(user)], enter(operator)

    page = desk.get(details_of(user.person)).content.decode()
    desk.post(details_of(user.person), {"do": "end_sessions"})
    desk.post(details_of(operator.person), {"do": "end_sessions"})

    assert 'value="end_sessions"' in page
    for client in theirs:
        assert client.get(reverse("people_account")).status_code == 302
    assert desk.get(reverse("people_account")).status_code == 200
    assert UserSession.objects.count() == Session.objects.count() == 1
    line = Entry.objects.get(event="people.sessions.ended")
    assert (line.by_key, line.after) == (operator.person.actor_key, {"sessions": 2})


def test_an_operator_of_another_unit_ends_nothing(unit):
    user = make_user(Role.AUTHOR, unit=unit)
    theirs = enter(user)

    enter(make_user(Role.OPERATOR)).post(details_of(user.person), {"do": "end_sessions"})

    assert theirs.get(reverse("people_account")).status_code == 200


def wish(taker, unit, *roles, days=4, **other):
    return {
        "taker": taker.person.pk,
        "unit": unit.pk,
        "roles": list(roles),
        "start": TODAY(),
        "last": TODAY() + timedelta(days=days),
        **other,
    }


def test_an_approver_lets_another_stand_in_for_days_and_takes_it_back(unit):
    giver = make_user(Role.APPROVER, unit=unit, full_name="Lương Văn Kỳ")
    taker = make_user(Role.AUTHOR, unit=unit, full_name="Hoàng Văn Thái")
    client, address = enter(giver), reverse("people:delegations")

    client.post(address, wish(taker, unit, "approver"))
    given = Delegation.objects.get()

    assert (given.giver, given.taker) == (giver.person, taker.person)
    assert given.valid_to == TODAY() + timedelta(days=5)
    assert Role.APPROVER in rights_of(taker.person, on=TODAY()).roles
    assert Role.APPROVER not in rights_of(taker.person, on=given.valid_to).roles
    assert Entry.objects.get(event="people.delegation.given").by_key == giver.person.actor_key
    assert "Hoàng Văn Thái" in client.get(address).content.decode()
    assert "Lương Văn Kỳ" in enter(taker).get(reverse("people_account")).content.decode()

    client.post(address, {"do": "end", "row": given.pk})

    assert Role.APPROVER not in rights_of(taker.person, on=TODAY()).roles


def test_only_own_roles_are_delegated_where_one_of_them_says_so_and_nothing_is_passed_on(unit):
    other = make_unit("UBND xã Bảo Lâm")
    giver = make_user(Role.APPROVER, unit=unit)
    author = make_user(Role.AUTHOR, unit=unit)
    client, address = enter(giver), reverse("people:delegations")

    for hostile in (
        wish(author, unit, "publisher"),
        wish(author, other, "approver"),
        wish(giver, unit, "approver"),
        wish(author, unit, "approver", last=""),
        wish(author, unit, "approver", days=-9),
        wish(author, unit),
        {"do": "end", "row": "1" * 30},
    ):
        assert client.post(address, hostile).status_code in {400, 404}
    assert enter(author).post(address, wish(giver, unit, "author"))["Location"] == "/admin/"
    assert not Delegation.objects.exists()

    client.post(address, wish(author, unit, "approver"))
    taker = enter(author)
    assert rights_of(author.person, on=TODAY()).may(Permission.DELEGATE)
    assert rights_of(author.person, on=TODAY()).to_delegate == {}
    third = make_user(Role.AUTHOR, unit=unit)
    assert taker.post(address, wish(third, unit, "approver")).status_code == 400
    taker.post(address, {"do": "end", "row": Delegation.objects.get().pk})
    assert Delegation.objects.get().valid_to > TODAY()


@pytest.mark.parametrize("how_many", [1, 12])
def test_the_page_of_delegations_costs_the_same_for_one_and_for_many(
    unit, django_assert_num_queries, how_many
):
    giver = make_user(Role.APPROVER, unit=unit)
    for number in range(how_many):
        delegate(
            giver=giver.person,
            taker=make_user(Role.AUTHOR, unit=unit, full_name=f"Người {number}").person,
            unit=unit,
            roles=[Role.APPROVER],
            start=TODAY(),
            until=TODAY() + timedelta(days=3),
            by=TEST,
            at=timezone.now(),
        )
    client = enter(giver)
    client.get(reverse("people:delegations"))

    with django_assert_num_queries(10):
        page = client.get(reverse("people:delegations")).content.decode()
    assert f"Người {how_many - 1}" in page


def test_a_stranger_gets_no_copy():
    assert Client().post(reverse(COPY))["Location"].startswith(reverse("account_login"))


def test_whoever_shows_again_who_he_is_gets_the_copy_he_asked_for(unit):
    client = enter(make_user(Role.AUTHOR, unit=unit, full_name="Vi Thị Bích"))
    session = client.session
    for entry in session["account_authentication_methods"]:
        entry["at"] -= 3600
    session.save()

    asked = client.post(reverse(COPY))
    answer = client.post(asked["Location"], {"password": PASSWORD})

    assert "Vi Thị Bích" in str(rows_of(answer))


def test_the_copy_costs_no_more_than_it_says(unit, django_assert_max_num_queries):
    person = make_user(Role.APPROVER, Role.REVISER, unit=unit).person
    for start in (0, 10):
        delegate(
            giver=person,
            taker=make_member(Role.AUTHOR),
            unit=unit,
            roles=[Role.APPROVER, Role.REVISER],
            start=TODAY() + timedelta(days=start),
            until=TODAY() + timedelta(days=start + 3),
            by=TEST,
            at=timezone.now(),
        )

    with django_assert_max_num_queries(12):
        copy = personal_data_of(Person.objects.get(pk=person.pk))
    assert len(copy["delegations_given"]) == 2
