"""A reason why a point may stay holds when somebody with the right named has confirmed it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.people.actions import delegate, give_role, verify_contact
from nhipcau.people.enums import Role, Verification
from nhipcau.people.queries import rights_of
from nhipcau.people.tests.factories import (
    AT,
    LONG_AGO,
    TEST,
    TODAY,
    make_member,
    make_person,
)
from nhipcau.publishing.actions import (
    confirm_reasons,
    decide,
    decide_by_link,
    make_link,
    send_code,
    set_route,
)
from nhipcau.publishing.actions import links as link_actions
from nhipcau.publishing.enums import StepKind, StepWhen, Verdict
from nhipcau.publishing.errors import (
    NotPossible,
    NotReadyToHandIn,
    NotYours,
    OnlyReviewersDecide,
)
from nhipcau.publishing.models import ConfirmedReason, Decision, deciding
from nhipcau.publishing.queries.clearances import review_of
from nhipcau.publishing.queries.reviews import cleared_revisions
from nhipcau.publishing.rules.routes import Stop
from nhipcau.translation.actions import start_version
from nhipcau.translation.tests.factories import make_language

WHY = "Số của đồn biên phòng, đồn đồng ý đăng."
PHONE = [{"type": "text", "value": "<p>Hỏi anh Nam, 0912 345 678.</p>", "id": "a"}]


def answered(house, version, *, by=None):
    """Handed in with one reason for whatever the checks ask."""
    by = by or house.author
    with pytest.raises(NotReadyToHandIn) as refusal:
        house.hand_in(version, by=by)
    answers = {each["key"]: WHY for each in refusal.value.findings}
    return house.hand_in(version, by=by, answers=answers).items.get()


def with_phone(house, **more):
    return answered(house, house.work(body=PHONE).subject.versions.get(), **more)


def clear_step(house, item):
    step = house.step_of(item.version)
    return decide(step=step, verdict=Verdict.CLEARED, by=house.who_takes(step), at=AT)


@pytest.fixture
def headless(house):
    """A route without the head of the unit."""
    return set_route(
        name="Không qua trưởng đơn vị",
        stops=[
            Stop(1, StepKind.SECRECY, StepWhen.ALWAYS, 1),
            Stop(2, StepKind.PUBLISHER, StepWhen.ALWAYS, 1),
        ],
        unit=house.unit,
        start=TODAY,
        by=TEST,
        at=AT,
    )


class TestAReason:
    def test_is_a_proposal_until_the_step_whose_role_has_the_right_is_cleared(self, house):
        item = with_phone(house)
        (key,) = item.answers
        assert item.rights_asked == {key: "works.approve"}
        rights = rights_of(house.head, on=TODAY)
        review = review_of(item, person=house.head, rights=rights)
        assert [each.answer for each in review.confirms] == [WHY]
        assert review.findings[0].waits_for

        decision = clear_step(house, item)

        confirmed = ConfirmedReason.objects.get()
        assert (confirmed.by, confirmed.by_name, confirmed.at) == (
            house.head,
            house.head.full_name,
            AT,
        )
        assert (confirmed.key, confirmed.reason, confirmed.decision) == (key, WHY, decision)
        house.clear(item.version)
        assert cleared_revisions([item.revision_id]) == {item.revision_id}

    def test_for_what_the_author_answers_himself_asks_nobody(self, house):
        version = house.work(summary="Chợ có 35 gian.", body=[
            {"type": "text", "value": "<p>Chợ có 53 gian.</p>", "id": "a"}
        ]).subject.versions.get()  # fmt: skip
        item = answered(house, version)

        assert item.answers
        assert item.rights_asked == {}
        house.clear(version)
        assert version.state == "approved"

    def test_of_a_route_without_the_right_is_confirmed_beside_it_before_the_last_step(
        self, house, headless
    ):
        item = with_phone(house)
        clear_step(house, item)

        with pytest.raises(NotPossible, match=house.head.full_name):
            clear_step(house, item)
        confirm_reasons(item=item, by=house.head, at=AT)

        assert ConfirmedReason.objects.get().decision is None
        assert Entry.objects.filter(event="publishing.reasons.confirmed").count() == 1
        house.clear(item.version)
        assert item.version.state == "approved"
        with pytest.raises(NotPossible):
            confirm_reasons(item=item, by=house.head, at=AT)

    def test_about_numbers_of_a_translation_is_confirmed_by_a_reviser(self, house):
        work = house.work()
        house.approved(work)
        english = start_version(
            subject=work.subject,
            language=make_language("en"),
            source=work.subject.versions.get(),
            title="The border market",
            summary="It opens every five days.",
            body=[
                {
                    "type": "text",
                    "value": "<p>The 53 stalls open on the second and the seventh.</p>",
                    "id": "a",
                }
            ],
            by=house.translator,
            at=AT,
        )
        item = answered(house, english, by=house.translator)
        assert set(item.rights_asked.values()) == {"works.revise"}
        with pytest.raises(NotPossible, match="người vận hành"):
            house.clear(english)
        give_role(
            person=house.translator,
            unit=house.unit,
            role=Role.REVISER,
            start=LONG_AGO,
            by=TEST,
            at=AT,
        )
        with pytest.raises(NotYours):
            confirm_reasons(item=item, by=house.translator, at=AT)

        reviser = make_member(Role.REVISER, unit=house.unit, full_name="Bế Thị Soát")
        confirm_reasons(item=item, by=reviser, at=AT)

        house.clear(english)
        assert english.state == "approved"


class TestNobodyConfirmsTheOwnReason:
    def approver(self, house, person):
        give_role(
            person=person, unit=house.unit, role=Role.APPROVER, start=LONG_AGO, by=TEST, at=AT
        )

    def test_not_who_wrote_the_text_by_whatever_role(self, house):
        self.approver(house, house.author)
        item = with_phone(house)

        with pytest.raises(NotYours):
            confirm_reasons(item=item, by=house.author, at=AT)
        for person in (house.publisher, house.secrecy, make_person("Không Vai Trò")):
            with pytest.raises(NotYours):
                confirm_reasons(item=item, by=person, at=AT)
        assert not ConfirmedReason.objects.exists()

    def test_not_who_handed_it_in_and_wrote_nothing_by_clearing_or_through_a_delegate(self, house):
        second = make_member(Role.AUTHOR, unit=house.unit, full_name="Người Gửi Duyệt")
        self.approver(house, second)
        deputy = make_person("Phó Phòng")
        delegate(
            giver=second,
            taker=deputy,
            unit=house.unit,
            roles=[Role.APPROVER],
            start=TODAY,
            until=TODAY + timedelta(days=9),
            by=second,
            at=AT,
        )
        item = with_phone(house, by=second)

        for person in (second, deputy):
            with pytest.raises(NotYours):
                confirm_reasons(item=item, by=person, at=AT)
        decide(step=house.step_of(item.version), verdict=Verdict.CLEARED, by=second, at=AT)
        assert not ConfirmedReason.objects.exists()
        clear_step(house, item)
        with pytest.raises(NotPossible, match=house.head.full_name):
            clear_step(house, item)
        assert not cleared_revisions([item.revision_id])

    def test_a_row_that_no_action_wrote_is_refused_and_a_missing_one_is_asked_for_again(
        self, house
    ):
        item = with_phone(house)
        with pytest.raises(OnlyReviewersDecide):
            ConfirmedReason.objects.create(
                item=item, key="k", reason=WHY, right="works.approve", by=house.author, at=AT
            )
        house.clear(item.version)
        assert cleared_revisions([item.revision_id])

        with deciding():
            ConfirmedReason.objects.all().delete()

        assert not cleared_revisions([item.revision_id])


class TestItsPages:
    def test_the_desk_names_it_confirms_it_and_shows_who_did(self, house, desk, headless):
        item = with_phone(house)
        page = reverse("publishing:review", args=[item.clearance.uuid])
        confirm = reverse("publishing:confirm", args=[item.clearance.uuid])
        assert "Người duyệt" in desk(house.secrecy).get(page).content.decode()

        desk(house.publisher).post(confirm, {"text": item.pk})
        assert not ConfirmedReason.objects.exists()
        client = desk(house.head)
        assert confirm in client.get(page).content.decode()
        client.post(confirm, {"text": item.pk})

        assert ConfirmedReason.objects.get().by == house.head
        assert f"{house.head.full_name} xác nhận" in client.get(page).content.decode()

    def test_a_leaders_link_says_what_the_decision_confirms(self, house, client, monkeypatch):
        leader = make_member(
            Role.APPROVER, unit=house.unit, full_name="Phó Chủ tịch", kind="leader"
        )
        verify_contact(person=leader, how=Verification.IN_PERSON, by=TEST, at=AT)
        item = with_phone(house)
        step = house.step_of(item.version)
        base = "https://nhipcau.example/d/"
        at = timezone.now()
        _link, address = make_link(step=step, person=leader, by=house.author, at=at, base=base)
        secret = address.removeprefix(base).rstrip("/")
        monkeypatch.setattr(link_actions.secrets, "randbelow", lambda _most: 42)
        send_code(secret=secret, by=leader, at=at)

        shown = client.get(f"/decision/{secret}/").content.decode()
        assert "bạn đứng tên xác nhận" in shown
        assert shown.count(WHY) == 2  # among the checks, and beside the decision
        decide_by_link(
            secret=secret, code="000042", verdict=Verdict.CLEARED, by=leader, at=timezone.now()
        )

        confirmed = ConfirmedReason.objects.get()
        assert (confirmed.by, confirmed.decision) == (leader, Decision.objects.get())
