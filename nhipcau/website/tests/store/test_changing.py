"""A change reaches the pages that show it: all of them, and hardly any other."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.outbox.actions import put, register_consumers, work
from nhipcau.outbox.models import Handover
from nhipcau.website.models import Alarm
from nhipcau.website.rules.tags import ALARMS
from nhipcau.website.store import actions, making, tasks
from nhipcau.website.store.changing import change, make_due
from nhipcau.website.store.models import KeptPage, Round, TagChange
from nhipcau.website.store.news import CHANGED, touching
from nhipcau.website.store.queries import changes_seen, progress, standing
from nhipcau.website.store.tasks import PageStore, make_old_pages
from nhipcau.website.store.wiring import made_or_awaited
from nhipcau.website.tests.store import little

AT = timezone.now()


def everything(keeper):
    found = {}
    for address in little.addresses():
        head = keeper.head(address)
        found[address] = keeper.body(head, "").decode() if head else None
    return found


def rendered():
    """What every page would be now."""
    return {address: making._answer(address).content.decode() for address in little.addresses()}


def edit(choose):
    """A random edit of the world, and the tags that it touches."""
    world, number = little.WORLD, choose.randrange(30)
    kind = choose.choice(["title", "title", "title", "move", "topic", "new"])
    if kind == "title":
        world["works"][number]["title"] += " (sửa)"
        return [f"work:{number}"]
    if kind == "move":
        was, now = world["works"][number]["topic"], choose.randrange(5)
        if was == now:
            return []
        world["works"][number]["topic"] = now
        return [f"topic:{was}", f"topic:{now}", f"work:{number}"]
    if kind == "topic":
        topic = number % 5
        world["topics"][topic] += " mới"
        return [f"topic:{topic}", f"topic-name:{topic}", "topics"]
    new = max(world["works"]) + 1
    world["works"][new] = {"title": f"Bài {new}", "topic": new % 5}
    return ["newest", f"topic:{new % 5}"]


def test_what_is_made_again_is_what_changed(kept_portal, monkeypatch):
    """The oracle: everything rendered before and after random edits."""
    made = []
    really = making.make_page
    monkeypatch.setattr(
        "nhipcau.website.store.changing.make_page",
        lambda address: made.append(address) or really(address),
    )
    choose = random.Random(7)  # noqa: S311 -- a repeatable choice
    changed_in_all = made_in_all = 0
    for _ in range(25):
        before = rendered()
        tags = edit(choose)
        after = rendered()
        changed = {address for address in before if before[address] != after[address]}
        made.clear()

        change(tags=tags, at=AT)
        make_due(seconds=60)

        assert changed <= set(made), tags
        assert len(made) == len(set(made))
        stands = everything(kept_portal)
        assert {a: stands[a] for a in before} == {a: after[a] for a in before}
        changed_in_all, made_in_all = changed_in_all + len(changed), made_in_all + len(made)
        for address in set(after) - set(before):
            really(address)

    assert changed_in_all > 50
    assert made_in_all <= 1.2 * changed_in_all


def test_few_pages_are_set_aside_at_once_and_the_most_read_is_first(kept_portal):
    actions.add_reads(reads={"/vi/chu-de-2/": 9, "/vi/bai-27/": 5, "/vi/": 7})

    touched = change(tags=["work:27"], at=AT)

    assert touched.addresses == ("/vi/chu-de-2/", "/vi/", "/vi/bai-27/")
    assert kept_portal.head("/vi/") is None
    assert kept_portal.head("/vi/", aside=True) is not None
    assert actions.take_next(at=AT) == "/vi/chu-de-2/"
    assert actions.take_next(at=AT) == "/vi/"


def test_a_page_is_in_one_workers_hands(kept_portal):
    change(tags=["work:1"], at=AT)

    taken = [actions.take_next(at=AT) for _ in range(3)]
    assert sorted(filter(None, taken)) == ["/vi/bai-1/", "/vi/chu-de-1/"]
    # who died with it gives it back after a while
    assert actions.take_next(at=AT + timedelta(minutes=11)) is not None


def test_a_reader_does_not_make_what_a_worker_is_making(kept_portal, monkeypatch):
    change(tags=["work:1"], at=AT)
    made = []
    really = making.make_page
    monkeypatch.setattr(
        "nhipcau.website.store.wiring.make_page",
        lambda address: made.append(address) or really(address),
    )
    monkeypatch.setattr("nhipcau.website.store.wiring._WORKER_SECONDS", 0.05)
    taken = actions.take_next(at=timezone.now())
    (other,) = {"/vi/bai-1/", "/vi/chu-de-1/"} - {taken}

    assert made_or_awaited(other).was_kept
    assert actions.take_next(at=timezone.now()) is None
    little.WORLD["works"][1]["title"] = "Bài mới"
    really(taken)
    assert "Bài mới" in made_or_awaited(taken).answer[1][""].decode()
    assert made == [other]

    # Who takes long is not waited for.
    change(tags=["work:1"], at=AT)
    taken = actions.take_next(at=timezone.now())
    assert made_or_awaited(taken).was_kept
    assert made == [other, taken]


def test_very_many_pages_stand_until_their_turn(kept_portal, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    little.WORLD["topics"][0] = "Tên khác"

    touched = change(tags=["topic-name:0", "topic:0"], at=AT)

    assert not touched.is_few
    assert touched.count == 7
    assert kept_portal.head("/vi/bai-0/") is not None
    assert "Chủ đề 0" in everything(kept_portal)["/vi/bai-0/"]
    make_due(seconds=60)
    assert "Tên khác" in everything(kept_portal)["/vi/bai-0/"]


def test_an_alarm_is_on_every_page_at_once_when_it_begins_and_when_it_ends(
    kept_portal, monkeypatch
):
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    for address in little.addresses():
        page = KeptPage.objects.get(address=address)
        page.tags.create(tag=ALARMS)
    alarm = Alarm.objects.create(words={"vi": "Lũ"}, begins_at=AT, ends_at=AT + timedelta(hours=9))

    for moment in (alarm.begins_at, alarm.ends_at):
        tasks._gathered[:] = [moment - timedelta(seconds=10)]
        tasks._gather_now_and_then(moment)
        assert list(kept_portal.addresses()) == []
        assert kept_portal.head("/vi/bai-1/", aside=True) is not None
        assert standing().waiting == 36
        for address in little.addresses():
            making.make_page(address)
            KeptPage.objects.get(address=address).tags.create(tag=ALARMS)

    tasks._gather_now_and_then(alarm.ends_at + timedelta(seconds=20))
    assert len(list(kept_portal.addresses())) == 36


def test_what_was_withdrawn_does_not_even_stand_aside(kept_portal):
    little.WORLD["gone"].add(3)
    little.WORLD["failing"].add(3)

    change(tags=["newest"], withdrawn=["work:3"], at=AT)
    failed = make_due(seconds=60)

    assert set(failed) == {"/vi/bai-3/"}
    assert kept_portal.head("/vi/bai-3/") is None
    assert kept_portal.head("/vi/bai-3/", aside=True) is None

    little.WORLD["failing"].clear()
    KeptPage.objects.update(again_at=None)
    make_due(seconds=60)
    assert kept_portal.head("/vi/bai-3/").status == 410


def test_a_page_made_from_what_stood_before_a_change_stays_old(portal, monkeypatch):
    """The change comes while the page is made, and finds it nowhere."""
    really = making._answer

    def meanwhile(address):
        response = really(address)
        little.WORLD["works"][1]["title"] = "Bài mới"
        change(tags=["work:1"], at=AT)
        return response

    with monkeypatch.context() as patch:
        patch.setattr(making, "_answer", meanwhile)
        making.make_page("/vi/bai-1/")

    assert KeptPage.objects.get(address="/vi/bai-1/").stale_since is not None
    assert portal.head("/vi/bai-1/") is None
    make_due(seconds=60)
    assert "Bài mới" in everything(portal)["/vi/bai-1/"]
    assert standing().waiting == 0


def test_a_page_made_while_all_change_stays_old(portal):
    seen = changes_seen()
    actions.begin_round(reason="chân trang", at=AT)

    assert actions.note_page(
        address="/vi/bai-1/", digest="a" * 64, tags={"work:1"}, seen=seen, at=AT
    ).is_old


def test_changes_are_forgotten_when_no_page_can_be_that_slow(portal):
    change(tags=["work:1"], at=AT)
    change(tags=["work:2"], at=AT + timedelta(hours=1))

    assert [each.tag for each in TagChange.objects.all()] == ["work:2"]


def test_a_round_of_all_pages_is_cut_off_and_taken_up_again(kept_portal):
    actions.add_reads(reads={"/vi/": 5})
    little.WORLD["look"] = "chân trang mới"
    actions.begin_round(reason="giao diện mới", at=AT)
    assert (progress().pages, progress().made) == (36, 0)

    make_due(seconds=60, only=["/vi/"])  # and then the worker is killed

    assert "chân trang mới" in everything(kept_portal)["/vi/"]
    assert None not in everything(kept_portal).values()  # all others stand as they were
    assert (progress().pages, progress().made) == (36, 1)

    until_it_is_over()
    assert Round.objects.get().ended_at is not None
    assert all("chân trang mới" in body for body in everything(kept_portal).values())


def until_it_is_over():
    """On a slow machine a round takes more than one turn of the worker."""
    while progress() is not None:
        make_old_pages(at=timezone.now())


def test_a_round_ends_though_pages_fail_and_they_are_tried_again(kept_portal):
    little.WORLD["failing"].add(4)
    actions.begin_round(reason="giao diện mới", at=AT)
    until_it_is_over()

    assert standing().failing == 1
    little.WORLD["failing"].clear()
    KeptPage.objects.failing().update(again_at=AT - timedelta(seconds=1))
    while standing().waiting:
        make_old_pages(at=timezone.now())
    assert standing().failing == 0


def test_operators_hear_of_a_page_that_fails_again_and_again(kept_portal):
    """In a round nobody waits for the page; it stands in the queue until it can be made."""
    register_consumers(at=AT)
    little.WORLD["failing"].add(4)
    for _ in range(actions.TOLD_AFTER + 2):
        making.make_page("/vi/bai-4/")
    later = timezone.now() + timedelta(minutes=1)
    work(consumer=PageStore.name, at=later)

    told = Handover.objects.get(consumer=PageStore.name)
    assert "/vi/bai-4/" in told.last_error
    assert "ZeroDivisionError" in told.last_error
    assert told.done_at is None

    little.WORLD["failing"].clear()
    making.make_page("/vi/bai-4/")
    work(consumer=PageStore.name, at=later + timedelta(hours=1))
    told.refresh_from_db()
    assert told.done_at is not None


def test_the_consumer_hears_of_a_change_and_makes_the_pages(kept_portal):
    register_consumers(at=AT)
    little.WORLD["works"][27]["title"] = "Bài mới"
    put(topic=CHANGED, key="test:1", payload={"tags": ["work:27"]}, at=AT)

    work(consumer=PageStore.name, at=AT + timedelta(seconds=1))

    assert Handover.objects.get(consumer=PageStore.name).done_at is not None
    stands = everything(kept_portal)
    assert [a for a, body in stands.items() if "Bài mới" in body] == [
        "/vi/",
        "/vi/chu-de-2/",
        "/vi/bai-27/",
    ]
    assert standing().waiting == 0


def test_readers_see_a_change_as_soon_as_it_is_committed(
    kept_portal, django_capture_on_commit_callbacks
):
    """Two news of one transaction are one change, and its consumer does not do it once more."""
    register_consumers(at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        put(topic=CHANGED, key="test:1", payload={"tags": ["work:27"]}, at=AT)
        put(topic=CHANGED, key="test:2", payload={"tags": ["work:3"]}, at=AT)
        assert kept_portal.head("/vi/bai-3/") is not None

    assert kept_portal.head("/vi/bai-27/") is None
    assert kept_portal.head("/vi/bai-3/") is None
    assert changes_seen() == 1
    work(consumer=PageStore.name, at=AT + timedelta(seconds=1))
    assert changes_seen() == 1
    assert standing().waiting == 0
    assert kept_portal.head("/vi/bai-3/") is not None


def test_what_fails_when_it_is_committed_fails_nobody(
    kept_portal, django_capture_on_commit_callbacks, settings, caplog
):
    register_consumers(at=AT)
    right = settings.PAGE_STORE_NEWS
    settings.PAGE_STORE_NEWS = "builtins.nothing"
    with django_capture_on_commit_callbacks(execute=True):
        put(topic=CHANGED, key="test:1", payload={"tags": ["work:27"]}, at=AT)
    assert kept_portal.head("/vi/bai-27/") is not None

    settings.PAGE_STORE_NEWS = right
    little.WORLD["works"][27]["title"] = "Bài mới"
    work(consumer=PageStore.name, at=AT + timedelta(seconds=1))
    assert "Bài mới" in everything(kept_portal)["/vi/bai-27/"]


def test_operators_hear_of_pages_that_fail(kept_portal):
    register_consumers(at=AT)
    little.WORLD["failing"].add(27)
    put(topic=CHANGED, key="test:1", payload={"tags": ["work:27"]}, at=AT)

    work(consumer=PageStore.name, at=AT + timedelta(seconds=1))

    handover = Handover.objects.get(consumer=PageStore.name)
    assert handover.done_at is None
    assert "/vi/bai-27/" in handover.last_error
    assert standing().failing == 1
    assert kept_portal.head("/vi/bai-27/", aside=True) is not None


@pytest.mark.parametrize("payload", [{}, {"tags": []}])
def test_news_without_tags_touches_nothing(kept_portal, payload):
    news = touching(CHANGED, payload)

    assert change(tags=news.tags, withdrawn=news.withdrawn, at=AT).count == 0


def test_what_was_read_long_ago_counts_less(kept_portal):
    actions.add_reads(reads={"/vi/": 8})
    actions.halve_reads()

    assert KeptPage.objects.get(address="/vi/").reads == 4
