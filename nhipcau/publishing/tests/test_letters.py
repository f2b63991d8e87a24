"""Letters about clearance: a return, a step, a reason that waits; no word of a text is in them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from nhipcau.audit.models import Entry
from nhipcau.outbox.models import Message
from nhipcau.people.actions import delegate, give_role, open_account
from nhipcau.people.enums import Role
from nhipcau.people.mail import Postman, send_letter
from nhipcau.people.models import Person
from nhipcau.people.tests.factories import (
    AT,
    LONG_AGO,
    TEST,
    TODAY,
    make_member,
    make_unit,
)
from nhipcau.publishing.actions import (
    ask_for_correction,
    assign_step,
    decide,
    make_link,
    release_bundle,
)
from nhipcau.publishing.actions.visits import _tell
from nhipcau.publishing.enums import Verdict
from nhipcau.publishing.errors import NotPossible, NotReadyToHandIn
from nhipcau.translation.actions import save_words, stop
from nhipcau.works.actions import assign

TITLE = "Qzwx chợ phiên"
REASON = "Thiếu nguồn của số liệu ở đoạn hai."


@pytest.fixture
def version(house):
    """A text under review that two have written; everybody has a verified address."""
    version = house.work(title=TITLE).subject.versions.get()
    save_words(version=version, by=house.translator, at=AT, words={"summary": "Khác."})
    house.hand_in(version)
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(
            email=f"p{person.pk}@mau.example", email_verified_at=AT
        )
    Message.objects.all().delete()
    return version


def letters():
    """What the postman carries of all that was written, by receiver."""
    mail.outbox.clear()
    for message in Message.objects.filter(topic="people.letter.written").order_by("pk"):
        Postman().handle(message)
    return {letter.to[0]: letter for letter in mail.outbox}


def address_of(person):
    return f"p{person.pk}@mau.example"


def returned(house, version, **more):
    return decide(
        step=house.step_of(version), verdict=Verdict.RETURNED, reason=REASON, by=house.head,
        at=AT, **more,
    )  # fmt: skip


def desk(client, person):
    client.force_login(open_account(person=person, password="rừng cọ đồi chè", by=TEST, at=AT))
    return client


class TestAReturn:
    def test_is_told_to_who_handed_in_and_to_the_writers_with_the_reason(self, house, version):
        returned(house, version, link="https://mau.example/admin/works/1/")

        told = letters()
        assert set(told) == {address_of(house.author), address_of(house.translator)}
        for letter in told.values():
            assert REASON in letter.body
            assert "https://mau.example/admin/works/1/" in letter.body
            assert version.subject.short_id in letter.subject
            assert "Qzwx" not in f"{letter.subject} {letter.body}"

    def test_to_an_earlier_step_says_to_which(self, house, version):
        decide(step=house.step_of(version), verdict=Verdict.CLEARED, by=house.head, at=AT)
        assert letters() == {}

        decide(
            step=house.step_of(version), verdict=Verdict.RETURNED, reason=REASON, back_to=1,
            by=house.secrecy, at=AT,
        )  # fmt: skip

        letter = letters()[address_of(house.author)]
        assert "bước trước" in letter.body
        assert "trình lại" not in letter.body

    def test_from_the_desk_leads_to_the_work(self, house, version, client):
        clearance = version.clearance_items.get().clearance

        desk(client, house.head).post(
            reverse("publishing:say", args=[clearance.uuid]),
            {"steps": [house.step_of(version).pk], "verdict": "returned", "reason": REASON},
        )

        work = reverse("works:work", args=[version.subject.uuid])
        assert f"http://testserver{work}" in letters()[address_of(house.author)].body

    def test_is_told_to_nobody_who_has_left(self, house, version):
        Person.objects.filter(pk=house.translator.pk).update(left_on=AT.date())

        returned(house, version)

        assert set(letters()) == {address_of(house.author)}

    def test_that_is_refused_writes_no_letter(self, house, version):
        with pytest.raises(NotPossible):
            decide(step=house.step_of(version), verdict=Verdict.RETURNED, by=house.head, at=AT)

        assert letters() == {}


class TestAStepThatIsGiven:
    def test_is_told_to_whoever_gets_it_with_its_day_and_once(self, house, version):
        deputy = make_member(Role.APPROVER, unit=house.unit, full_name="Phó Giám Đốc")
        Person.objects.filter(pk=deputy.pk).update(
            email=f"p{deputy.pk}@mau.example", email_verified_at=AT
        )
        step = house.step_of(version)

        for _twice in range(2):
            assign_step(step=step, to=deputy, by=house.head, at=AT, link="https://mau.example/x/")

        assert Message.objects.filter(topic="people.letter.written").count() == 1
        letter = letters()[address_of(deputy)]
        assert f"{step.due_on:%d/%m/%Y}" in letter.body
        assert "https://mau.example/x/" in letter.body
        assert "Qzwx" not in f"{letter.subject} {letter.body}"

    def test_to_oneself_or_to_nobody_writes_no_letter(self, house, version):
        step = house.step_of(version)

        assign_step(step=step, to=house.head, by=house.head, at=AT)
        assign_step(step=step, to=None, by=house.head, at=AT)

        assert letters() == {}


class TestAReasonThatWaits:
    """Clearing a step confirms what waits for the step's right; of the rest a letter tells."""

    PHONE = [{"type": "text", "value": "<p>Hỏi anh Nam Qzwx, 0912 345 678.</p>", "id": "a"}]
    WHY = "Zvxq: số của đồn biên phòng, đồn đồng ý đăng."

    def with_account(self, house, role, name, *, unit=None):
        person = make_member(role, unit=unit or house.unit, full_name=name)
        open_account(person=person, password="rừng cọ đồi chè", by=TEST, at=AT)
        return self.with_address(person)

    def with_address(self, person):
        Person.objects.filter(pk=person.pk).update(
            email=f"p{person.pk}@mau.example", email_verified_at=AT
        )
        return person

    def handed_in(self, house, version, *, by):
        with pytest.raises(NotReadyToHandIn) as refusal:
            house.hand_in(version, by=by)
        answers = {each["key"]: self.WHY for each in refusal.value.findings}
        return house.hand_in(version, by=by, answers=answers).items.get()

    def with_phone(self, house, by):
        version = house.work(title=TITLE, body=self.PHONE).subject.versions.get()
        return self.handed_in(house, version, by=by)

    def other_numbers(self, house):
        """A translation with another number, which a reviser confirms beside the route."""
        work = house.work(title=TITLE)
        house.approved(work)
        english = house.translated(work, title="Qzwx market")
        save_words(
            version=english, by=house.translator, at=AT,
            words={"body": [{"type": "text", "value": "<p>All 53 stalls open.</p>", "id": "a"}]},
        )  # fmt: skip
        return english

    def told_to_a_reviser(self, house):
        self.with_account(house, Role.REVISER, "Bế Thị Soát")
        english = self.other_numbers(house)
        self.handed_in(house, english, by=house.translator)
        return english

    def test_is_told_to_whoever_has_the_right_and_takes_no_step_and_once(self, house):
        reviser = self.with_account(house, Role.REVISER, "Bế Thị Soát")
        self.with_account(house, Role.REVISER, "Đơn Vị Khác", unit=make_unit("Sở Công Thương"))
        self.with_address(make_member(Role.REVISER, unit=house.unit, full_name="Không Tài Khoản"))
        self.with_address(house.translator)
        give_role(
            person=house.translator, unit=house.unit, role=Role.REVISER, start=LONG_AGO, by=TEST,
            at=AT,
        )  # fmt: skip
        english = self.other_numbers(house)

        item = self.handed_in(house, english, by=house.translator)
        decide(step=house.step_of(english), verdict=Verdict.CLEARED, by=house.head, at=AT)

        assert Message.objects.filter(topic="people.letter.written").count() == 1
        letter = letters()[address_of(reviser)]
        page = reverse("publishing:review", args=[item.clearance.uuid])
        assert f"{page}?text={item.pk}" in letter.body
        assert "chờ anh, chị xác nhận" in letter.subject
        assert house.translator.full_name in letter.body
        for word in ("Qzwx", "Zvxq", "stalls"):
            assert word not in f"{letter.subject} {letter.body}"

    def test_is_told_again_when_the_text_comes_back_and_is_handed_in_anew(self, house):
        reviser = self.with_account(house, Role.REVISER, "Bế Thị Soát")
        english = self.other_numbers(house)

        for _twice in range(2):
            self.handed_in(house, english, by=house.translator)
            returned(house, english)

        assert Message.objects.filter(topic="people.letter.written").count() == 2
        assert set(letters()) == {address_of(reviser)}

    def test_that_a_step_to_come_confirms_is_told_to_nobody(self, house):
        self.with_address(house.head)
        open_account(person=house.head, password="rừng cọ đồi chè", by=TEST, at=AT)

        item = self.with_phone(house, by=house.author)
        house.clear(item.version)

        assert item.version.state == "approved"
        assert letters() == {}

    def test_that_a_step_could_not_confirm_is_told_when_the_step_is_past(self, house):
        second = self.with_account(house, Role.APPROVER, "Người Gửi Duyệt")
        give_role(
            person=second, unit=house.unit, role=Role.AUTHOR, start=LONG_AGO, by=TEST, at=AT
        )  # fmt: skip
        deputy = self.with_account(house, Role.UNIT_OFFICER, "Phó Phòng")
        delegate(
            giver=second, taker=deputy, unit=house.unit, roles=[Role.APPROVER], start=TODAY,
            until=TODAY + timedelta(days=9), by=second, at=AT,
        )  # fmt: skip
        other = self.with_account(house, Role.APPROVER, "Trưởng Khác")
        item = self.with_phone(house, by=second)
        assert letters() == {}

        decide(step=house.step_of(item.version), verdict=Verdict.CLEARED, by=second, at=AT)

        assert set(letters()) == {address_of(other)}


