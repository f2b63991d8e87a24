"""Letters go through the outbox to a real mail server, which may be away or refuse."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from nhipcau.outbox.actions import retry
from nhipcau.outbox.models import Handover, Message
from nhipcau.people.actions import cancel_invitation, invite
from nhipcau.people.enums import Reach, Role
from nhipcau.people.mail import send_invitation, send_letter
from nhipcau.people.models import Invitation
from nhipcau.people.queries import invitation_token
from nhipcau.people.tests.factories import PASSWORD, TEST, make_unit, make_user
from nhipcau.people.tests.post import MailServer, carry

pytestmark = pytest.mark.django_db
ADDRESS = "nong.van.dung@langson.example.vn"
DAY = timedelta(days=1)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.DEFAULT_FROM_EMAIL = "Nhịp Cầu <nhipcau@langson.example.vn>"
    with MailServer() as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def invitation():
    now = timezone.now()
    made = invite(email=ADDRESS, unit=make_unit(), roles=[Role.AUTHOR], by=TEST, at=now)
    send_invitation(made, at=now)
    return made


def test_an_invitation_reaches_the_mail_server_and_is_carried_once(server, invitation):
    send_invitation(invitation, at=timezone.now())

    first, second = carry(), carry()

    assert (first.done, second.done) == (1, 0)
    (letter,) = server.letters
    assert letter["To"] == ADDRESS
    assert str(letter["From"]) == "Nhịp Cầu <nhipcau@langson.example.vn>"
    assert letter["Message-ID"].endswith("@langson.example.vn>")
    assert invitation_token(invitation) in letter.get_content()


def test_a_letter_waits_for_a_mail_server_that_is_away_and_goes_out_when_it_is_back(
    server, settings, invitation
):
    settings.EMAIL_PORT = 1  # nobody listens there
    now = timezone.now()
    assert carry(at=now).failed == 1
    assert carry(at=now + timedelta(seconds=1)).failed == 0
    assert Handover.objects.get().last_error

    settings.EMAIL_PORT = server.port
    assert carry(at=now + DAY).done == 1

    assert [letter["To"] for letter in server.letters] == [ADDRESS]


@pytest.mark.parametrize(
    ("word", "answer"),
    [("MAIL", "451 later"), ("RCPT", "450 busy"), ("DATA", "452 full"), ("EHLO", "hang up")],
)
def test_what_the_server_puts_off_is_tried_again(server, invitation, word, answer):
    if answer == "hang up":
        server.hangs_up_at = {"EHLO", "HELO"}
    else:
        server.answers = {word: answer}
    now = timezone.now()

    assert carry(at=now).failed == 1
    assert server.letters == []
    server.answers, server.hangs_up_at = {}, set()
    assert carry(at=now + DAY).done == 1

    assert len(server.letters) == 1


@pytest.mark.parametrize(("word", "answer"), [("RCPT", "550 unknown"), ("DATA", "554 no")])
def test_what_the_server_refuses_for_good_is_given_up_and_can_be_tried_by_hand(
    server, invitation, word, answer
):
    server.answers = {word: answer}
    now = timezone.now()

    assert carry(at=now).given_up == 1
    assert carry(at=now + DAY).done == 0
    handover = Handover.objects.get()
    assert answer[:3] in handover.last_error
    assert ADDRESS not in handover.last_error
    server.answers = {}
    retry(handover=handover, by=TEST, at=now + DAY)
    assert carry(at=now + DAY).done == 1

    assert len(server.letters) == 1


def test_a_letter_that_was_carried_twice_has_one_message_id(server, invitation):
    carry()
    Handover.objects.update(done_at=None)  # as if the worker had died before the note

    carry(at=timezone.now() + DAY)

    assert len(server.letters) == 2
    assert len({letter["Message-ID"] for letter in server.letters}) == 1


def test_an_invitation_that_was_withdrawn_in_the_meantime_is_not_carried(server, invitation):
    cancel_invitation(invitation=invitation, by=TEST, at=timezone.now())

    assert carry().done == 1

    assert server.letters == []


def test_what_lies_in_the_outbox_opens_nothing(client, server, settings):
    user = make_user(Role.AUTHOR)
    client.post(reverse("account_reset_password"), {"email": user.email})
    message = Message.objects.get()

    assert set(message.payload) == {"sealed"}
    assert user.email not in str(message.payload)
    assert "password/reset" not in str(message.payload)
    settings.SECRET_KEY = "another"
    assert carry().given_up == 1
    assert server.letters == []


def test_an_older_secret_key_still_opens_a_letter(server, settings):
    send_letter(to=[ADDRESS], subject="Thư", body="Xin chào.", at=timezone.now())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert carry().done == 1

    assert server.letters[0].get_content().strip() == "Xin chào."


def test_a_page_answers_while_the_mail_server_is_away(client, server, settings):
    settings.EMAIL_PORT = 1
    user = make_user(Role.AUTHOR)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": PASSWORD + "!", "password2": PASSWORD + "!"},
    )

    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password(PASSWORD + "!")
    assert carry().failed == 1


def test_whoever_invites_sees_how_far_the_letter_is_and_gets_the_link_when_mail_fails(
    client, server, settings
):
    operator = make_user(Role.OPERATOR, reach=Reach.HOUSE)
    reader = make_user(Role.AUTHOR)
    client.post(reverse("account_login"), {"login": operator.email, "password": PASSWORD})
    call_command("people_invite", ADDRESS, unit=make_unit().key, role=["author"])
    invitation = Invitation.objects.get()
    page = reverse("people:person", args=[invitation.person.uuid])
    token = invitation_token(invitation)

    assert token not in client.get(page).content.decode()
    settings.EMAIL_PORT = 1
    now = timezone.now()
    carry(at=now)
    assert token in client.get(page).content.decode()
    client.logout()
    client.post(reverse("account_login"), {"login": reader.email, "password": PASSWORD})
    assert token not in client.get(page).content.decode()
    settings.EMAIL_PORT = server.port
    carry(at=now + DAY)
    client.logout()
    client.post(reverse("account_login"), {"login": operator.email, "password": PASSWORD})
    assert token not in client.get(page).content.decode()
