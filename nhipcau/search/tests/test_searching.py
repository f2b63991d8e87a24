"""Searching through Wagtail's own interface: what is found, counted, and never is."""

import pytest
from modelsearch.query import MATCH_ALL, Boost, Fuzzy, Not, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from nhipcau.search.engine.store import Store
from nhipcau.search.engine.trees import tree_of
from nhipcau.search.errors import IndexNotReady

pytestmark = pytest.mark.django_db


def titles(results):
    found = list(results)
    assert results.count() == len(found)
    return {row.title for row in found}


def test_words_are_found_with_and_without_their_marks(indexing, page):
    page("Cửa khẩu quốc tế Hữu Nghị")
    page("Du lịch thác Bản Giốc")
    indexing.catch_up()

    for words in ("hữu nghị", "huu nghi", "HỮU NGHỊ", "Hữu Nghị"):
        assert titles(Page.objects.search(words)) == {"Cửa khẩu quốc tế Hữu Nghị"}
    assert titles(Page.objects.search(Phrase("ban gioc"))) == {"Du lịch thác Bản Giốc"}
    assert titles(Page.objects.search(Phrase("gioc ban"))) == set()
    assert titles(Page.objects.autocomplete("gi")) == {"Du lịch thác Bản Giốc"}
    assert titles(Page.objects.search(Fuzzy("thacc"))) == {"Du lịch thác Bản Giốc"}


def test_what_is_saved_is_found_when_the_worker_came_round_and_not_before(indexing, page):
    made = page("Chợ phiên vùng cao")
    assert titles(Page.objects.search("chợ phiên")) == set()
    indexing.catch_up()
    assert titles(Page.objects.search("chợ phiên")) == {"Chợ phiên vùng cao"}

    made.title = "Lễ hội hoa ban"
    made.save()
    indexing.catch_up()
    assert titles(Page.objects.search("chợ phiên")) == set()
    assert titles(Page.objects.search("hoa ban")) == {"Lễ hội hoa ban"}

    made.delete()
    indexing.catch_up()
    assert titles(Page.objects.search("hoa ban")) == set()


def test_what_left_the_queryset_is_in_no_result_count_or_facet_before_the_worker_came(
    indexing, page
):
    kept, taken_back, deleted = (page(f"Tin {word}", live=True) for word in ("một", "hai", "ba"))
    indexing.catch_up()
    public = Page.objects.filter(live=True)
    assert public.search("tin").count() == 3

    taken_back.live = False
    taken_back.save()
    deleted.delete()

    results = public.search("tin")
    assert (results.count(), [row.pk for row in results]) == (1, [kept.pk])
    assert dict(public.search("tin").facet("live")) == {True: 1}
    answer = public.search("tin")[:10].answer(facets=["live"])
    assert (answer.count, [row.pk for row in answer.rows]) == (1, [kept.pk])
    assert dict(answer.facets["live"]) == {True: 1}


def test_nothing_outside_of_the_queryset_is_found_or_counted_whatever_the_query(indexing, page):
    page("Công khai về biên giới", live=True)
    page("Chưa công bố về biên giới", live=False)
    indexing.catch_up()
    public = Page.objects.filter(live=True, depth__gt=1)

    for query in (
        "biên giới",
        PlainText("biên giới", operator="or"),
        Phrase("biên giới"),
        Fuzzy("bien"),
        Not(PlainText("khai")) | PlainText("khai"),
        Boost(PlainText("biên"), 3.0),
        MATCH_ALL,
    ):
        assert not [row for row in public.search(query) if not row.live], query
        assert public.search(query).facet("live").get(False, 0) == 0
    # What the index cannot compare is asked of the database.
    beginning = Page.objects.filter(title__startswith="Công", live=True)
    by_the_database = Page.objects.filter(live=True).exclude(pk__in=Page.objects.filter(depth=1))
    assert titles(beginning.search("biên giới")) == {"Công khai về biên giới"}
    assert titles(by_the_database.search("biên giới")) == {"Công khai về biên giới"}
    assert dict(by_the_database.search("biên giới").facet("live")) == {True: 1}


