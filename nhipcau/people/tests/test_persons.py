"""Entering and correcting persons; what the diary and the catalogue keep of them."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from nhipcau.audit.models import Entry
from nhipcau.people.actions import change_person, leave, verify_contact
from nhipcau.people.enums import Obstacle, Permission, PersonKind, Role, Verification
from nhipcau.people.errors import ContactTaken, PeopleRuleBroken
from nhipcau.people.permissions import CHARTERS, EVERY_ROLE
from nhipcau.people.tests.factories import AT, TEST, TODAY, make_member, make_person

ROOM = Path(__file__).resolve().parent.parent


def change(person, **other):
    values = {
        "full_name": person.full_name,
        "email": person.email,
        "kind": PersonKind(person.kind),
        "affiliation": person.affiliation,
        **other,
    }
    return change_person(person=person, by=TEST, at=AT, **values)


@pytest.mark.django_db
def test_a_new_address_counts_as_unverified():
    person = verify_contact(
        person=make_person(email="cu@langson.example.vn"),
        how=Verification.CALLED_BACK,
        by=TEST,
        at=AT,
    )

    changed = change(person, email="Moi@langson.example.vn")

    assert changed.email == "moi@langson.example.vn"
    assert changed.email_verified_at is None


@pytest.mark.django_db
def test_an_address_of_another_person_is_refused_and_nothing_changes():
    other, person = make_person(), make_person(email="cu@langson.example.vn")

    with pytest.raises(ContactTaken):
        change(person, email=other.email.upper(), full_name="Tên khác")

    person.refresh_from_db()
    assert (person.full_name, person.email) == ("Nguyễn Thị Lan", "cu@langson.example.vn")


@pytest.mark.django_db
def test_changing_nothing_writes_no_line():
    person = make_person()
    lines = Entry.objects.count()

    change(person)

    assert Entry.objects.count() == lines


@pytest.mark.django_db
def test_somebody_who_left_is_not_changed_any_more():
    person = make_member(Role.AUTHOR)
    leave(person=person, on=TODAY, by=TEST, at=AT)

    with pytest.raises(PeopleRuleBroken) as refusal:
        change(person, full_name="Tên khác")

    assert refusal.value.obstacles == (Obstacle.HAS_LEFT,)


@pytest.mark.django_db
def test_a_contact_without_an_address_is_not_verified():
    person = make_person(email="")

    with pytest.raises(PeopleRuleBroken) as refusal:
        verify_contact(person=person, how=Verification.CALLED_BACK, by=TEST, at=AT)

    assert refusal.value.obstacles == (Obstacle.NO_CONTACT,)


@pytest.mark.django_db
def test_the_diary_keeps_neither_name_nor_address_in_plain_words():
    person = make_member(Role.AUTHOR, full_name="Nông Văn Dũng", email="dung@langson.example.vn")
    change(person, full_name="Nông Văn Hùng", email="hung@langson.example.vn")

    written = " ".join(str(value) for row in Entry.objects.values() for value in row.values())

    assert Entry.objects.filter(event="people.person.changed").exists()
    for word in ("Dũng", "Hùng", "dung@", "hung@"):
        assert word not in written


def test_every_role_has_a_charter_and_every_permission_a_role():
    given = frozenset().union(*(charter.permissions for charter in CHARTERS.values()))

    assert set(CHARTERS) == set(Role)
    assert given == set(Permission)
    assert all(charter.permissions >= EVERY_ROLE for charter in CHARTERS.values())


def test_who_decides_on_content_does_not_keep_the_house_and_the_other_way_round():
    deciding = {
        Permission.WORKS_APPROVE,
        Permission.WORKS_CLEAR_SECRECY,
        Permission.RELEASES_PUBLISH,
        Permission.PLANS_ACCEPT,
    }

    assert not CHARTERS[Role.OPERATOR].permissions & deciding
    for role in set(Role) - {Role.OPERATOR}:
        assert Permission.PEOPLE_MANAGE not in CHARTERS[role].permissions


def test_every_sentence_of_the_account_pages_exists_in_vietnamese():
    catalogue = {
        entry.msgid: entry.msgstr or entry.msgstr_plural.get(0, "")
        for entry in polib.pofile(
            str(Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES" / "django.po")
        )
    }
    marked = re.compile(r'{% translate "(.*?)" %}')

    sentences = {
        sentence
        for page in (ROOM / "templates").rglob("*.*")
        for sentence in marked.findall(page.read_text())
    }

    assert len(sentences) > 60
    assert [sentence for sentence in sorted(sentences) if not catalogue.get(sentence)] == []
