from datetime import UTC, datetime
from pathlib import Path

import polib
import pytest
from django.utils.translation import override

from nhipcau.audit import checks
from nhipcau.audit.models import Entry
from nhipcau.audit.sentences import sentence_of, sentences

CATALOGUE = polib.pofile(str(Path(checks.ROOMS) / "locale/vi/LC_MESSAGES/django.po"))
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def line(event, **more):
    told = {"by_key": "person:1", "by_name": "Đặng Thị Lan", "target_name": "KH 100% 2026"}
    return Entry(at=NOON, event=event, **told | more)


def test_every_event_of_the_house_has_a_sentence():
    assert len(checks.events_in_the_code()) > 40
    assert checks.every_event_has_a_sentence() == []


def test_an_event_without_a_sentence_is_found(settings):
    settings.DIARY_SENTENCES = [
        path for path in settings.DIARY_SENTENCES if not path.startswith("nhipcau.outbox")
    ]

    found = checks.every_event_has_a_sentence()

    assert {warning.id for warning in found} == {"audit.W001"}
    assert any("“outbox.handover.dropped”" in warning.msg for warning in found)


@pytest.mark.parametrize("event", sorted(sentences()))
def test_every_sentence_names_who_and_can_be_filled(event):
    told = sentence_of(line(event))

    assert told.startswith("Đặng Thị Lan ")
    assert "%(" not in told
    assert told.endswith(".")


@pytest.mark.parametrize("event", sorted(sentences()))
def test_every_sentence_is_told_in_vietnamese_too(event):
    english = str(sentences()[event])

    vietnamese = CATALOGUE.find(english).msgstr

    assert vietnamese.startswith("%(who)s ")
    assert ("%(what)s" in english) == ("%(what)s" in vietnamese)


def test_an_event_that_nobody_explains_is_named_as_it_is():
    assert sentence_of(line("old.thing.done")) == "Đặng Thị Lan: old.thing.done, KH 100% 2026"


def test_a_job_of_the_house_is_called_in_the_reader_s_language():
    made = line("publishing.form.made", by_key="machine:typesetter", by_name="typesetter")

    with override("vi"):
        assert sentence_of(made).startswith("Bộ dàn trang đã tạo bản thể hiện")
    with override("en"):
        assert sentence_of(made).startswith("Typesetter ")
