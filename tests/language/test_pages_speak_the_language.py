"""What people see went through gettext, and Vietnamese is known for it."""

import re

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from nhipcau.people.tests.factories import TEST
from tests.language.house import House
from tests.language.listening import (
    as_read,
    shows,
    the_language_of_developers,
    vocabulary,
    words_that_were_never_translated,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Sentences of a library that it gives no way to translate, with the page that shows them; a row's
# number stands as 1.
BEYOND_US = {  # Wagtail builds it from a field's name
    "/admin/reports/site-history/": {"Actions"},
    "/admin/works/words/history/1/": {"Actions"},
    "/admin/works/words/history/1/revisions/compare/earliest...latest/": {"Actions"},
}
# Words on a page that are nobody's sentence: names, formats, addresses.
DATA = {"wagtail", "docx", "xlsx", "pdf", "mb", "http", "testserver", "english", "mozilla"}
SECRET = re.compile(r"\b[A-Z2-7]{32}\b")  # of an authenticator, by chance


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker, tmp_path_factory):
    """(pages by address, what gettext was asked for, words of the data); one walk for all."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
        translation.override("vi"),
    ):
        house = House()
        with the_language_of_developers() as heard:
            pages = {address: SECRET.sub("", page) for address, page in house.walk()}
        data = vocabulary(house.texts()) | DATA
        transaction.set_rollback(True)
    return pages, heard, data


def test_no_sentence_on_a_page_lacks_its_vietnamese(walk):
    pages, heard, _data = walk
    read = {address: as_read(page) for address, page in pages.items()}

    missing = {
        sentence: next(address for address, page in read.items() if shows(page, sentence))
        for sentence in heard.untranslated
        if sentence != TEST.name  # a machine of these tests alone
        and any(shows(page, sentence) for page in read.values())
    }

    assert missing == {}, "Ours: just messages. A library's: nhipcau/locale_of_libraries."


def test_every_visible_word_has_gone_through_gettext(walk):
    pages, _heard, data = walk

    plain = {
        address: found
        for address, page in pages.items()
        if (
            found := words_that_were_never_translated(page, data=data)
            - BEYOND_US.get(re.sub(r"/\d+/", "/1/", address), set())
        )
    }

    assert plain == {}
