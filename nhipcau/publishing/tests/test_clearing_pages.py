"""The pages of clearance: who sees what waits, what a reviewer reads, and what is said there."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from nhipcau.people.tests.factories import AT, make_user
from nhipcau.publishing.actions import decide
from nhipcau.publishing.enums import Verdict
from nhipcau.publishing.errors import NotReadyToHandIn
from nhipcau.publishing.models import ApprovalLink, Decision, OpenStep
from nhipcau.publishing.tests.factories import PROSE
from nhipcau.translation.actions import save_words
from nhipcau.translation.enums import VersionState

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
FOUND = "Chợ họp ngày mồng hai. Ai cần hỏi thì gọi số 0912 345 678 của đồn biên phòng."
INDEX = reverse("publishing:clearances")


def handed_in(house, **words):
    work = house.work(**words)
    version = work.subject.versions.get()
    return version, house.hand_in(version)


def page_of(clearance):
    return reverse("publishing:review", args=[clearance.uuid])


def say(client, clearance, step, verdict, **more):
    return client.post(
        reverse("publishing:say", args=[clearance.uuid]),
        {"steps": [step.pk], "verdict": verdict, **more},
    )


class TestTheList:
    def test_shows_each_reviewer_what_his_or_her_role_takes_and_nobody_own_words(self, house, desk):
        version, _clearance = handed_in(house)

        assert version.title in desk(house.head).get(INDEX).content.decode()
        assert version.title not in desk(house.secrecy).get(INDEX).content.decode()
        assert version.title not in desk(house.author).get(INDEX).content.decode()
        assert version.title in desk(house.author).get(INDEX, {"scope": "all"}).content.decode()

    def test_is_narrowed_by_its_address_and_bears_broken_filters(self, house, desk):
        version, _clearance = handed_in(house)
        client = desk(house.head)

        for fitting in (
            {"kind": "unit_head"},
            {"language": "vi"},
            {"q": "phiên"},
            {"q": "bien PHIEN"},
        ):
            assert version.title in client.get(INDEX, fitting).content.decode()
        for other in ({"kind": "publisher"}, {"language": "en"}, {"q": "thác"}, {"unit": 999}):
            assert version.title not in client.get(INDEX, other).content.decode()
        assert client.get(INDEX, {"scope": "x", "unit": "-1", "p": "9"}).status_code == 200

    def test_knows_what_is_overdue(self, house, desk):
        version, _clearance = handed_in(house)
        client, overdue = desk(house.author), {"scope": "overdue"}
        today = timezone.localdate()

        OpenStep.objects.update(due_on=today)
        assert version.title not in client.get(INDEX, overdue).content.decode()
        OpenStep.objects.update(due_on=today - timedelta(days=1))
        assert version.title in client.get(INDEX, overdue).content.decode()

    def test_leaves_as_a_sheet(self, house, desk):
        version, _clearance = handed_in(house)

        answer = desk(house.head).get(INDEX, {"export": "xlsx"})

        rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
        assert len(rows) == 2
        assert rows[1][0] == version.title

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_at_most_fifteen_queries(self, house, desk, count, django_assert_max_num_queries):
        for number in range(count):
            handed_in(house, title=f"Chợ phiên {number}")
        client = desk(house.head)
        client.get(INDEX)

        with django_assert_max_num_queries(15):
            assert f"Chợ phiên {count - 1}" in client.get(INDEX).content.decode()


class TestTheTextUnderReview:
    def test_is_shown_as_the_public_will_read_it_with_checks_writers_and_keys(self, house, desk):
        _version, clearance = handed_in(house)

        shown = desk(house.head).get(page_of(clearance)).content.decode()

        assert '<article class="work" lang="vi">' in shown
        assert "Chợ họp ngày mồng hai" in shown
        assert house.author.full_name in shown
        assert 'name="verdict"' in shown

    def test_and_the_work_are_reached_by_keys_that_the_help_names(self, house, desk):
        version, clearance = handed_in(house)
        other = house.work()

        shown = desk(house.head).get(page_of(clearance)).content.decode()
        work = desk(house.author).get(reverse("works:work", args=[other.subject.uuid]))
        checks = desk(house.author).get(reverse("publishing:hand_in", args=[other.subject.uuid]))

        assert version.title in shown
        assert 'id="keyboard-shortcuts-of-the-house"' in shown
        # The entry of the menu that “?” presses.
        assert re.search(r"data-w-kbd-key-value(\W|quot)+\?", shown)
        assert 'data-w-kbd-key-value="h"' in work.content.decode()
        assert 'data-w-kbd-key-value="e"' in work.content.decode()
        assert 'data-w-kbd-key-value="mod+enter"' in checks.content.decode()
        assert "desk/keys.js" in shown

    def test_offers_no_decision_to_its_writer_or_another_role(self, house, desk):
        _version, clearance = handed_in(house)

        for person in (house.author, house.secrecy, house.translator):
            shown = desk(person).get(page_of(clearance))
            assert shown.status_code == 200
            assert 'name="verdict"' not in shown.content.decode()

    def test_shows_what_changed_since_the_last_approval_word_by_word(self, house, desk):
        work = house.work()
        version = house.approved(work)
        new = [{**PROSE[0], "value": "<p>Chợ họp ngày mồng ba và mồng bảy âm lịch.</p>"}]
        save_words(version=version, words={"body": new}, by=house.author, at=AT)
        version.refresh_from_db()
        clearance = house.hand_in(version)

        shown = desk(house.head).get(page_of(clearance)).content.decode()

        assert "<del>hai</del>" in shown
        assert "<ins>ba</ins>" in shown

    def test_bears_the_whole_sign_off_record(self, house, desk):
        """Name, unit, time, checks with their findings and reasons, and the difference."""
        work = house.work()
        version = house.approved(work)
        new = [{**PROSE[0], "value": f"<p>{FOUND}</p>"}]
        save_words(version=version, words={"body": new}, by=house.author, at=AT)
        version.refresh_from_db()
        with pytest.raises(NotReadyToHandIn) as refusal:
            house.hand_in(version)
        (finding,) = [
            each for each in refusal.value.findings if each["severity"] == "must_be_answered"
        ]
        reason = "Số điện thoại đường dây nóng của đồn, công khai."
        clearance = house.hand_in(version, answers={finding["key"]: reason})
        step = house.step_of(version)
        decide(step=step, verdict=Verdict.CLEARED, by=house.head, at=AT)
        decision = Decision.objects.get(step=step)

        shown = desk(house.secrecy).get(page_of(clearance)).content.decode()

        line = shown.split('<li class="signed">')[1]  # the newest stands first
        for told in (
            house.head.full_name,
            house.unit.label,
            timezone.localtime(AT).strftime("%H:%M %d/%m/%Y"),
            "1 được giữ lại có lý do",
            escape(finding["quotation"]),
            escape(reason),
            f"{house.head.full_name} xác nhận, {timezone.localtime(AT):%H:%M %d/%m/%Y}.",
            f"thêm {decision.difference['added']} từ, bớt {decision.difference['removed']} từ",
            decision.digest[:12],
        ):
            assert told in line, told
        assert decision.difference["added"] > 0
        assert shown.count('<li class="signed">') == Decision.objects.count()

    def test_shows_hostile_words_as_words(self, house, desk):
        _version, clearance = handed_in(
            house, title="<script>alert(1)</script> chợ phiên", summary="<img src=x onerror=y>"
        )

        shown = desk(house.head).get(page_of(clearance)).content.decode()

        assert "<script>alert(1)" not in shown
        assert "<img src=x" not in shown

    def test_costs_at_most_fifteen_queries(self, house, desk, django_assert_max_num_queries):
        _version, clearance = handed_in(house)
        client = desk(house.author)
        client.get(page_of(clearance))

        with django_assert_max_num_queries(15):
            client.get(page_of(clearance))


class TestADecisionAtTheDesk:
    def test_clears_one_step_and_goes_to_the_next(self, house, desk):
        version, clearance = handed_in(house)
        step = house.step_of(version)

        answer = say(desk(house.head), clearance, step, "cleared")

        assert answer.status_code == 302
        assert Decision.objects.get().by == house.head
        assert house.step_of(version).kind == "secrecy"

    def test_returns_with_a_reason_only(self, house, desk):
        version, clearance = handed_in(house)
        step, client = house.step_of(version), desk(house.head)

        assert say(client, clearance, step, "returned").status_code == 422
        assert not Decision.objects.exists()
        assert (
            say(client, clearance, step, "returned", reason="Sai ngày họp chợ.").status_code == 302
        )
        version.refresh_from_db()
        assert version.state == VersionState.RETURNED

    def test_is_refused_to_the_writer_whatever_he_posts(self, house, desk):
        version, clearance = handed_in(house)

        answer = say(desk(house.author), clearance, house.step_of(version), "cleared")

        assert answer.status_code == 409
        assert not Decision.objects.exists()

    def test_at_a_closed_step_says_so(self, house, desk):
        version, clearance = handed_in(house)
        step = house.step_of(version)
        decide(step=step, verdict=Verdict.CLEARED, by=house.head, at=AT)

        assert say(desk(house.head), clearance, step, "cleared").status_code == 409
        assert Decision.objects.count() == 1

    def test_never_reaches_a_step_of_another_clearance(self, house, desk):
        _version, clearance = handed_in(house)
        other, _other_clearance = handed_in(house, title="Hội xuân")

        answer = say(desk(house.head), clearance, house.step_of(other), "cleared")

        assert answer.status_code == 409
        assert not Decision.objects.exists()

    def test_takes_several_languages_of_one_clearance_at_once(self, house, desk):
        work = house.work()
        house.approved(work)
        english, lao = house.translated(work), house.translated(work, "lo", "ຕະຫຼາດຊາຍແດນ")
        clearance = house.hand_in(english, lao, by=house.translator)
        before = Decision.objects.count()

        answer = desk(house.head).post(
            reverse("publishing:say", args=[clearance.uuid]),
            {
                "steps": [house.step_of(english).pk, house.step_of(lao).pk],
                "verdict": "cleared",
            },
        )

        assert answer.status_code == 302
        assert Decision.objects.count() == before + 2

    @pytest.mark.parametrize("steps", [[], ["x"], ["99999999999999999999"], ["0"]])
    def test_on_nothing_is_none(self, house, desk, steps):
        _version, clearance = handed_in(house)

        answer = desk(house.head).post(
            reverse("publishing:say", args=[clearance.uuid]),
            {"steps": steps, "verdict": "cleared"},
        )

        assert answer.status_code in {409, 422}


class TestAStep:
    def test_is_given_to_a_colleague_who_may_take_it(self, house, desk):
        version, clearance = handed_in(house)
        colleague = make_user("approver", unit=house.unit).person
        step = house.step_of(version)

        give = reverse("publishing:give", args=[clearance.uuid])
        client = desk(house.head)
        client.post(give, {"step": step.pk, "person": house.author.pk, "as": "step"})
        step.refresh_from_db()
        assert step.assignee is None
        client.post(give, {"step": step.pk, "person": colleague.pk, "as": "step"})
        step.refresh_from_db()
        assert step.assignee == colleague

    def test_of_nothing_is_not_found(self, house, desk):
        _version, clearance = handed_in(house)
        give = reverse("publishing:give", args=[clearance.uuid])

        assert desk(house.head).post(give, {"step": "x"}).status_code == 404

    def test_is_sent_as_a_link_to_a_leader_with_a_verified_address(self, house, desk):
        version, clearance = handed_in(house)
        type(house.head).objects.filter(pk=house.head.pk).update(email_verified_at=AT)
        colleague = make_user("approver", unit=house.unit).person

        desk(colleague).post(
            reverse("publishing:give", args=[clearance.uuid]),
            {"step": house.step_of(version).pk, "person": house.head.pk, "as": "link"},
        )

        assert ApprovalLink.objects.get().person == house.head
