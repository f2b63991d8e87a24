"""Invited by e-mail, once, for a time."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nhipcau.people.actions import (
    accept_invitation,
    add_person,
    cancel_invitation,
    invite,
    resend_invitation,
)
from nhipcau.people.enums import InvitationState, Obstacle, PersonKind, Reach, Role
from nhipcau.people.errors import ContactTaken, InvitationUnusable, PeopleRuleBroken
from nhipcau.people.models import Invitation, Membership, Person, User
from nhipcau.people.queries import invitation_behind, invitation_token, rights_of
from nhipcau.people.tests.factories import PASSWORD, TEST, make_person, make_unit, make_user
from nhipcau.people.tests.post import carry

pytestmark = pytest.mark.django_db
ADDRESS = "nong.van.dung@langson.example.vn"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def invitation(now):
    return invite(
        email=ADDRESS,
        unit=make_unit("UBND xã Bảo Lâm"),
        roles=[Role.UNIT_OFFICER, Role.AUTHOR],
        by=TEST,
        at=now,
    )


def page_of(invitation):
    return reverse("people_invitation", args=[invitation_token(invitation)])


def filled(**other):
    return {
        "full_name": "Nông Văn Dũng",
        "password": PASSWORD,
        "again": PASSWORD,
        **other,
    }


def test_the_invited_person_opens_the_account_and_signs_in(client, invitation, now):
    page = client.get(page_of(invitation))
    answer = client.post(page_of(invitation), filled())
    client.post(reverse("account_login"), {"login": ADDRESS.upper(), "password": PASSWORD})

    assert page.status_code == 200
    assert "UBND xã Bảo Lâm" in page.content.decode()
    assert answer["Location"] == reverse("account_login")
    assert client.get("/admin/").status_code == 200
    user = User.objects.get()
    assert user.person.full_name == "Nông Văn Dũng"
    assert user.person.email_verified_at is not None
    assert rights_of(user.person, on=timezone.localdate()).roles == {
        Role.UNIT_OFFICER,
        Role.AUTHOR,
    }
    invitation.refresh_from_db()
    assert invitation.state(at=now + timedelta(minutes=5)) is InvitationState.ACCEPTED


def test_a_link_works_once(invitation, now):
    token = invitation_token(invitation)
    accept_invitation(token=token, full_name="", password=PASSWORD, by=invitation.person, at=now)

    with pytest.raises(InvitationUnusable):
        accept_invitation(
            token=token, full_name="", password="another-one-12", by=invitation.person, at=now
        )

    assert User.objects.get().check_password(PASSWORD)
    assert Client().get(page_of(invitation)).status_code == 410


def test_a_link_expires_after_two_weeks(invitation, now):
    token = invitation_token(invitation)

    assert invitation_behind(token, at=now + timedelta(days=14) - timedelta(seconds=1))
    with pytest.raises(InvitationUnusable):
        invitation_behind(token, at=now + timedelta(days=14))


def test_sending_again_replaces_the_old_link_and_starts_the_time_anew(invitation, now):
    old = invitation_token(invitation)
    later = now + timedelta(days=20)

    newer = resend_invitation(invitation=invitation, by=TEST, at=later)

    with pytest.raises(InvitationUnusable):
        invitation_behind(old, at=later)
    assert invitation_behind(invitation_token(newer), at=later + timedelta(days=13)) == invitation


def test_a_cancelled_link_does_not_open_and_is_not_sent_again(client, invitation, now):
    cancel_invitation(invitation=invitation, by=TEST, at=now)

    assert client.get(page_of(invitation)).status_code == 410
    assert client.post(page_of(invitation), filled()).status_code == 410
    with pytest.raises(InvitationUnusable):
        resend_invitation(invitation=invitation, by=TEST, at=now)
    assert not User.objects.exists()


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "hỏng"])
def test_a_damaged_link_says_nothing_about_what_exists(client, invitation, change):
    answer = client.get(reverse("people_invitation", args=[change(invitation_token(invitation))]))

    assert answer.status_code == 410
    assert ADDRESS not in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "ngắn", "again": "ngắn"},
        {"password": "password1234", "again": "password1234"},
        {"again": "không-giống-nhau-12"},
        {"full_name": ""},
    ],
)
def test_a_weak_or_mistyped_password_opens_no_account(client, invitation, wrong):
    answer = client.post(page_of(invitation), filled(**wrong))

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not User.objects.exists()
    assert not Membership.objects.exists()


def test_a_person_known_without_an_account_is_invited_as_that_person(now):
    person = add_person(
        full_name="Lò Thị Mai",
        email=ADDRESS,
        kind=PersonKind.TRANSLATOR,
        by=TEST,
        at=now,
    )

    invitation = invite(
        email=ADDRESS.upper(), unit=make_unit(), roles=[Role.TRANSLATOR], by=TEST, at=now
    )

    assert invitation.person == person
    assert Person.objects.count() == 1


def test_whoever_has_an_account_is_not_invited_and_nothing_changes(now):
    user = make_user(Role.AUTHOR)

    with pytest.raises(PeopleRuleBroken) as refusal:
        invite(email=user.email, unit=make_unit(), roles=[Role.AUTHOR], by=TEST, at=now)
    with pytest.raises(PeopleRuleBroken) as no_role:
        invite(email=ADDRESS, unit=make_unit(), roles=[], by=TEST, at=now)

    assert refusal.value.obstacles == (Obstacle.HAS_AN_ACCOUNT,)
    assert no_role.value.obstacles == (Obstacle.NO_ROLE_NAMED,)
    assert not Invitation.objects.exists()
    assert Person.objects.count() == 1


def test_a_second_invitation_closes_the_first(invitation, now):
    second = invite(
        email=ADDRESS, unit=make_unit("Sở Ngoại vụ"), roles=[Role.AUTHOR], by=TEST, at=now
    )

    invitation.refresh_from_db()
    assert invitation.state(at=now) is InvitationState.CANCELLED
    assert second.state(at=now) is InvitationState.OPEN


def test_two_persons_never_share_an_address(now):
    make_person("Lê Văn An", email=ADDRESS)

    with pytest.raises(ContactTaken):
        make_person("Lê Văn Bình", email=ADDRESS.upper())

    assert Person.objects.count() == 1


def test_the_command_prints_the_link_where_no_mail_is_wanted(capsys):
    unit = make_unit("Văn phòng UBND tỉnh")

    call_command(
        "people_invite", ADDRESS, unit=unit.key, role=["operator"], everywhere=True, no_mail=True
    )

    invitation = Invitation.objects.get()
    assert invitation_token(invitation) in capsys.readouterr().out
    assert invitation.reach == Reach.HOUSE
    assert invitation.roles == ["operator"]
    assert mail.outbox == []


def test_the_command_sends_the_link_by_mail(capsys):
    unit = make_unit("Văn phòng UBND tỉnh")

    call_command("people_invite", ADDRESS, unit=unit.key, role=["author"])
    carry()

    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert invitation_token(Invitation.objects.get()) in mail.outbox[0].body
    assert invitation_token(Invitation.objects.get()) not in capsys.readouterr().out


def test_the_table_of_roles_is_printed_for_an_auditor(capsys):
    call_command("people_roles")

    lines = capsys.readouterr().out.splitlines()
    approve = next(line for line in lines if "works.approve" in line)
    header = next(line for line in lines if line.startswith("|"))
    marked = [cell.strip() for cell in approve.split("|")]
    roles = [cell.strip() for cell in header.split("|")]
    assert [roles[i] for i, cell in enumerate(marked) if cell == "x"] == ["approver"]
