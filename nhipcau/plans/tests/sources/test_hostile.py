"""Bad input: each file refused for its own reason, in one sentence of each language."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.limits import Limits
from nhipcau.plans.reading.source import Source
from nhipcau.plans.reading.sources import FORMATS, load, refusals
from nhipcau.plans.tests.sources.hostile import MORE_KINDS, REFUSED, WRONG_KINDS
from nhipcau.plans.tests.sources.making import p, word, word_parts, zipped

ONE_SENTENCE = re.compile(r"[^\W\d_][^\n]*[^.!?\n]\.")
FILE_NAMES = re.compile(r"\.(?:docx?|pdf|html|txt|md|odt|rtf|mht)\b")


def says_one_sentence(refusal):
    for sentence in (refusal.vi, refusal.en):
        bare = FILE_NAMES.sub("", sentence)
        assert ONE_SENTENCE.fullmatch(bare), sentence
        assert not re.search(r"[.!?] ", bare), sentence
    assert refusal.vi != refusal.en
    return True


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_for_its_reason(name):
    make, reason = REFUSED[name]

    with pytest.raises(NotReadable) as refused:
        load(make(), name="ke-hoach.docx")

    assert refused.value.reason is reason
    assert says_one_sentence(refused.value)


@pytest.mark.parametrize("kind", refusals.KINDS)
def test_another_kind_of_file_is_named_whatever_it_is_called(kind):
    with pytest.raises(NotReadable) as refused:
        load(WRONG_KINDS[kind](), name="ke-hoach.docx")

    expected = refusals.wrong_kind(kind)
    assert refused.value.reason is Refusal.WRONG_KIND
    assert (refused.value.vi, refused.value.en) == (expected.vi, expected.en)
    assert says_one_sentence(refused.value)


@pytest.mark.parametrize("name", MORE_KINDS)
def test_every_make_of_a_kind_is_told(name):
    make, kind = MORE_KINDS[name]

    with pytest.raises(NotReadable) as refused:
        load(make(), name="ke-hoach.pdf")

    assert refused.value.en == refusals.wrong_kind(kind).en


@pytest.mark.parametrize(
    "refusal",
    [
        refusals.empty(),
        refusals.too_large(Limits()),
        refusals.too_long(),
        refusals.encrypted(),
        refusals.damaged(),
        refusals.bomb(),
        refusals.unknown_format(),
        refusals.scan(),
        refusals.too_slow(Limits(seconds=1.5)),
    ],
    ids=lambda refusal: refusal.reason.value,
)
def test_every_refusal_is_one_sentence_in_both_languages(refusal):
    assert says_one_sentence(refusal)


def test_more_bytes_or_letters_than_the_limit_are_refused_as_too_large():
    small = Limits(bytes=1000, characters=100)

    for data in (b"x" * 1001, b"x " * 60, word(p("x " * 60)), b"<p>" + b"x " * 60):
        with pytest.raises(NotReadable) as refused:
            load(data, limits=small if len(data) < 1000 else Limits(bytes=1000))
        assert refused.value.reason is Refusal.TOO_LARGE


def test_names_that_climb_out_of_the_archive_are_only_names():
    parts = {**word_parts(p("Kế hoạch")), "../../../../etc/cron.d/x": "x", "/etc/passwd": "x"}

    assert load(zipped(parts)).text == "Kế hoạch\n"


def test_relations_to_the_network_are_never_followed():
    parts = word_parts(p("Kế hoạch"))
    parts["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://x/styles" Target="http://127.0.0.1:9/x" '
        'TargetMode="External"/></Relationships>'
    )

    assert load(zipped(parts)).text == "Kế hoạch\n"


def test_absurd_spans_of_cells_do_not_grow_the_text():
    wide = '<w:tcPr><w:gridSpan w:val="2000"/></w:tcPr>'
    row = f"<w:tr><w:tc>{wide}{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    html = b"<table><tr><td colspan=999999 rowspan=999999>a<td>b<tr><td>c<td>d</table>"

    assert len(load(word(f"<w:tbl>{row * 2}</w:tbl>")).text) < 1000
    assert len(load(html).text) < 10_000


def outcome(data):
    try:
        return load(data)
    except NotReadable as refusal:
        return refusal


SEEDS = [word(p("Kế hoạch")), b"<html><body><table><tr><td>a<td>b</table>", b"%PDF-1.4\n1 0 obj"]


@settings(max_examples=150, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=3000),
        st.builds(bytes.__add__, st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"<html>"]),
                  st.binary(max_size=500)),
        st.text(max_size=500).map(str.encode),
    )
)  # fmt: skip
def test_any_bytes_give_a_text_or_a_refusal(data):
    result = outcome(data)

    assert isinstance(result, Source) or says_one_sentence(result)


@settings(max_examples=150, deadline=None)
@given(seed=st.sampled_from(SEEDS), place=st.integers(0, 4000), piece=st.binary(max_size=8))
def test_a_damaged_file_gives_a_text_or_a_refusal(seed, place, piece):
    place %= len(seed)
    result = outcome(seed[:place] + piece + seed[place + len(piece) :])

    assert isinstance(result, Source) or says_one_sentence(result)


def test_every_listed_format_has_its_contract():
    from nhipcau.plans.reading.sources import loader

    for name, signs in FORMATS:
        module = loader(name)
        assert name == module.FORMAT
        assert all(isinstance(sign, bytes) for sign in signs)
        assert module.recognises(b"\x89PNG\r\n\x1a\n" + bytes(range(256))) is False
    assert FORMATS[-1] == ("text", ())
