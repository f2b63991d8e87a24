"""What stands in the catalogues, beside what the house and its libraries say."""

import json
import re
from pathlib import Path

import allauth
import django
import polib
import pytest
import wagtail

from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_user

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ROOT / "nhipcau/locale/vi/LC_MESSAGES/django.po"
LIBRARIES = ROOT / "nhipcau/locale_of_libraries/vi/LC_MESSAGES/django.po"
SCRIPTS = LIBRARIES.with_name("djangojs.po")
GLOSSARY_ROW = re.compile(r"^\| ([^|*]+) \| ([^|*]+) \| [^|]+ \|$", re.MULTILINE)


def sources(path):
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}


@pytest.fixture(scope="module")
def said_by_libraries():
    """Every sentence that Wagtail, allauth or Django has for translators."""
    found = set()
    # allauth ships no English catalogue; its German one holds every sentence.
    for library, code in ((wagtail, "en"), (allauth, "de"), (django, "en")):
        home = Path(library.__file__).parent
        for path in home.rglob(f"locale/{code}/LC_MESSAGES/django*.po"):
            found |= sources(path)
    return found


def test_what_we_say_for_libraries_is_still_said_by_them(said_by_libraries):
    ours = sources(LIBRARIES) | sources(SCRIPTS)

    assert sorted(text for _context, text in ours - said_by_libraries) == []


@pytest.mark.django_db
def test_the_scripts_of_the_desk_are_told_every_sentence_in_vietnamese(client):
    client.force_login(make_user(Role.PLANNER))
    catalogue = Path(wagtail.__file__).parent / "admin/locale/en/LC_MESSAGES/djangojs.po"
    answer = client.get("/admin/jsi18n/", headers={"accept": "application/json"})
    known = json.loads(re.search(r"newcatalog = (\{.*?\});", answer.content.decode(), re.DOTALL)[1])

    missing = {entry.msgid for entry in polib.pofile(str(catalogue)) if entry.msgid not in known}

    assert known["Main menu"] == "Trình đơn chính"
    assert missing == set()


def test_no_sentence_stands_in_both_catalogues():
    assert sources(OURS) & sources(LIBRARIES) == set()


def test_the_interface_calls_things_as_the_glossary_does():
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    terms = {
        english.strip().casefold(): {each.strip().casefold() for each in vietnamese.split(",")}
        | {vietnamese.strip().casefold()}
        for english, vietnamese in GLOSSARY_ROW.findall(glossary)
    }
    entries = [entry for entry in polib.pofile(str(OURS)) if not entry.msgctxt]
    compared = {
        entry.msgid: entry.msgstr
        for entry in entries
        if entry.msgid.casefold() in terms and not entry.msgid_plural
    }

    assert {"Planner", "Unit", "Task", "Lead", "document"} <= set(compared)
    assert {
        source: said
        for source, said in compared.items()
        if said.casefold() not in terms[source.casefold()]
    } == {}
