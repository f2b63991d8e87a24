"""Looking after people in the desk."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.people.actions import give_role, invite, put_in_charge
from nhipcau.people.enums import Obstacle, Reach, Role
from nhipcau.people.errors import PeopleRuleBroken
from nhipcau.people.models import Delegation, Invitation, Membership, Person
from nhipcau.people.queries import charge_of, invitation_token, rights_of
from nhipcau.people.tests.factories import (
    AT,
    LONG_AGO,
    PASSWORD,
    TEST,
    make_member,
    make_person,
    make_unit,
    make_user,
)
from nhipcau.people.tests.post import carry

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
TODAY = timezone.localdate


def enter(user):
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


@pytest.fixture
def operator():
    return make_user(Role.OPERATOR, reach=Reach.HOUSE, full_name="Triệu Văn Cao")


@pytest.fixture
def desk(operator):
    return enter(operator)


def page_of(person):
    return reverse("people:person", args=[person.uuid])


def test_whoever_holds_a_role_sees_who_does_what_but_no_address():
    member = make_member(Role.AUTHOR, full_name="Vi Thị Bích", email="bich@langson.example.vn")
    client = enter(make_user(Role.TRANSLATOR))

    listed = client.get(reverse("people:index")).content.decode()
    page = client.get(page_of(member)).content.decode()

    assert "Vi Thị Bích" in listed
    assert "Vi Thị Bích" in page
    assert "bich@langson.example.vn" not in listed + page
    assert 'name="do"' not in page


def test_an_invitation_goes_out_by_mail_and_can_be_sent_again_or_cancelled(desk):
    unit = make_unit("UBND xã Bảo Lâm")

    desk.post(
        reverse("people:invite"),
        {
            "full_name": "Nông Văn Dũng",
            "email": "dung@langson.example.vn",
            "unit": unit.pk,
            "roles": ["unit_officer", "author"],
            "reach": "unit",
        },
    )
    invitation = Invitation.objects.get()
    first = invitation_token(invitation)
    carry()
    desk.post(page_of(invitation.person), {"do": "resend", "row": invitation.pk})
    carry()
    invitation.refresh_from_db()

    assert invitation.roles == ["author", "unit_officer"]
    assert [message.to for message in mail.outbox] == [["dung@langson.example.vn"]] * 2
    assert first in mail.outbox[0].body
    assert invitation_token(invitation) in mail.outbox[1].body
    desk.post(page_of(invitation.person), {"do": "cancel", "row": invitation.pk})
    invitation.refresh_from_db()
    assert invitation.cancelled_at is not None


def test_a_refused_invitation_is_told_in_the_form_and_nothing_is_kept(desk, operator):
    answer = desk.post(
        reverse("people:invite"),
        {
            "full_name": "Ai đó",
            "email": operator.email,
            "unit": make_unit().pk,
            "roles": ["author"],
            "reach": "unit",
        },
    )

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_inviting_asks_for_the_password_again_after_a_while(desk):
    session = desk.session
    for entry in session["account_authentication_methods"]:
        entry["at"] -= 3600
    session.save()

    answer = desk.get(reverse("people:invite"))

    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_roles_are_given_and_ended_in_the_desk(desk, operator):
    unit, person = make_unit("Sở Ngoại vụ"), make_member(Role.AUTHOR)
    last = TODAY() + timedelta(days=30)

    desk.post(
        page_of(person),
        {
            "do": "give",
            "unit": unit.pk,
            "role": "translator",
            "reach": "unit",
            "start": TODAY(),
            "last": last,
        },
    )
    given = person.memberships.get(role="translator")

    assert given.valid_to == last + timedelta(days=1)
    assert Entry.objects.filter(event="people.role.given").latest("pk").by_key == (
        operator.person.actor_key
    )
    desk.post(page_of(person), {"do": "end", "row": given.pk})
    assert rights_of(person, on=TODAY()).roles == {Role.AUTHOR}


def test_charge_and_delegation_are_given_in_the_desk(desk):
    unit = make_unit("Sở Ngoại vụ")
    giver = make_member(Role.APPROVER, unit=unit)
    taker = make_member(Role.AUTHOR, unit=unit, full_name="Hoàng Văn Thái")

    desk.post(page_of(giver), {"do": "charge", "unit": unit.pk, "start": TODAY()})
    desk.post(
        page_of(giver),
        {
            "do": "delegate",
            "taker": taker.pk,
            "unit": unit.pk,
            "roles": ["approver"],
            "start": TODAY(),
            "last": TODAY() + timedelta(days=4),
        },
    )
    delegation = Delegation.objects.get()

    assert charge_of(unit, on=TODAY()).person == giver
    assert Role.APPROVER in rights_of(taker, on=TODAY()).roles
    desk.post(page_of(giver), {"do": "end_delegation", "row": delegation.pk})
    desk.post(page_of(giver), {"do": "end_charge", "row": giver.charges.get().pk})
    assert Role.APPROVER not in rights_of(taker, on=TODAY()).roles
    assert charge_of(unit, on=TODAY()) is None


def test_somebody_leaves_in_the_desk_and_the_successor_takes_over(desk):
    unit = make_unit()
    leaving = make_user(Role.UNIT_OFFICER, unit=unit)
    successor = make_member(Role.UNIT_OFFICER, unit=unit)
    desk.post(page_of(leaving.person), {"do": "charge", "unit": unit.pk, "start": TODAY()})

    without = desk.post(page_of(leaving.person), {"do": "leave", "on": TODAY()})
    leaving.refresh_from_db()
    assert without.status_code == 200
    assert leaving.is_active

    desk.post(page_of(leaving.person), {"do": "leave", "on": TODAY(), "successor": successor.pk})

    leaving.refresh_from_db()
    assert not leaving.is_active
    assert charge_of(unit, on=TODAY()).person == successor


def test_an_operator_of_one_unit_reaches_no_other_and_gives_nothing_for_all():
    own, other = make_unit("UBND xã Bảo Lâm"), make_unit("Sở Ngoại vụ")
    client = enter(make_user(Role.OPERATOR, unit=own))
    stranger, colleague = make_member(Role.AUTHOR, unit=other), make_member(Role.AUTHOR, unit=own)
    wish = {"do": "give", "role": "publisher", "start": TODAY()}

    client.post(page_of(stranger), {**wish, "unit": own.pk, "reach": "unit"})
    client.post(page_of(colleague), {**wish, "unit": other.pk, "reach": "unit"})
    client.post(page_of(colleague), {**wish, "unit": own.pk, "reach": "house"})

    assert not Membership.objects.filter(role=Role.PUBLISHER).exists()
    client.post(page_of(colleague), {**wish, "unit": own.pk, "reach": "unit"})
    assert Membership.objects.get(role=Role.PUBLISHER).person == colleague


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_nobody_but_an_operator_changes_anything(role):
    unit = make_unit()
    client = enter(make_user(role, unit=unit))
    person = make_member(Role.AUTHOR, unit=unit)
    before = Membership.objects.count(), Person.objects.count()

    for wish in ("give", "end", "charge", "delegate", "leave", "resend", "cancel", "x"):
        client.post(
            page_of(person),
            {
                "do": wish,
                "row": person.memberships.get().pk,
                "unit": unit.pk,
                "role": "operator",
                "reach": "unit",
                "start": TODAY(),
                "on": TODAY(),
            },
        )
    client.post(reverse("people:invite"), {"email": "x@example.org"})

    assert (Membership.objects.count(), Person.objects.count()) == before
    assert person.memberships.get().valid_to is None
    person.refresh_from_db()
    assert person.left_on is None


def test_nobody_gives_a_role_to_himself(operator):
    with pytest.raises(PeopleRuleBroken) as refusal:
        give_role(
            person=operator.person,
            unit=make_unit(),
            role=Role.APPROVER,
            start=LONG_AGO,
            by=operator.person,
            at=AT,
        )

    assert refusal.value.obstacles == (Obstacle.OWN_ROLE,)
    assert operator.person.memberships.count() == 1


@pytest.mark.parametrize("how_many", [1, 3, 60])
def test_a_page_of_people_costs_the_same_for_one_and_for_many(
    desk, django_assert_num_queries, how_many
):
    unit = make_unit()
    for number in range(how_many):
        make_user(Role.AUTHOR, Role.REVISER, unit=unit, full_name=f"Người {number:02}")
    desk.get(reverse("people:index"))

    with django_assert_num_queries(9):
        page = desk.get(reverse("people:index")).content.decode()
    assert len(set(re.findall(r"Người \d\d", page))) == min(how_many, 50)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_of_a_person_costs_the_same_for_one_and_for_many(
    desk, django_assert_num_queries, how_many
):
    unit = make_unit()
    person = make_person()
    for number in range(how_many):
        make_member(Role.AUTHOR, full_name=f"Người {number}")
        role = list(Role)[number]
        give_role(person=person, unit=unit, role=role, start=LONG_AGO, by=TEST, at=AT)
        put_in_charge(person=person, unit=make_unit(), start=LONG_AGO, by=TEST, at=AT)
    desk.get(page_of(person))

    with django_assert_num_queries(13):
        assert desk.get(page_of(person)).status_code == 200


def test_people_beyond_the_first_page_are_found_by_name(desk):
    unit = make_unit()
    for number in range(60):
        make_member(Role.AUTHOR, unit=unit, full_name=f"Người {number:02}")

    def names(query):
        page = desk.get(reverse("people:index") + query).content.decode()
        return set(re.findall(r"Người \d\d", page))

    assert len(names("") | names("?p=2")) == 60
    assert names("?q=nguoi+57") == {"Người 57"}
    assert names("?q=nguoi+99") == set()


def test_where_no_mail_goes_out_the_link_is_shown_to_be_handed_over(desk, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    invitation = invite(
        email="dung@langson.example.vn", unit=make_unit(), roles=[Role.AUTHOR], by=TEST, at=AT
    )

    page = desk.post(
        page_of(invitation.person), {"do": "resend", "row": invitation.pk}, follow=True
    )
    assert invitation_token(Invitation.objects.get()) not in page.content.decode()
    carry()
    page = desk.get(page_of(invitation.person))

    invitation.refresh_from_db()
    assert invitation_token(invitation) in page.content.decode()
