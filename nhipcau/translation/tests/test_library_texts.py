"""What the library says of a picture is taken over where the words say nothing of it."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.media.actions import set_alt_text
from nhipcau.media.enums import ItemKind
from nhipcau.media.tests.moving.rows import make_item
from nhipcau.people.tests.factories import AT, TEST, make_person, make_unit
from nhipcau.translation.actions import FirstWords, save_words, start_many
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.rules.library_texts import Told, untold_pictures, with_told
from nhipcau.translation.tests.factories import make_language, make_version

MARKET = "Gian hàng rau ở chợ phiên"
STALLS = "Stalls of the market"


def figure(number, **more):
    return {"picture": number, "alt": "", "decorative": False, "caption": "", **more}


def block(number, kind="picture", **more):
    return {"type": kind, "value": figure(number, **more), "id": f"{kind}-{number}"}


def gallery(*figures):
    told = [{"type": "item", "value": each, "id": str(at)} for at, each in enumerate(figures)]
    return {"type": "gallery", "value": {"title": "", "pictures": told}, "id": "g"}


class TestTheRule:
    def test_finds_pictures_of_which_nothing_is_said_wherever_they_stand(self):
        body = [
            block(1),
            block(2, alt="Chợ"),
            block(3, decorative=True),
            gallery(figure(4), figure(5, alt=" ")),
            block(6, "map"),
            {"type": "text", "value": "<p>Chợ</p>", "id": "t"},
        ]

        assert list(untold_pictures(body)) == [1, 4, 5, 6]

    def test_takes_the_text_or_the_mark_and_leaves_what_was_written(self):
        body = [block(1), block(1, alt="Của tác giả"), block(2), gallery(figure(1)), block(9)]

        told = with_told(body, {1: Told("Chợ phiên"), 2: Told("Nền", is_decorative=True)})

        assert [one["value"].get("alt") for one in told if one["type"] == "picture"] == [
            "Chợ phiên", "Của tác giả", "", "",
        ]  # fmt: skip
        assert told[2]["value"]["decorative"] is True
        assert told[3]["value"]["pictures"][0]["value"]["alt"] == "Chợ phiên"
        assert body == [
            block(1),
            block(1, alt="Của tác giả"),
            block(2),
            gallery(figure(1)),
            block(9),
        ]

    def test_a_map_is_never_decorative(self):
        told = with_told([block(1, "map")], {1: Told("Sơ đồ xã", is_decorative=True)})

        assert (told[0]["value"]["alt"], told[0]["value"]["decorative"]) == ("Sơ đồ xã", False)

    @pytest.mark.parametrize("odd", [None, "x", 7, [None], [{"type": "picture", "value": None}]])
    def test_whatever_is_no_body_stays_as_it_is(self, odd):
        assert list(untold_pictures(odd)) == []
        assert with_told(odd, {1: Told("Chợ")}) == odd


@pytest.mark.django_db
class TestSaving:
    @pytest.fixture
    def picture(self):
        item = make_item(name="Chợ phiên.jpg", kind=ItemKind.PICTURE)
        for tag, text in (("vi", MARKET), ("en", STALLS)):
            set_alt_text(item=item, language=make_language(tag), text=text, by=TEST, at=AT)
        return item

    def test_takes_it_over_in_the_language_of_the_words(self, picture):
        version = make_version(tag="en", title="The market")

        revision = save_words(
            version=version, by=make_person(), at=AT, words={"body": [block(picture.pk)]}
        )

        assert version.body[0].value["alt"] == STALLS
        assert STALLS in revision.content["body"]

    def test_what_a_subject_begins_with_is_told_too(self, picture):
        version = make_version(body=[block(picture.pk)])

        assert version.body[0].value["alt"] == MARKET
        [kept] = json.loads(version.latest_revision.content["body"])
        assert kept["value"]["alt"] == MARKET

    def test_many_that_begin_at_once_are_told_at_once(self, picture):
        first = FirstWords(make_language("vi"), "Chợ", "", [block(picture.pk)])
        person, unit = make_person(), make_unit()

        def begin(count):
            with CaptureQueriesContext(connection) as asked:
                begun = start_many(kind="work", unit=unit, words=[first] * count, by=person, at=AT)
            assert {each.body[0].value["alt"] for each in begun} == {MARKET}
            return len(asked)

        begin(1)  # what is kept in mind afterwards
        assert begin(1) == begin(30)

    def test_what_the_library_does_not_say_stays_empty(self, picture):
        version = make_version(tag="lo", title="ຕະຫຼາດ", body=[block(picture.pk), block(987_654)])

        assert [each.value["alt"] for each in version.body] == ["", ""]

    def test_what_was_saved_stays_when_the_library_says_something_else(self, picture):
        version = make_version(body=[block(picture.pk)])

        set_alt_text(item=picture, language=make_language("vi"), text="Lời khác", by=TEST, at=AT)

        assert LanguageVersion.objects.get(pk=version.pk).body[0].value["alt"] == MARKET

    def test_words_that_need_nothing_of_the_library_do_not_ask_it(self, picture):
        version, person = make_version(), make_person()

        def save(**more):
            body = [block(picture.pk, **more)]
            with CaptureQueriesContext(connection) as asked:
                save_words(version=version, by=person, at=AT, words={"body": body})
            return len(asked)

        save()  # what is kept in mind afterwards
        assert save() == save(alt="Của tác giả") + 2
