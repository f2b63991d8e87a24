"""The public finds what stands before it, in the words that went out, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.outbox.actions import register_consumers, work
from nhipcau.people.tests.factories import AT
from nhipcau.publishing.actions import release_bundle, withdraw
from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.queries.public import Wanted
from nhipcau.publishing.queries.searching import complete_public, search_public
from nhipcau.publishing.tests.factories import House
from nhipcau.search.actions import keep_synonyms
from nhipcau.search.engine.building import Build
from nhipcau.search.engine.trees import tree_of
from nhipcau.translation.actions import save_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings, tmp_path):
    settings.SEARCH_INDEX = tmp_path / "index"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "nhipcau.search.engine.backend"}}
    register_consumers(at=AT)
    with Build(tree_of(ReleasedVersion)) as build:
        list(build.run())
    return House()


def catch_up():
    work(consumer="search@1", at=timezone.now() + timedelta(hours=1), worker="test")


def found(typed, **more):
    return search_public(typed, language="vi", at=timezone.now(), **more)


def test_the_public_finds_released_words_with_marks_languages_and_facets(house):
    market = house.work(title="Chợ phiên vùng biên")
    house.approved(market)
    english = house.translated(market, "en", "The border market")
    house.hand_in(english, by=house.translator)
    house.clear(english)
    unreleased = house.work(title="Chợ phiên chưa công bố")
    house.approved(unreleased)
    assert found("chợ phiên").count == 0

    release_bundle(bundle=house.bundle(market), by=house.publisher, at=AT)
    catch_up()
    answer = found("cho phien")
    assert answer.count == 1
    hit = answer.hits[0]
    assert "".join(piece.text for piece in hit.title if piece.is_hit) == "Chợ phiên"
    assert hit.address.startswith("/vi/")
    assert {tongue.tag for tongue in hit.tongues} == {"vi", "en"}
    assert dict(answer.facets["kind"]) == {"news": 1}
    assert dict(answer.facets["unit"]) == {house.unit.pk: 1}
    # What stands in the body alone, and in another language.
    assert found("mồng hai và mồng bảy").count == 1
    assert [each.released.language.tag for each in found("market").hits] == ["en"]
    assert found("market", wanted=Wanted(language="vi")).count == 0
    assert found("chợ", wanted=Wanted(units=frozenset({house.unit.pk}))).count == 1
    assert complete_public("chợ ph", language="vi") == ["Chợ phiên vùng biên"]
    assert found("cho phienn").suggestions[0] == "chợ phiên"
    assert found("🎉 '; DROP TABLE").suggestions == []


def test_a_draft_over_public_words_is_not_found_by_the_public(house):
    market = house.work(title="Chợ phiên vùng biên")
    version = house.approved(market)
    release_bundle(bundle=house.bundle(market), by=house.publisher, at=AT)
    catch_up()
    version.refresh_from_db()
    save_words(version=version, words={"title": "Bí mật chưa duyệt"}, by=house.author, at=AT)
    catch_up()
    assert found("bí mật").count == 0
    assert found("chợ phiên").count == 1


def test_what_is_withdrawn_or_replaced_is_found_no_more_from_that_moment(house):
    market = house.work(title="Chợ phiên vùng biên")
    house.approved(market)
    release_bundle(bundle=house.bundle(market), by=house.publisher, at=AT)
    catch_up()
    assert found("chợ phiên").count == 1

    withdraw(
        subject=market.subject,
        reason="in_error",
        notice="Có sai sót về ngày họp chợ.",
        by=house.publisher,
        at=timezone.now(),
    )
    before_the_worker = found("chợ phiên")
    assert (before_the_worker.count, list(before_the_worker.hits)) == (0, [])
    assert all(not facet for facet in before_the_worker.facets.values())
    catch_up()
    assert found("chợ phiên").count == 0


def test_words_that_were_taken_back_are_not_offered_as_what_was_meant(house):
    standing, market = house.work(title="Chợ phiên vùng biên"), house.work(title="Chợ Tràvinhxưa")
    for work_ in (standing, market):
        house.approved(work_)
    release_bundle(bundle=house.bundle(standing, market), by=house.publisher, at=AT)
    catch_up()
    assert found("chợ tràvinhxưaa").suggestions == ["chợ tràvinhxưa"]

    withdraw(
        subject=market.subject,
        reason="in_error",
        notice="Có sai sót về tên chợ.",
        by=house.publisher,
        at=timezone.now(),
    )
    assert found("chợ tràvinhxưaa").suggestions == []
    catch_up()
    assert found("chợ tràvinhxưaa").suggestions == []
    assert found("cho phienn").suggestions == ["chợ phiên"]


def test_what_means_the_same_is_marked_where_it_is_found(house, django_capture_on_commit_callbacks):
    market = house.work(title="Thông tin đối ngoại vùng biên")
    house.approved(market)
    release_bundle(bundle=house.bundle(market), by=house.publisher, at=AT)
    catch_up()
    with django_capture_on_commit_callbacks(execute=True):
        keep_synonyms(
            wordings=["TTĐN", "thông tin đối ngoại"],
            language=None,
            note="",
            by=house.publisher,
            at=AT,
        )

    [hit] = found("ttđn").hits

    assert "".join(piece.text for piece in hit.title if piece.is_hit) == "Thông tin đối ngoại"
