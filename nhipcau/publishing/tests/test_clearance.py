"""The way of a text through its route, and every way round it that is closed."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from nhipcau.audit.models import Entry
from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.actions.subtitles import ONE_SITTING
from nhipcau.media.tests.moving.rows import make_item
from nhipcau.outbox.models import Message
from nhipcau.people.actions import delegate, give_role, verify_contact
from nhipcau.people.enums import Reach, Role, Verification
from nhipcau.people.queries import rights_of
from nhipcau.people.tests.factories import (
    AT,
    LONG_AGO,
    TEST,
    TODAY,
    make_member,
    make_person,
    make_unit,
)
from nhipcau.publishing.actions import (
    assign_step,
    decide,
    decide_by_link,
    hand_in_for_clearance,
    load_routes,
    make_link,
    send_code,
    set_route,
    take_back_from_clearance,
    withdraw_link,
)
from nhipcau.publishing.actions import links as link_actions
from nhipcau.publishing.enums import StepKind, StepWhen, Verdict
from nhipcau.publishing.errors import LinkNotGood, NotPossible, NotReadyToHandIn, NotYours
from nhipcau.publishing.models import (
    ApprovalLink,
    Clearance,
    Decision,
    OpenStep,
    Route,
    deciding,
)
from nhipcau.publishing.queries.clearances import review_of, who_may_take
from nhipcau.publishing.queries.links import standing_link
from nhipcau.publishing.queries.reviews import steps_waiting_for
from nhipcau.publishing.rules.routes import Stop
from nhipcau.publishing.tests.films import say, with_film, write_down
from nhipcau.translation.actions import save_words
from nhipcau.translation.models import Approval


def first(house, **words):
    work = house.work(**words)
    return work.subject.versions.get()


def cleared_at(step, by, **more):
    return decide(step=step, verdict=Verdict.CLEARED, by=by, at=AT, **more)


class TestTheRoute:
    def test_goes_from_the_head_over_secrecy_to_the_publisher_and_ends_in_an_approval(self, house):
        version = first(house)
        house.hand_in(version)
        kinds = []
        while version.approved_revision is None:
            step = house.step_of(version)
            kinds.append(step.kind)
            cleared_at(step, house.who_takes(step))
            version.refresh_from_db()

        assert kinds == ["unit_head", "secrecy", "publisher"]
        assert version.state == "approved"
        assert Approval.objects.get().by == house.publisher

    def test_leads_over_foreign_affairs_when_the_checks_flag_the_text(self, house):
        version = first(house)
        clearance = house.hand_in(version)
        clearance.items.update(is_flagged=True)
        kinds = []
        while step := OpenStep.objects.filter(closed_at__isnull=True).first():
            kinds.append(step.kind)
            cleared_at(step, house.who_takes(step))

        assert kinds == ["unit_head", "secrecy", "foreign_affairs", "publisher"]

    def test_has_deadlines_from_its_steps(self, house):
        version = first(house)
        house.hand_in(version)

        assert house.step_of(version).due_on == TODAY + timedelta(days=3)

    def test_is_the_most_particular_in_force(self, house):
        own = set_route(
            name="Của Sở",
            stops=[
                Stop(1, StepKind.SECRECY, StepWhen.ALWAYS, 1),
                Stop(2, StepKind.PUBLISHER, StepWhen.ALWAYS, 1),
            ],
            unit=house.unit,
            start=TODAY,
            by=TEST,
            at=AT,
        )
        version = first(house)

        assert house.hand_in(version).route == own
        assert house.step_of(version).kind == "secrecy"

    def test_cannot_leave_out_secrecy_or_the_publisher(self, house):
        for stops in (
            [],
            [Stop(1, StepKind.PUBLISHER, StepWhen.ALWAYS, 1)],
            [
                Stop(1, StepKind.SECRECY, StepWhen.FLAGGED, 1),
                Stop(2, StepKind.PUBLISHER, StepWhen.ALWAYS, 1),
            ],
            [
                Stop(1, StepKind.PUBLISHER, StepWhen.ALWAYS, 1),
                Stop(2, StepKind.SECRECY, StepWhen.ALWAYS, 1),
            ],
        ):
            with pytest.raises(NotPossible):
                set_route(name="Tắt", stops=stops, start=TODAY, by=TEST, at=AT)

        assert Route.objects.count() == 1

    def test_that_is_shipped_loads_once(self, house):
        assert load_routes(by=TEST, at=AT) is None

    def test_of_the_house_is_left_alone_by_the_command(self, house, capsys):
        before = list(Route.objects.values())

        call_command("publishing_load")

        assert list(Route.objects.values()) == before
        assert len(capsys.readouterr().out.splitlines()) == 1

    def test_that_was_replaced_is_finished_by_what_is_under_way(self, house):
        version = first(house)
        old = house.hand_in(version).route
        set_route(
            name="Mới",
            stops=[
                Stop(1, StepKind.SECRECY, StepWhen.ALWAYS, 1),
                Stop(2, StepKind.PUBLISHER, StepWhen.ALWAYS, 1),
            ],
            start=TODAY,
            by=TEST,
            at=AT,
        )
        house.clear(version)

        old.refresh_from_db()
        assert old.valid_to == TODAY
        assert Decision.objects.count() == 3


class TestReturning:
    def test_to_the_author_gives_the_text_back_with_the_reason(self, house):
        version = first(house)
        house.hand_in(version)

        decide(
            step=house.step_of(version),
            verdict=Verdict.RETURNED,
            reason="Thiếu nguồn số liệu.",
            by=house.head,
            at=AT,
        )

        version.refresh_from_db()
        assert version.state == "returned"
        save_words(version=version, by=house.author, at=AT, words={"summary": "Theo Sở."})
        house.hand_in(version)
        assert house.step_of(version).kind == "unit_head"

    def test_to_an_earlier_step_opens_it_again(self, house):
        version = first(house)
        house.hand_in(version)
        cleared_at(house.step_of(version), house.head)

        decide(
            step=house.step_of(version),
            verdict=Verdict.RETURNED,
            reason="Trưởng đơn vị xem lại đoạn hai.",
            back_to=1,
            by=house.secrecy,
            at=AT,
        )

        assert house.step_of(version).kind == "unit_head"
        assert version.clearance_items.get().steps.count() == 3

    def test_needs_a_reason_and_a_step_that_was_passed(self, house):
        version = first(house)
        house.hand_in(version)
        step = house.step_of(version)

        for more in ({}, {"reason": "Sai", "back_to": 2}, {"reason": "Sai", "back_to": 9}):
            with pytest.raises(NotPossible):
                decide(step=step, verdict=Verdict.RETURNED, by=house.head, at=AT, **more)

        assert house.step_of(version) == step
        assert not Decision.objects.exists()

    def test_is_by_language(self, house):
        work = house.work()
        vietnamese = house.approved(work)
        english, lao = house.translated(work), house.translated(work, "lo", "ຕະຫຼາດຊາຍແດນ")
        house.hand_in(english, lao, by=house.translator)

        house.clear(english)
        decide(
            step=house.step_of(lao),
            verdict=Verdict.RETURNED,
            reason="Sai tên chợ.",
            by=house.head,
            at=AT,
        )

        assert english.state == "approved"
        lao.refresh_from_db()
        assert lao.state == "returned"
        assert vietnamese.state == "approved"


class TestFourEyes:
    """Nobody clears what he wrote: by no role, no account, no delegation, no link."""

    def everything(self, house, person):
        for role in (Role.APPROVER, Role.SECRECY_REVIEWER, Role.PUBLISHER):
            give_role(
                person=person,
                unit=house.unit,
                role=role,
                reach=Reach.HOUSE,
                start=LONG_AGO,
                by=TEST,
                at=AT,
            )

    def test_an_author_with_every_role_clears_no_step_of_his_text(self, house):
        self.everything(house, house.author)
        version = first(house)
        house.hand_in(version)

        for by in (house.head, house.secrecy, house.publisher):
            step = house.step_of(version)
            with pytest.raises(NotYours):
                cleared_at(step, house.author)
            cleared_at(step, by)

        assert Decision.objects.filter(by=house.author).count() == 0

    def test_who_corrected_a_comma_has_written(self, house):
        version = first(house)
        give_role(
            person=house.head, unit=house.unit, role=Role.AUTHOR, start=LONG_AGO, by=TEST, at=AT
        )
        save_words(version=version, by=house.head, at=AT, words={"title": "Chợ phiên, vùng biên"})
        house.hand_in(version)

        with pytest.raises(NotYours):
            cleared_at(house.step_of(version), house.head)

    def test_a_delegate_of_the_author_does_not_clear_in_his_name(self, house):
        self.everything(house, house.author)
        delegate_ = make_person("Người Được Ủy Quyền")
        delegate(
            giver=house.author,
            taker=delegate_,
            unit=house.unit,
            roles=[Role.APPROVER],
            start=TODAY,
            until=TODAY + timedelta(days=9),
            by=house.author,
            at=AT,
        )
        version = first(house)
        house.hand_in(version)

        with pytest.raises(NotYours):
            cleared_at(house.step_of(version), delegate_)

    def test_the_author_as_delegate_of_the_head_does_not_clear_his_own(self, house):
        delegate(
            giver=house.head,
            taker=house.author,
            unit=house.unit,
            roles=[Role.APPROVER],
            start=TODAY,
            until=TODAY + timedelta(days=9),
            by=house.head,
            at=AT,
        )
        version = first(house)
        house.hand_in(version)

        with pytest.raises(NotYours):
            cleared_at(house.step_of(version), house.author)

    def test_a_delegate_of_the_head_clears_what_neither_wrote_and_the_record_names_both(
        self, house
    ):
        deputy = make_person("Phó Phòng")
        delegate(
            giver=house.head,
            taker=deputy,
            unit=house.unit,
            roles=[Role.APPROVER],
            start=TODAY,
            until=TODAY + timedelta(days=9),
            by=house.head,
            at=AT,
        )
        version = first(house)
        house.hand_in(version)

        decision = cleared_at(house.step_of(version), deputy)

        assert (decision.by, decision.on_behalf_of) == (deputy, house.head)

    def test_another_role_or_another_unit_clears_nothing(self, house):
        version = first(house)
        house.hand_in(version)
        strangers = [
            make_member(Role.APPROVER, unit=make_unit("Sở khác"), full_name="Người Sở Khác"),
            make_member(Role.OPERATOR, unit=house.unit, reach=Reach.HOUSE, full_name="Vận Hành"),
            house.publisher,
            house.secrecy,
            make_person("Không Vai Trò"),
        ]

        for stranger in strangers:
            with pytest.raises(NotYours):
                cleared_at(house.step_of(version), stranger)

        assert not Decision.objects.exists()

    def film_by(self, house, person, *, tag="vi", transcript=False):
        """A text with a film of which the person wrote what is said, and somebody else last."""
        item = make_item(
            name="Chợ phiên.mp4",
            unit=house.unit,
            credit="Đài Mẫu",
            source="Đài Mẫu",
            licence="CC-BY-4.0",
            consent="not_needed",
        )
        other = make_person("Người Sửa Sau")
        for text, by, at in (("Chợ họp", person, AT), ("Chợ họp đông", other, AT + ONE_SITTING)):
            if transcript:
                write_down(item, tag, text, by=by, at=at)
            else:
                say(item, tag, text, by=by, at=at)
        version = first(house, body=with_film(item))
        house.hand_in(version)
        return version

    def at_the_publisher(self, house, version):
        while (step := house.step_of(version)).kind != "publisher":
            cleared_at(step, house.who_takes(step))
        return step

    def test_who_wrote_the_subtitles_of_its_film_does_not_clear_the_text(self, house):
        version = self.film_by(house, house.publisher)
        step = self.at_the_publisher(house, version)

        with pytest.raises(NotYours, match="phụ đề hoặc bản chép lời của “Chợ phiên”"):
            cleared_at(step, house.publisher)

        publisher_reads = rights_of(house.publisher, on=TODAY)
        assert not list(steps_waiting_for(house.publisher, publisher_reads))
        assert not who_may_take(step, on=TODAY)
        with pytest.raises(NotPossible):
            make_link(step=step, person=house.publisher, by=house.author, at=AT, base="https://x/")
        other = make_member(Role.PUBLISHER, unit=house.unit, full_name="Phát Hành Khác")
        with pytest.raises(NotPossible):
            assign_step(step=step, to=house.publisher, by=other, at=AT)
        with pytest.raises(NotYours):
            assign_step(step=step, to=other, by=house.publisher, at=AT)
        assert who_may_take(step, on=TODAY) == [other]
        item = version.clearance_items.get()
        review = review_of(item, person=house.publisher, rights=publisher_reads)
        assert (house.publisher, "Phụ đề hoặc bản chép lời của “Chợ phiên”") in {
            (each.person, each.what) for each in review.writers
        }
        assert not review.may_decide
        cleared_at(step, other)
        version.refresh_from_db()
        assert version.state == "approved"

    def test_who_wrote_the_transcript_clears_it_through_no_delegation_either(self, house):
        version = self.film_by(house, house.publisher, transcript=True)
        step = self.at_the_publisher(house, version)
        deputy = make_person("Phó Phát Hành")
        delegate(
            giver=house.publisher,
            taker=deputy,
            unit=house.unit,
            roles=[Role.PUBLISHER],
            start=TODAY,
            until=TODAY + timedelta(days=9),
            by=house.publisher,
            at=AT,
        )

        for person in (house.publisher, deputy):
            with pytest.raises(NotYours, match="bản chép lời"):
                cleared_at(step, person)
        assert not Decision.objects.filter(step=step).exists()

    def test_subtitles_in_another_language_leave_with_another_text(self, house):
        version = self.film_by(house, house.publisher, tag="lo")

        cleared_at(self.at_the_publisher(house, version), house.publisher)

        version.refresh_from_db()
        assert version.state == "approved"

    def test_waiting_lists_do_not_offer_ones_own_texts(self, house):
        self.everything(house, house.author)
        version = first(house)
        house.hand_in(version)

        mine = steps_waiting_for(house.author, rights_of(house.author, on=TODAY))
        heads = steps_waiting_for(house.head, rights_of(house.head, on=TODAY))
        assert (list(mine), [step.item.version for step in heads]) == ([], [version])


class TestHandingIn:
    def test_is_for_those_who_write_for_the_unit(self, house):
        version = first(house)

        with pytest.raises(NotYours):
            hand_in_for_clearance(versions=[version], by=house.head, at=AT)

        assert not Clearance.objects.exists()

    def test_stops_a_text_with_a_mark_of_secrecy_at_once_whatever_else(self, house):
        version = first(
            house, body=[{"type": "text", "value": "<p>MẬT</p><p>Nội dung.</p>", "id": "a"}]
        )

        outcome = hand_in_for_clearance(versions=[version], by=house.author, at=AT)

        version.refresh_from_db()
        assert (outcome.clearance, outcome.stopped) == (None, (version,))
        assert version.state == "stopped"
        assert not Clearance.objects.exists()
        line = Entry.objects.get(event="translation.version.stopped")
        assert "Nội dung" not in f"{line.target_name}{line.after}{line.words}"

    def test_refuses_open_points_and_takes_a_reason(self, house):
        version = first(
            house,
            body=[{"type": "picture", "value": {"picture": 999, "alt": "", "decorative": False}}],
        )

        with pytest.raises(NotReadyToHandIn) as refusal:
            house.hand_in(version)
        findings = refusal.value.findings
        assert findings
        assert not Clearance.objects.exists()

        overruled = {
            finding["key"]: "Ảnh do xã gửi sau, đã có bản giấy."
            for finding in findings
            if finding["severity"] == "must_be_answered"
        }
        if len(overruled) == len(findings):
            assert house.hand_in(version, answers=overruled).items.get().answers == overruled
        with pytest.raises((NotReadyToHandIn, NotPossible)):
            house.hand_in(version, answers=dict.fromkeys(overruled, "ok"))

    def test_is_once_at_a_time(self, house):
        version = first(house)
        house.hand_in(version)

        with pytest.raises(RuleBroken):
            house.hand_in(version)

        assert Clearance.objects.count() == 1

    def test_is_taken_back_by_its_unit_until_it_is_approved(self, house):
        version = first(house)
        item = house.hand_in(version).items.get()
        with pytest.raises(NotYours):
            take_back_from_clearance(item=item, by=house.head, at=AT)

        take_back_from_clearance(item=item, by=house.author, at=AT)

        version.refresh_from_db()
        assert version.state == "returned"
        with pytest.raises(NotPossible):
            take_back_from_clearance(item=item, by=house.author, at=AT)


class TestDeciding:
    def test_twice_at_one_step_is_once(self, house):
        version = first(house)
        house.hand_in(version)
        step = house.step_of(version)
        cleared_at(step, house.head)

        with pytest.raises(NotPossible):
            cleared_at(step, house.head)

        assert Decision.objects.count() == 1

    def test_on_words_changed_behind_the_review_is_refused(self, house):
        version = first(house)
        house.hand_in(version)
        revision = version.latest_revision
        revision.content["title"] = "Đổi lén"
        revision.save()

        with pytest.raises(NotPossible):
            cleared_at(house.step_of(version), house.head)

    def test_leaves_a_record_with_name_unit_time_checks_and_difference(self, house):
        version = first(house)
        house.approved_version = house.hand_in(version)
        house.clear(version)
        save_words(
            version=version,
            by=house.author,
            at=AT,
            words={"title": "Chợ phiên vùng biên mùa xuân"},
        )
        house.hand_in(version)

        decision = cleared_at(house.step_of(version), house.head)

        assert decision.by_name == "Lê Văn Trưởng"
        assert decision.unit_name == "Sở Văn hóa, Thể thao và Du lịch"
        assert decision.difference == {"added": 2, "removed": 0}
        assert decision.digest == version.clearance_items.last().digest

    def test_stop_locks_the_text_and_says_nothing_of_it(self, house):
        version = first(house, title="Điều không nên nói")
        house.hand_in(version)

        decide(step=house.step_of(version), verdict=Verdict.STOPPED, by=house.head, at=AT)

        version.refresh_from_db()
        assert version.state == "stopped"
        lines = Entry.objects.filter(event__contains="stopped")
        assert lines.exists()
        assert all("Điều không nên" not in f"{line.target_name}{line.words}" for line in lines)

    def test_is_for_the_assignee_once_there_is_one(self, house):
        other = make_member(Role.APPROVER, unit=house.unit, full_name="Phó Giám Đốc")
        version = first(house)
        house.hand_in(version)
        step = house.step_of(version)
        assign_step(step=step, to=other, by=house.head, at=AT)

        with pytest.raises(NotYours):
            cleared_at(step, house.head)
        with pytest.raises(NotPossible):
            assign_step(step=step, to=house.author, by=house.head, at=AT)
        with pytest.raises(NotYours):
            assign_step(step=step, to=other, by=house.author, at=AT)

        assert cleared_at(step, other).by == other

    def test_a_return_without_reason_is_refused_by_the_database_too(self, house):
        version = first(house)
        house.hand_in(version)
        decision = cleared_at(house.step_of(version), house.head)

        with pytest.raises(IntegrityError), transaction.atomic(), deciding():
            Decision.objects.filter(pk=decision.pk).update(verdict="returned")


class TestALink:
    BASE = "https://nhipcau.example/d/"

    @pytest.fixture
    def leader(self, house):
        leader = make_member(
            Role.APPROVER, unit=house.unit, full_name="Phó Chủ tịch", kind="leader"
        )
        verify_contact(person=leader, how=Verification.IN_PERSON, by=TEST, at=AT)
        return leader

    @pytest.fixture
    def version(self, house):
        version = first(house)
        house.hand_in(version)
        return version

    @pytest.fixture
    def secret(self, house, leader, version):
        _link, address = make_link(
            step=house.step_of(version), person=leader, by=house.author, at=AT, base=self.BASE
        )
        return address.removeprefix(self.BASE).rstrip("/")

    @pytest.fixture
    def code(self, secret, leader, monkeypatch):
        monkeypatch.setattr(link_actions.secrets, "randbelow", lambda _most: 42)
        send_code(secret=secret, by=leader, at=AT)
        return "000042"

    def test_brings_one_decision_with_a_code(self, house, leader, version, secret, code):
        decision = decide_by_link(
            secret=secret, code=code, verdict=Verdict.CLEARED, by=leader, at=AT
        )

        assert (decision.by, decision.by_link) == (leader, True)
        assert house.step_of(version).kind == "secrecy"
        with pytest.raises(LinkNotGood):
            decide_by_link(secret=secret, code=code, verdict=Verdict.CLEARED, by=leader, at=AT)
        assert Message.objects.filter(topic="people.letter.written").count() == 2

    def test_keeps_neither_its_secret_nor_its_code(self, secret, code):
        link = ApprovalLink.objects.get()

        assert secret not in str(vars(link))
        assert code not in str(vars(link))

    def test_expires(self, secret):
        assert standing_link(secret, at=AT + timedelta(days=2))
        with pytest.raises(LinkNotGood):
            standing_link(secret, at=AT + timedelta(days=3))
        with pytest.raises(LinkNotGood):
            standing_link("nonsense", at=AT)

    def test_ends_when_withdrawn_or_replaced(self, house, leader, version, secret):
        make_link(
            step=house.step_of(version), person=leader, by=house.author, at=AT, base=self.BASE
        )
        with pytest.raises(LinkNotGood):
            standing_link(secret, at=AT)

        newer = ApprovalLink.objects.get(withdrawn_at__isnull=True)
        withdraw_link(link=newer, by=house.author, at=AT)
        assert not ApprovalLink.objects.filter(withdrawn_at__isnull=True).exists()

    def test_ends_when_somebody_else_has_decided(self, house, version, secret):
        cleared_at(house.step_of(version), house.head)

        with pytest.raises(LinkNotGood):
            standing_link(secret, at=AT)

    def test_closes_after_five_wrong_codes(self, leader, version, secret, code):
        for _ in range(5):
            with pytest.raises(NotPossible):
                decide_by_link(
                    secret=secret, code="999999", verdict=Verdict.CLEARED, by=leader, at=AT
                )

        with pytest.raises(LinkNotGood):
            decide_by_link(secret=secret, code=code, verdict=Verdict.CLEARED, by=leader, at=AT)
        assert not Decision.objects.exists()

    def test_codes_are_good_for_a_quarter_of_an_hour(self, leader, secret, code):
        with pytest.raises(NotPossible):
            decide_by_link(
                secret=secret,
                code=code,
                verdict=Verdict.CLEARED,
                by=leader,
                at=AT + timedelta(minutes=15),
            )

    def test_codes_are_not_sent_without_end(self, leader, secret, code):
        with pytest.raises(NotPossible):
            send_code(secret=secret, by=leader, at=AT + timedelta(seconds=30))
        for minute in range(1, 5):
            send_code(secret=secret, by=leader, at=AT + timedelta(minutes=minute))
        with pytest.raises(LinkNotGood):
            send_code(secret=secret, by=leader, at=AT + timedelta(minutes=9))

    def test_goes_to_nobody_without_the_role_a_contact_or_clean_hands(self, house, version):
        author = house.author
        give_role(
            person=author, unit=house.unit, role=Role.APPROVER, start=LONG_AGO, by=TEST, at=AT
        )
        unverified = make_member(Role.APPROVER, unit=house.unit, full_name="Chưa Xác Minh")

        for person in (author, unverified, make_person("Không Vai Trò")):
            with pytest.raises(NotPossible):
                make_link(
                    step=house.step_of(version), person=person, by=author, at=AT, base=self.BASE
                )
        with pytest.raises(NotYours):
            make_link(
                step=house.step_of(version),
                person=unverified,
                by=make_person("Người Lạ"),
                at=AT,
                base=self.BASE,
            )

        assert not ApprovalLink.objects.exists()

    def test_of_one_leader_is_no_link_of_another(self, secret, code):
        with pytest.raises(LinkNotGood):
            decide_by_link(
                secret=secret,
                code=code,
                verdict=Verdict.CLEARED,
                by=make_person("Người Khác"),
                at=AT,
            )