class TestAWorkThatWasStopped:
    """Letters wait for a mail server for up to three days; a stop takes one moment."""

    @pytest.fixture(
        params=[
            "assigned", "correction", "links that lead nowhere", "decision", "reason", "return",
            "step",
        ]
    )  # fmt: skip
    def written(self, request, house, version):
        """One letter of each kind about the work, written and not carried yet."""
        work = version.subject.work
        match request.param:
            case "assigned":
                assign(work=work, to=house.translator, words=TITLE, by=house.author, at=AT)
            case "correction":
                self._public_with_a_mistake(house, version)
            case "links that lead nowhere":
                _tell(version.clearance_items.get(), [], by=TEST, at=AT, link="")
            case "decision":
                make_link(
                    step=house.step_of(version), person=house.head, by=house.author, at=AT,
                    base="https://mau.example/decision/",
                )  # fmt: skip
            case "reason":
                version = TestAReasonThatWaits().told_to_a_reviser(house)
            case "return":
                returned(house, version)
            case "step":
                deputy = make_member(Role.APPROVER, unit=house.unit, full_name="Phó Giám Đốc")
                Person.objects.filter(pk=deputy.pk).update(
                    email="p@mau.example", email_verified_at=AT
                )
                assign_step(step=house.step_of(version), to=deputy, by=house.head, at=AT)
        return version

    def _public_with_a_mistake(self, house, version):
        house.clear(version)
        release_bundle(bundle=house.bundle(version.subject.work), by=house.publisher, at=AT)
        Message.objects.all().delete()
        assign(work=version.subject.work, to=house.author, by=house.author, at=AT)
        ask_for_correction(versions=[version], words=f"{TITLE}: sai.", by=house.head, at=AT)

    def test_is_named_by_no_letter_that_was_waiting(self, house, written):
        waiting = Message.objects.filter(topic="people.letter.written").count()
        assert waiting

        stop(version=written, by=house.secrecy, at=AT)

        assert letters() == {}
        kept_back = Entry.objects.filter(event="translation.letter.kept_back")
        assert kept_back.count() == waiting
        assert {entry.target_name for entry in kept_back} == {written.subject.short_id}

    def test_that_was_not_stopped_is_told(self, written):
        assert letters()
        assert not Entry.objects.filter(event="translation.letter.kept_back").exists()


def test_a_letter_from_before_letters_said_what_they_are_about_is_carried(version):
    message = send_letter(to=["a@mau.example"], subject="Chào", body="Chào.", at=AT)
    payload = {name: held for name, held in message.payload.items() if name != "about"}
    Message.objects.filter(pk=message.pk).update(payload=payload)

    assert set(letters()) == {"a@mau.example"}