HOSTILE = {
    "100 KB": "cửa khẩu " * 12_000,
    "one word of 100 KB": "a" * 100_000,
    "one quote": '"',
    "operators only": "AND OR NOT && || ! ( ) { } [ ] ^ ~ * ? : \\ + - /",
    "emoji": "🎉🎊👨‍👩‍👧‍👦",
    "decomposed": "Cư\u0309a khâ\u0309u",
    "fullwidth": "Ｈữｕ　Ｎｇｈị",
    "zero width": "Hữu\u200b Nghị\u200d\ufeff",
    "SQL": "'; DROP TABLE wagtailcore_page; --",
    "nothing": "   \t\n",
    "controls": "\x00\x01\x02",
    "surrogate": "\ud800",
    "many words": " ".join(str(number) for number in range(5_000)),
    "right to left": "\u202eị\u202c",
    "a pattern": "(.*)+[a-z]{1000}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_query_is_an_error(indexing, page, name):
    page("Cửa khẩu Hữu Nghị")
    indexing.catch_up()
    typed = HOSTILE[name]
    for query in (
        typed,
        Phrase(typed),
        Fuzzy(typed),
        PlainText(typed, operator="or"),
        Not(Phrase(typed)),
    ):
        results = Page.objects.search(query)
        assert results.count() == len(list(results))
        assert results[:0].count() == len(results[:0]) == 0
        assert len(results[5:5]) == 0
        results.facet("live")
    list(Page.objects.autocomplete(typed))
    is_readable = name in {"100 KB", "decomposed", "fullwidth", "zero width"}
    assert (Page.objects.search(typed).count() == 1) is is_readable


def test_the_only_page_asked_for_is_beyond_the_end(indexing, page):
    page("Một trang")
    indexing.catch_up()
    assert list(Page.objects.search("trang")[1_000_000:1_000_010]) == []


def test_without_an_index_searching_says_so_and_saving_goes_on(settings, tmp_path, page, client):
    settings.SEARCH_INDEX = tmp_path / "nowhere"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "nhipcau.search.engine.backend"}}
    page("Vẫn lưu được")
    with pytest.raises(IndexNotReady, match=r"index|chỉ mục"):
        list(Page.objects.search("lưu"))


def test_a_broken_index_is_said_to_be_broken_and_rebuilding_mends_it(indexing, page):
    from nhipcau.search.tests.conftest import rebuild

    page("Trang trong chỉ mục hỏng")
    indexing.catch_up()
    store = Store(tree_of(Page))
    (store.folder / store.current() / "meta.json").write_text("{ not json")

    with pytest.raises(IndexNotReady) as said:
        list(Page.objects.search("trang"))
    assert (said.value.state, store.state()) == ("broken", "broken")

    rebuild(Page)
    assert titles(Page.objects.search("chỉ mục hỏng")) == {"Trang trong chỉ mục hỏng"}


def test_the_order_of_a_column_and_of_the_key(indexing, page):
    first, second = page("Bài b", slug="mot"), page("Bài a", slug="hai")
    indexing.catch_up()
    by_title = Page.objects.order_by("title").search("bài", order_by_relevance=False)
    assert [row.pk for row in by_title] == [second.pk, first.pk]
    by_key = Page.objects.order_by("-pk").search("bài", order_by_relevance=False)
    assert [row.pk for row in by_key] == [second.pk, first.pk]
    by_two = Page.objects.order_by("depth", "title").search("bài", order_by_relevance=False)
    assert [row.pk for row in by_two] == [second.pk, first.pk]


def test_a_backend_is_what_wagtail_gets(settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "nhipcau.search.engine.backend"}}
    assert type(get_search_backend()).__module__ == "nhipcau.search.engine.backend"
