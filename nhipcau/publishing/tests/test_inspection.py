"""What the checks know of a text when it is handed in: names on record, links that were visited."""

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string

from nhipcau.media.actions.subtitles import begin_subtitles, save_cues
from nhipcau.media.tests.moving.rows import make_item
from nhipcau.people.queries import rights_of
from nhipcau.people.tests.factories import AT, TEST, TODAY
from nhipcau.publishing.actions import hand_in_for_clearance, take_back_from_clearance
from nhipcau.publishing.errors import NotPossible, NotReadyToHandIn
from nhipcau.publishing.models import Clearance
from nhipcau.publishing.queries.clearances import review_of
from nhipcau.publishing.queries.inspection import draft_of, inspections_of
from nhipcau.publishing.tasks import visit_links
from nhipcau.publishing.tests.films import say, with_film, write_down
from nhipcau.registry.models import Area, AreaName
from nhipcau.translation.actions import start_version
from nhipcau.translation.proofreading import LinkState, Visit
from nhipcau.translation.proofreading.contract import Finding
from nhipcau.translation.proofreading.links import known_visits, visit_all
from nhipcau.translation.proofreading.names_on_record import names_on_record
from nhipcau.translation.tests.factories import make_language

STAMPED = {"start": 65_000, "end": 66_000, "text": "TỐI MẬT"}
ADDRESS = "https://langson.example.org/cho-phien"


def prose(words):
    return [{"type": "text", "value": f"<p>{words}</p>", "id": "a"}]


def finding_of(told):
    """A finding as the refusal of a hand-in names it."""
    return Finding.from_json({name: told[name] for name in told if name not in {"key", "version"}})


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


@pytest.fixture
def played(house):
    """A film with its rights, and a text that shows it."""
    item = make_item(
        name="Chợ phiên.mp4",
        unit=house.unit,
        credit="Đài Mẫu",
        source="Đài Mẫu",
        licence="CC-BY-4.0",
        consent="not_needed",
    )
    return item, house.work(body=with_film(item)).subject.versions.get()


class TestWhatFilmsSay:
    """Subtitles and transcripts leave with the text that shows their film."""

    def test_a_stamp_in_the_subtitles_stops_the_text_as_one_in_its_body_does(self, house, played):
        item, version = played
        lines = begin_subtitles(
            item=item, language=version.language, kind="subtitles", by=TEST, at=AT
        )
        cues = [{"start": 0, "end": 900, "text": "Chợ họp"}, STAMPED]
        save_cues(subtitles=lines, cues=cues, seen=0, by=TEST, at=AT)
        report = inspections_of([version], on=TODAY)[version.pk].report
        assert report.stops
        assert report.findings[0].sentence.endswith(
            f"Chỗ này nằm trong phụ đề ({version.language}) của “Chợ phiên”, lúc 1:05."
        )

        outcome = hand_in_for_clearance(versions=[version], by=house.author, at=AT)

        version.refresh_from_db()
        assert (outcome.clearance, version.state) == (None, "stopped")
        assert not Clearance.objects.exists()

    def test_subtitles_that_came_after_the_hand_in_are_read_before_anybody_clears(
        self, house, played
    ):
        item, version = played
        clearance = house.hand_in(version)
        say(item, "vi", "TỐI MẬT")

        with pytest.raises(NotPossible):
            house.clear(version)
        take_back_from_clearance(item=clearance.items.get(), by=house.author, at=AT)
        hand_in_for_clearance(versions=[version], by=house.author, at=AT)

        version.refresh_from_db()
        assert version.state == "stopped"

    def test_a_telephone_number_in_the_transcript_is_found(self, house, played):
        item, version = played
        write_down(item, "vi", "Ai quên đồ xin gọi chị Hoa.\nSố 0912 345 678.")

        with pytest.raises(NotReadyToHandIn) as refusal:
            house.hand_in(version)

        (finding,) = [each for each in refusal.value.findings if each["check"] == "personal_data"]
        assert finding["quotation"] == "0912 345 678"
        assert f"bản chép lời ({version.language}) của “Chợ phiên”" in finding_of(finding).sentence

    def test_what_is_said_in_a_language_that_does_not_leave_is_not_read(self, house, played):
        item, version = played
        say(item, "lo", "TỐI MẬT")

        found = house.hand_in(version).items.get().findings
        assert not [each for each in found if "spoken" in each["values"]]

    def test_numbers_are_compared_with_the_source_where_both_say_them(self, house, played):
        item, version = played
        say(item, "vi", "Chợ có 35 gian")
        house.hand_in(version)
        house.clear(version)
        english = start_version(
            subject=version.subject,
            language=make_language("en"),
            source=version,
            title="The border market",
            summary="It opens every five days.",
            body=with_film(item),
            by=house.translator,
            at=AT,
        )

        def quoted():
            report = inspections_of([english], on=TODAY)[english.pk].report
            found = [each for each in report.findings if each.check == "numbers_across"]
            return sorted(each.quotation for each in found)

        assert quoted() == []
        say(item, "en", "The market has 53 stalls")
        assert quoted() == ["35", "53"]

    def test_the_reviewer_is_told_which_files_no_check_has_read(self, house):
        item = make_item(name="Mẫu đơn.pdf", kind="document", unit=house.unit, credit="Sở Mẫu",
                         source="Sở Mẫu", licence="CC-BY-4.0", consent="not_needed")  # fmt: skip
        body = [{"type": "file", "value": {"file": item.pk, "title": "Mẫu đơn"}, "id": "t"}]
        version = house.work(body=body).subject.versions.get()
        reviewed = house.hand_in(version).items.get()
        rights = rights_of(house.head, on=TODAY)

        review = review_of(reviewed, person=house.head, rights=rights)

        assert review.attached == [item]
        at_the_desk = {"attached": review.attached}
        shown = render_to_string("publishing/attached.html", at_the_desk)
        assert "Mẫu đơn.pdf" in shown
        assert f'href="/admin/media/{item.uuid}/file/"' in shown
        behind = render_to_string(
            "publishing/attached.html", {**at_the_desk, "behind": "/decision/secret/"}
        )
        assert f'href="/decision/secret/shown/file/{item.pk}/"' in behind
