"""Entering, correcting and verifying persons in the desk, and their list."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from nhipcau.audit.models import Entry
from nhipcau.people.actions import change_person, leave, verify_contact, write_to
from nhipcau.people.enums import Obstacle, PersonKind, Reach, Role, Verification
from nhipcau.people.errors import PeopleRuleBroken
from nhipcau.people.models import Person
from nhipcau.people.queries import contact_of
from nhipcau.people.tests.factories import AT, TEST, make_member, make_person, make_unit, make_user
from nhipcau.people.tests.test_management import enter, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
TODAY = timezone.localdate
BA_NGOC = {
    "kind": "leader",
    "full_name": "  Lương  Thị Ngọc ",
    "affiliation": "Hội Hữu nghị",
    "email": "Ngoc@Langson.example.vn",
}


@pytest.fixture
def operator():
    return make_user(Role.OPERATOR, reach=Reach.HOUSE, full_name="Triệu Văn Cao")


@pytest.fixture
def desk(operator):
    return enter(operator)


def details_of(person):
    return reverse("people:details", args=[person.uuid])


def test_a_leader_without_account_is_entered_and_verified_and_reached_from_then_on(desk, operator):
    answer = desk.post(reverse("people:add"), BA_NGOC)
    person = Person.objects.get(kind=PersonKind.LEADER)

    assert answer["Location"] == details_of(person)
    assert (person.full_name, person.email) == ("Lương Thị Ngọc", "ngoc@langson.example.vn")
    assert not hasattr(person, "user")
    assert letter_to(person) is None

    desk.post(details_of(person), {"do": "verify", "email": person.email, "how": "called_back"})
    person.refresh_from_db()
    line = Entry.objects.get(event="people.contact.verified")

    assert letter_to(person) is not None
    assert (line.by_key, line.after) == (operator.person.actor_key, {"how": "called_back"})
    contact = contact_of(person)
    assert (contact.by, contact.how) == ("Triệu Văn Cao", str(Verification.CALLED_BACK.label))
    page = desk.get(page_of(person)).content.decode()
    assert "Triệu Văn Cao" in page
    assert str(Verification.CALLED_BACK.label) in page


def letter_to(person):
    return write_to(
        person=person,
        subject="Thử",
        template="people/mail/invitation.txt",
        values={},
        by=TEST,
        at=AT,
    )


def test_a_corrected_address_counts_as_unverified_until_it_is_noted_again(desk):
    person = make_person(kind=PersonKind.TRANSLATOR)
    verify_contact(person=person, how=Verification.IN_PERSON, by=TEST, at=AT)

    desk.post(details_of(person), {"do": "change", **BA_NGOC})

    person.refresh_from_db()
    assert (person.email, person.email_verified_at) == ("ngoc@langson.example.vn", None)
    assert contact_of(person).verified_at is None


def test_what_was_looked_at_is_verified_and_nothing_that_came_in_between(desk):
    person = make_person(kind=PersonKind.LEADER, email="cu@langson.example.vn")
    make_person(email="ai@langson.example.vn")

    answer = desk.post(
        details_of(person),
        {"do": "verify", "email": "truoc@langson.example.vn", "how": "in_person"},
    )
    taken = desk.post(
        details_of(person), {**BA_NGOC, "do": "change", "email": "AI@langson.example.vn"}
    )

    assert (answer.status_code, taken.status_code) == (400, 400)
    assert 'role="alert"' in answer.content.decode()
    assert 'role="alert"' in taken.content.decode()
    person.refresh_from_db()
    assert (person.email, person.email_verified_at) == ("cu@langson.example.vn", None)


@pytest.mark.parametrize(
    "typed",
    [
        {"full_name": ""},
        {"email": "khong phai dia chi"},
        {"kind": "citizen"},
        {"full_name": "Tên" * 100},
        {"affiliation": "\x00"},
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_kept(desk, typed):
    before = Person.objects.count()

    answer = desk.post(reverse("people:add"), {**BA_NGOC, **typed})

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert Person.objects.count() == before


def test_how_the_link_alone_proves_is_nobody_elses_to_note(desk):
    person = make_person(kind=PersonKind.LEADER)

    desk.post(details_of(person), {"do": "verify", "email": person.email, "how": "link_opened"})

    person.refresh_from_db()
    assert person.email_verified_at is None


def test_the_address_of_an_account_is_its_holders_own_affair(desk):
    user = make_user(Role.AUTHOR)

    desk.post(details_of(user.person), {"do": "change", **BA_NGOC, "kind": "staff"})
    user.person.refresh_from_db()

    assert user.person.full_name == "Lương Thị Ngọc"
    assert user.person.email == user.email
    with pytest.raises(PeopleRuleBroken) as refusal:
        change_person(
            person=user.person,
            full_name="Lương Thị Ngọc",
            email="khac@langson.example.vn",
            kind=PersonKind.STAFF,
            affiliation="",
            by=TEST,
            at=AT,
        )
    assert refusal.value.obstacles == (Obstacle.ADDRESS_OF_AN_ACCOUNT,)


def test_nobody_verifies_whom_who_has_left(desk):
    person = make_person()
    leave(person=person, on=TODAY(), by=TEST, at=timezone.now())
    person.refresh_from_db()

    answer = desk.post(
        details_of(person), {"do": "verify", "email": person.email, "how": "in_person"}
    )

    assert answer.status_code == 400
    person.refresh_from_db()
    assert person.email_verified_at is None


def test_entering_and_verifying_ask_for_the_password_again_after_a_while(desk):
    session = desk.session
    for entry in session["account_authentication_methods"]:
        entry["at"] -= 3600
    session.save()

    for address in (reverse("people:add"), details_of(make_person())):
        assert desk.get(address)["Location"].startswith(reverse("account_reauthenticate"))


def test_an_operator_of_one_unit_changes_only_whom_he_looks_after():
    own, other = make_unit("UBND xã Bảo Lâm"), make_unit("Sở Ngoại vụ")
    client = enter(make_user(Role.OPERATOR, unit=own))
    colleague = make_member(Role.AUTHOR, unit=own)
    strangers = [make_member(Role.APPROVER, unit=other, kind=PersonKind.LEADER), make_person()]

    client.post(reverse("people:add"), BA_NGOC)
    outsider = Person.objects.get(email="ngoc@langson.example.vn")

    assert client.get(details_of(colleague)).status_code == 200
    assert client.get(details_of(outsider)).status_code == 200
    for stranger in strangers:
        answer = client.post(details_of(stranger), {"do": "change", **BA_NGOC, "email": "x@y.vn"})
        assert answer["Location"] == reverse("wagtailadmin_home")
        stranger.refresh_from_db()
        assert stranger.full_name == "Nguyễn Thị Lan"


def test_the_list_is_narrowed_by_kind_and_kept_as_a_table(desk, operator):
    make_person(full_name="Vàng Seo Pao", kind=PersonKind.TRANSLATOR, affiliation="Trường Cao đẳng")
    make_member(Role.AUTHOR, full_name="Vi Thị Bích")
    address = reverse("people:index")

    narrowed = desk.get(f"{address}?kind=translator").content.decode()
    anyhow = desk.get(f"{address}?kind=x").content.decode()
    nobody = desk.get(f"{address}?kind=reviewer").content.decode()
    table = rows_of(desk.get(f"{address}?kind=translator&export=xlsx"))
    for_others = rows_of(enter(make_user(Role.AUTHOR)).get(f"{address}?export=xlsx"))

    assert "Vàng Seo Pao" in narrowed
    assert "Vi Thị Bích" not in narrowed
    assert "Vi Thị Bích" in anyhow
    assert "Triệu Văn Cao" not in nobody.partition("<table>")[2]
    assert [row[0] for row in table[1:]] == ["Vàng Seo Pao"]
    assert table[1][2] == "Trường Cao đẳng"
    assert "@" in table[1][5]
    assert len(for_others) == 5
    assert not any("@" in str(cell) for row in for_others for cell in row)


def rows_of(answer):
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)), read_only=True)
    return [list(row) for row in book.active.iter_rows(values_only=True)]


@pytest.mark.parametrize("how_many", [1, 60])
def test_the_table_costs_the_same_for_one_and_for_many(desk, django_assert_num_queries, how_many):
    unit = make_unit()
    for number in range(how_many):
        make_member(Role.AUTHOR, unit=unit, full_name=f"Người {number:02}")
    desk.get(reverse("people:index"))

    with django_assert_num_queries(7):
        rows_of(desk.get(reverse("people:index") + "?export=xlsx"))
