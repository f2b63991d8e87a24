"""A person changes the address of the sign-in; it counts once the new one has answered."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from nhipcau.audit.models import Entry
from nhipcau.people.actions import close_account, take_address
from nhipcau.people.enums import Role
from nhipcau.people.errors import ContactTaken
from nhipcau.people.tests.factories import AT, PASSWORD, TEST, make_person, make_user
from nhipcau.people.tests.post import carry

pytestmark = pytest.mark.django_db
NEW = "nguyen.lan@langson.example.vn"


@pytest.fixture
def user():
    return make_user(Role.AUTHOR)


@pytest.fixture
def own(client, user):
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def ask(client, email=NEW):
    """Ask for the change; the link of the letter, or None when none came to the address."""
    client.post(reverse("account_email"), {"action_add": "", "email": email})
    carry()
    letters = [letter.body for letter in mail.outbox if letter.to == [email]]
    return re.search(r"http\S+/confirm-email/\S+", letters[-1]).group() if letters else None


def can_sign_in(email):
    stranger = Client()
    stranger.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return "_auth_user_id" in stranger.session


def test_the_new_address_counts_once_its_link_was_opened_and_everything_follows(own, user):
    old = user.email
    link = ask(own)
    page = own.get(reverse("account_email")).content.decode()
    user.refresh_from_db()
    assert (user.email, user.person.email) == (old, old)
    assert NEW in page
    assert not can_sign_in(NEW)

    assert own.get(link).status_code == 200
    user.refresh_from_db()
    assert user.email == old  # a mail scanner that opens links changes nothing
    own.post(link)
    carry()

    user.refresh_from_db()
    user.person.refresh_from_db()
    assert (user.email, user.person.email) == (NEW, NEW)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        (NEW, True, True)
    ]
    assert (can_sign_in(NEW), can_sign_in(old)) == (True, False)
    assert any(letter.to == [old] for letter in mail.outbox)  # the old address is told


def test_the_change_stands_in_the_diary_without_the_addresses_in_the_clear(own, user):
    link = ask(own)
    own.post(link)

    entry = Entry.objects.get(event="people.address.changed")
    assert entry.by_key == user.person.actor_key
    assert NEW not in f"{entry.before}{entry.after}"


def test_a_link_works_once_and_not_for_an_address_that_was_taken_back(own, user):
    old = user.email
    link = ask(own)
    own.post(reverse("account_email"), {"action_remove": "", "email": NEW})

    own.post(link)

    user.refresh_from_db()
    assert user.email == old


def test_the_address_of_another_person_is_not_taken_even_between_asking_and_opening(own, user):
    old = user.email
    link = ask(own)
    other = make_person(email=NEW)

    own.post(link)

    user.refresh_from_db()
    other.refresh_from_db()
    assert (user.email, user.person.email, other.email) == (old, old, NEW)
    assert not Entry.objects.filter(event="people.address.changed").exists()
    with pytest.raises(ContactTaken):
        take_address(user=user, email=NEW.upper(), by=TEST, at=AT)


def test_a_closed_account_is_not_reopened_by_an_old_link(own, user):
    old = user.email
    link = ask(own)
    close_account(user=user, by=TEST, at=AT)

    Client().post(link)

    user.person.refresh_from_db()
    assert user.person.email == old
    assert not can_sign_in(NEW)


def test_a_stranger_cannot_reach_the_page(client):
    assert client.get(reverse("account_email"))["Location"].startswith(reverse("account_login"))
