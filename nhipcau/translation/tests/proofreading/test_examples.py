"""Every listed check proves itself by its own examples."""

import importlib
from pathlib import Path

import pytest
from django.utils import translation

from nhipcau.translation.proofreading import Finding, Severity, proofreaders
from nhipcau.translation.proofreading.contract import GRAVITY

EXAMPLES = [
    pytest.param(reader, example, id=f"{reader.slug}-{number}")
    for reader in proofreaders()
    for number, example in enumerate([*reader.good, *reader.bad], 1)
]


@pytest.mark.parametrize(("reader", "example"), EXAMPLES)
def test_it_finds_what_the_example_names_and_nothing_else(reader, example):
    draft = example.draft()

    found = list(reader.inspect(draft))

    assert reader.applies(draft.kind, draft.language)
    assert tuple(finding.quotation for finding in found) == getattr(example, "finds", ())


@pytest.mark.parametrize(("reader", "example"), EXAMPLES)
def test_every_finding_says_a_whole_sentence_in_both_languages(reader, example):
    for finding in reader.inspect(example.draft()):
        with translation.override("en"):
            english = finding.sentence
        with translation.override("vi"):
            vietnamese = finding.sentence

        assert english.endswith((".", "?"))
        assert vietnamese.endswith((".", "?"))
        assert english != vietnamese
        assert GRAVITY[finding.severity] <= GRAVITY[reader.severity]
        assert Finding.from_json(finding.as_json()) == finding


@pytest.mark.parametrize("reader", proofreaders(), ids=lambda reader: reader.slug)
def test_it_explains_itself_and_has_both_kinds_of_examples(reader):
    for language in ("en", "vi"):
        with translation.override(language):
            assert str(reader.title)
            assert str(reader.explanation).endswith(".")
    assert reader.good
    assert reader.bad
    assert (reader.overruled_by is None) <= (reader.severity == Severity.NEVER_OVERRULED)


@pytest.mark.parametrize(("reader", "example"), EXAMPLES)
def test_the_words_quoted_stand_where_the_finding_says(reader, example):
    draft = example.draft()
    words = {(p.block, p.part): p.text for p in draft.passages}

    for finding in reader.inspect(draft):
        place = finding.place
        if place.end > place.start:
            there = " ".join(words[place.block, place.part][place.start : place.end].split())
            assert there.startswith(finding.quotation.rstrip("…"))


def test_the_page_that_lists_the_checks_is_as_the_classes_say(monkeypatch):
    root = Path(__file__).resolve().parents[4]
    monkeypatch.syspath_prepend(str(root / "tools"))
    page = importlib.import_module("proofreading").page()

    assert (root / "docs" / "proofreading.md").read_text() == page
    assert page.count("\n| ") == len(proofreaders()) + 2
