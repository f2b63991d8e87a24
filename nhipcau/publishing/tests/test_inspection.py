"""What the checks know of a text when it is handed in: names on record, links that were visited."""

import pytest
from django.core.cache import cache

from nhipcau.people.tests.factories import TODAY
from nhipcau.publishing.errors import NotReadyToHandIn
from nhipcau.publishing.models import Clearance
from nhipcau.publishing.queries.inspection import draft_of, inspections_of
from nhipcau.publishing.tasks import visit_links
from nhipcau.registry.models import Area, AreaName
from nhipcau.translation.proofreading import LinkState, Visit
from nhipcau.translation.proofreading.links import known_visits, visit_all
from nhipcau.translation.proofreading.names_on_record import names_on_record

ADDRESS = "https://langson.example.org/cho-phien"


def prose(words):
    return [{"type": "text", "value": f"<p>{words}</p>", "id": "a"}]


def linking(address):
    return prose(f'Xem <a href="{address}">lịch các phiên chợ trong năm</a> của xã.')


class Answering:
    """The world outside: every address answers like this."""

    def __init__(self, state, status):
        self.answer = Visit(state, status)

    def visit(self, _url):
        return self.answer


@pytest.fixture(autouse=True)
def _nothing_kept(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def _lang_son(db):
    area = Area.objects.create(key="tinh/lang-son", kind="province", label="Tỉnh Lạng Sơn")
    AreaName.objects.create(area=area, text=area.label, kind="official", valid_from=TODAY)


@pytest.mark.usefixtures("_lang_son")
class TestNames:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("Chợ họp ở tỉnh Lạng Sươn.", [("tỉnh Lạng Sươn", "Tỉnh Lạng Sơn")]),
            ("Chợ họp ở tỉnh Lạng Sơn.", []),
        ],
    )
    def test_are_compared_with_the_registry_when_a_text_is_handed_in(self, house, words, found):
        work = house.work(body=prose(words))

        clearance = house.hand_in(work.subject.versions.get())

        assert [
            (told["quotation"], told["values"]["right"])
            for told in clearance.items.get().findings
            if told["check"] == "names"
        ] == found

    def test_are_read_once_however_many_texts_are_inspected(
        self, house, django_assert_max_num_queries
    ):
        work = house.work()
        house.approved(work)
        versions = [work.subject.versions.get(), house.translated(work)]

        with django_assert_max_num_queries(16 + 6 * len(versions)):
            inspected = inspections_of(versions, on=TODAY)

        assert set(inspected) == {version.pk for version in versions}


class TestLinks:
    def test_that_led_nowhere_stand_in_the_way(self, house):
        version = house.work(body=linking(ADDRESS)).subject.versions.get()
        visit_all([ADDRESS], visitor=Answering(LinkState.GONE, 404), cache=cache)

        with pytest.raises(NotReadyToHandIn) as refusal:
            house.hand_in(version)

        assert [finding["check"] for finding in refusal.value.findings] == ["links_alive"]
        assert not Clearance.objects.exists()

    @pytest.mark.parametrize("is_visited", [True, False])
    def test_that_answered_or_were_not_visited_do_not(self, house, is_visited):
        version = house.work(body=linking(ADDRESS)).subject.versions.get()
        if is_visited:
            visit_all([ADDRESS], visitor=Answering(LinkState.ALIVE, 200), cache=cache)

        assert house.hand_in(version) is not None

    def test_are_visited_by_the_worker_and_what_it_finds_is_kept(self, house):
        """A private number is judged without going anywhere, so this needs no network."""
        inside = "http://10.1.2.3/so-lieu"
        version = house.work(body=linking(inside)).subject.versions.get()
        assert known_visits([inside], cache=cache) == {}

        visit_links.func(version.pk)

        draft = draft_of(version, names=names_on_record(), on=TODAY)
        assert draft.visits == {inside: Visit(LinkState.FORBIDDEN)}

    def test_of_a_version_that_is_gone_are_nobodys(self, db):
        visit_links.func(999_999)

        assert known_visits([], cache=cache) == {}
