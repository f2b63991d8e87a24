"""Links that nobody has visited when a text is handed in: said, visited later, and told if dead."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nhipcau.audit.models import Entry
from nhipcau.outbox.models import Message
from nhipcau.people.mail import Postman
from nhipcau.people.models import Person
from nhipcau.people.tests.factories import AT
from nhipcau.publishing.actions import take_back_from_clearance
from nhipcau.publishing.actions.visits import note_dead_links
from nhipcau.publishing.models import ClearanceItem
from nhipcau.publishing.queries.findings import findings_of
from nhipcau.publishing.tasks import LINK_VISITOR, visit_links_under_review
from nhipcau.publishing.tests.test_inspection import Answering, linking
from nhipcau.translation.proofreading.context import LinkState, Visit
from nhipcau.translation.proofreading.links import visit_all

pytestmark = pytest.mark.django_db
ADDRESS = "https://langson.example.org/lich"
DEAD = {ADDRESS: Visit(LinkState.GONE, 404)}


@pytest.fixture(autouse=True)
def _nobody_was_anywhere():
    cache.clear()


def handed_in(house, address=ADDRESS):
    version = house.work(body=linking(address)).subject.versions.get()
    house.hand_in(version)
    return ClearanceItem.objects.select_related("version", "revision", "clearance").get()


def note(item, visits=DEAD):
    return note_dead_links(item=item, visits=visits, by=LINK_VISITOR, at=timezone.now())


def asked():
    return DBTaskResult.objects.filter(task_path__endswith="visit_links_under_review")


class TestHandingIn:
    def test_asks_the_worker_to_go_where_nobody_has_been(self, house):
        item = handed_in(house)

        assert [task.args_kwargs["args"] for task in asked()] == [[item.pk]]

    @pytest.mark.parametrize("address", [ADDRESS, "mailto:a@b.vn", "javascript:alert(1)"])
    def test_asks_nobody_where_nothing_is_to_be_visited(self, house, address):
        visit_all([ADDRESS], visitor=Answering(LinkState.ALIVE, 200), cache=cache)
        version = house.work(body=linking(address)).subject.versions.get()
        if address == ADDRESS:
            house.hand_in(version)

        assert not asked().exists()

    def test_says_so_to_author_and_reviewer(self, house, desk):
        work = house.work(body=linking(ADDRESS))
        client = desk(house.author)
        page = reverse("publishing:hand_in", args=[work.subject.uuid])
        before = client.get(page).content.decode()

        after = client.post(page, {"v": work.subject.versions.get().pk}, follow=True)

        assert "không cản việc trình" in before
        assert "1 liên kết chưa được kiểm tra" in after.content.decode()
        item = ClearanceItem.objects.get()
        review = reverse("publishing:review", args=[item.clearance.uuid])
        assert "1 liên kết chưa kiểm tra" in desk(house.head).get(review).content.decode()


class TestALinkFoundDead:
    def test_is_told_to_the_reviewer_and_once_to_whoever_has_the_work(self, house, desk):
        item = handed_in(house)

        assert note(item) == 1
        assert note(item) == 0

        item.refresh_from_db()
        [finding] = [each for each in findings_of(item) if each.is_later]
        assert ADDRESS in finding.sentence
        told = Entry.objects.filter(event="publishing.item.links_led_nowhere")
        assert [entry.after for entry in told] == [{"links": 1}]
        assert item.state == "open"
        review = reverse("publishing:review", args=[item.clearance.uuid])
        shown = desk(house.head).get(review).content.decode()
        assert "thấy sau khi trình" in shown

    def test_is_told_by_one_letter(self, house):
        Person.objects.filter(pk=house.author.pk).update(
            email="tac.gia@example.org", email_verified_at=AT
        )
        item = handed_in(house)
        before = Message.objects.count()

        note(item)
        note(item)

        [message] = Message.objects.order_by("pk")[before:]
        Postman().handle(message)
        [letter] = mail.outbox
        assert letter.to == ["tac.gia@example.org"]
        assert ADDRESS in letter.body

    @pytest.mark.parametrize(
        "visit",
        [Visit(LinkState.ALIVE, 200), Visit(LinkState.OFFLINE), Visit(LinkState.MOVED, 200)],
    )
    def test_is_not_one_that_answers_moved_or_that_this_house_could_not_reach(self, house, visit):
        item = handed_in(house)

        assert note(item, {ADDRESS: visit}) == 0
        assert not Entry.objects.filter(event="publishing.item.links_led_nowhere").exists()

    def test_says_nothing_when_the_review_is_over(self, house):
        item = handed_in(house)
        take_back_from_clearance(item=item, by=house.author, at=timezone.now())

        assert note(item) == 0
        visit_links_under_review.func(item.pk)
        visit_links_under_review.func(999_999)

    def test_is_told_by_the_worker_who_has_been_there(self, house):
        item = handed_in(house)
        # What this visit found is kept, so that the worker need not go out.
        visit_all([ADDRESS], visitor=Answering(LinkState.GONE, 404), cache=cache)

        visit_links_under_review.func(item.pk)

        item.refresh_from_db()
        assert [each.is_later for each in findings_of(item) if ADDRESS in each.sentence] == [True]
