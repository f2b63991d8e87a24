import errno

import pytest
from django.test import RequestFactory

from nhipcau.website.store.making import finished_page, is_finished, make_page
from nhipcau.website.store.models import KeptPage
from nhipcau.website.store.queries import failing_pages
from nhipcau.website.store.wiring import is_home, make_for_a_reader
from nhipcau.website.tests.store import little


def shown(keeper, address, *, aside=False):
    head = keeper.head(address, aside=aside)
    return keeper.body(head, "").decode() if head else None


def tags_of(address):
    return set(KeptPage.objects.get(address=address).tags.values_list("tag", flat=True))


def test_a_page_is_kept_with_all_that_it_shows(portal):
    assert make_page("/vi/chu-de-2/").was_kept

    assert "Bài 27" in shown(portal, "/vi/chu-de-2/")
    assert tags_of("/vi/chu-de-2/") == {"topic:2", *(f"work:{n}" for n in range(2, 30, 5))}


def test_made_again_it_shows_what_it_shows_now(portal):
    make_page("/vi/chu-de-2/")
    little.WORLD["works"][7]["topic"] = 1
    make_page("/vi/chu-de-2/")

    assert "work:7" not in tags_of("/vi/chu-de-2/")


def test_making_it_again_for_nothing_keeps_its_date(portal):
    make_page("/vi/bai-1/")
    first = portal.head("/vi/bai-1/")
    make_page("/vi/bai-1/")

    assert portal.head("/vi/bai-1/") == first


def test_it_is_asked_as_a_stranger_asks_under_our_own_name(portal):
    make_page("/vi/echo/")

    assert shown(portal, "/vi/echo/") == "http://localhost:8000/vi/echo/ [] None"


def test_an_ordinary_page_has_a_file_for_nginx(portal):
    make_page("/vi/bai-1/")

    assert (portal.root / "now/vi/bai-1/index.html").exists()


def test_what_has_moved_or_was_taken_back_is_kept_without_a_file(portal):
    little.WORLD["gone"].add(3)
    make_page("/vi/bai-3/")
    make_page("/vi/moved/")

    assert portal.head("/vi/bai-3/").status == 410
    assert portal.head("/vi/moved/").status == 301
    assert dict(portal.head("/vi/moved/").headers)["Location"] == "/vi/bai-1/"
    assert not list(portal.root.rglob("index.html"))


@pytest.mark.parametrize(
    "address",
    [
        "/vi/private/",
        "/vi/greeting/",
        "/vi/personal/",
        "/vi/streaming/",
        "/vi/hurried/",
        "/vi/scripted/",
        "/vi/bai-999/",
        "/vi/nowhere/",
        "/admin/",
    ],
)
def test_what_may_not_be_kept_is_kept_nowhere(portal, address):
    outcome = make_page(address)

    assert not outcome.was_kept
    assert not outcome.failed
    assert outcome.answer is None
    assert list(portal.addresses()) == []
    assert not KeptPage.objects.exists()


def test_only_what_is_declared_is_a_finished_page(portal):
    assert is_finished("/vi/bai-1/")
    assert not is_finished("/vi/private/")
    assert not is_finished("/vi/nowhere/")
    assert not is_finished("/vi/../admin/")
    assert finished_page(little.private) is little.private
    del little.private.is_finished_page


def test_what_is_no_page_costs_a_reader_no_query(portal, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not make_for_a_reader("/admin/").is_page
        assert not make_for_a_reader("/vi/private/").is_page


def test_making_a_page_costs_few_queries(portal, django_assert_max_num_queries):
    make_page("/vi/bai-1/")
    with django_assert_max_num_queries(9):  # two of them begin and end the transaction
        make_page("/vi/bai-1/")


def test_a_page_that_fails_leaves_the_old_one_and_says_so(portal):
    make_page("/vi/bai-1/")
    before = shown(portal, "/vi/bai-1/")
    little.WORLD["failing"].add(1)

    outcome = make_page("/vi/bai-1/")

    assert outcome.trouble == "ZeroDivisionError"
    assert shown(portal, "/vi/bai-1/") == before
    (page,) = failing_pages()
    assert (page.address, page.trouble, page.failures) == ("/vi/bai-1/", "ZeroDivisionError", 1)

    little.WORLD["failing"].clear()
    make_page("/vi/bai-1/")
    assert failing_pages() == []


def test_a_page_that_never_was_and_fails_is_nowhere(portal):
    little.WORLD["failing"].add(1)

    assert make_page("/vi/bai-1/").failed
    assert not KeptPage.objects.exists()


def test_on_a_full_disk_the_reader_has_the_page_and_the_operator_the_trouble(portal, monkeypatch):
    make_page("/vi/bai-1/")
    before = shown(portal, "/vi/bai-1/")
    little.WORLD["works"][1]["title"] = "Bài mới"

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(type(portal), "_write", full)
        outcome = make_page("/vi/bai-1/")

    _, bodies = outcome.answer
    assert "Bài mới" in bodies[""].decode()
    assert "No space left" in outcome.trouble
    assert shown(portal, "/vi/bai-1/") == before
    assert failing_pages()[0].stale_since is not None


def test_what_is_no_page_any_more_is_gone(portal):
    make_page("/vi/bai-1/")
    del little.WORLD["works"][1]

    make_page("/vi/bai-1/")

    assert shown(portal, "/vi/bai-1/") is None
    assert not KeptPage.objects.exists()


def test_the_house_answers_under_its_names(settings):
    settings.ALLOWED_HOSTS = ["nhipcau.example", ".tinh.example"]

    assert is_home("nhipcau.example:8000")
    assert is_home("NHIPCAU.example")
    assert is_home("vi.tinh.example")
    for evil in ["", "evil.example", "nhipcau.example.evil", "nhipcau.example,evil", "a b", "[::1"]:
        assert not is_home(evil)


def test_a_stranger_brings_nothing(portal):
    make_page("/vi/bai-1/")

    asked = little.WORLD["asked"][-1]
    assert asked.method == "GET"
    assert asked.GET == {}
    assert asked.COOKIES == {}
    assert not asked.user.is_authenticated
    assert RequestFactory().get("/vi/bai-1/").path == asked.path
