"""The portal's own pages in the store: after a release exactly what changed is made again."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.outbox.actions import register_consumers
from nhipcau.outbox.actions import work as work_off
from nhipcau.people.tests.factories import AT
from nhipcau.publishing.actions import withdraw
from nhipcau.publishing.enums import WithdrawalReason
from nhipcau.translation.actions import save_words
from nhipcau.website.store import making, tasks
from nhipcau.website.store.keeping import keeper
from nhipcau.website.store.models import KeptPage
from nhipcau.website.store.tasks import PageStore
from nhipcau.works.models import Topic

pytestmark = pytest.mark.pages

LINK = re.compile(r'href="(/[^"?#]*)"')


def body_of(address):
    answer = making._answer(address)
    return answer.content.decode() if answer.status_code in {200, 410} else None


def pages_found(*first, below):
    """Every finished page below an address that readers can reach by links from these."""
    found, waiting = {}, list(first)
    while waiting:
        address = waiting.pop()
        if address in found or not address.startswith(below) or not making.is_finished(address):
            continue
        body = body_of(address)
        if body is None:
            continue
        found[address] = body
        waiting += LINK.findall(body)
    return found


@pytest.fixture(params=["/vi/", pytest.param("/", marks=pytest.mark.survey)])
def below(request):
    """The Vietnamese portal alone; in the survey every language, and the light pages too."""
    return request.param


@pytest.fixture
def kept(house, released, settings, tmp_path, below):
    """A portal with nine works in three topics, every page of it kept."""
    settings.PAGE_STORE = tmp_path / "pages"
    tasks._settled[:] = tasks._gathered[:] = [timezone.now()]
    register_consumers(at=AT)
    topics = list(Topic.objects.order_by("pk")[:3])
    works = []
    for number in range(9):
        works.append(
            house.work(title=f"Bài số {number}", topics=[topics[number % 3]], kind="article")
        )
        house.approved(works[-1])
    released(*works)
    work_off(consumer=PageStore.name, at=timezone.now())
    for address in pages_found("/vi/", "/en/", "/nhe/vi/", below=below):
        assert making.make_page(address).was_kept, address
        # Nothing that Django says about it is unknown to nginx, which serves it from there.
        file = keeper().root / "now" / address[1:] / "index.html"
        assert file.exists() == (keeper().head(address).status == 200), address
    return works


def made_and_changed(change):
    """What a change has made again, and what is another page than before; all is as it is now."""
    before = {
        address: body_of(address) for address in KeptPage.objects.values_list("address", flat=True)
    }
    since = timezone.now()
    change()
    work_off(consumer=PageStore.name, at=timezone.now() + timedelta(seconds=5))
    made = set(KeptPage.objects.filter(made_at__gte=since).values_list("address", flat=True))
    after = {address: body_of(address) for address in before}
    for address, body in after.items():
        head = keeper().head(address)
        assert (keeper().body(head, "").decode() if head else None) == body, address
    return made, {address for address in before if before[address] != after[address]}


def test_a_correction_a_new_work_and_a_withdrawal(kept, house, released):
    def correct():
        version = kept[4].subject.versions.get()
        save_words(version=version, by=house.author, at=AT, words={"title": "Nhan đề đã sửa"})
        house.hand_in(version)
        house.clear(version)
        released(kept[4], note="Sửa nhan đề.", at=timezone.now())

    def add():
        work = house.work(title="Bài mới", topics=list(kept[0].topics.all()), kind="article")
        house.approved(work)
        released(work, at=timezone.now())

    def take_back():
        withdraw(
            subject=kept[2].subject,
            reason=WithdrawalReason.IN_ERROR,
            notice="Bài này được rút lại.",
            by=house.publisher,
            at=timezone.now(),
        )

    made_in_all = changed_in_all = 0
    for change in (correct, add, take_back):
        made, changed = made_and_changed(change)
        assert changed, change
        assert changed <= made, change
        made_in_all, changed_in_all = made_in_all + len(made), changed_in_all + len(changed)
    assert made_in_all <= 1.2 * changed_in_all
