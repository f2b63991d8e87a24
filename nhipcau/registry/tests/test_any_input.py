"""Whatever comes in: no exception but a refusal, and no answer that the words do not bear out."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.kernel.folding import unaccented
from nhipcau.registry.enums import Verdict
from nhipcau.registry.errors import WorkbookRefused
from nhipcau.registry.imports.unit_workbook import read_units, write_units
from nhipcau.registry.rules.citations import parsed
from nhipcau.registry.rules.naming import cleaned, folded_key, words_of
from nhipcau.registry.rules.resolution import NameIndex
from nhipcau.registry.rules.variants import KnownArea, KnownName, KnownUnit

NAMES = [
    "Sở Nội vụ",
    "Sở Ngoại vụ",
    "Sở Thông tin và Truyền thông",
    "Ủy ban nhân dân tỉnh Lạng Sơn",
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
]
INDEX = NameIndex.build(
    units=[KnownUnit(n, "department", name, 1) for n, name in enumerate(NAMES)],
    names=[KnownName(n, name) for n, name in enumerate(NAMES)],
    areas=[KnownArea(1, ("Tỉnh Lạng Sơn",))],
)
WORDS = sorted({word for name in NAMES for word in name.split()} | {"TT&TT", "NV", "UBND", "-"})


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)))
def test_a_settled_name_shares_its_letters_with_what_was_written(text):
    found = INDEX.resolve(text, on=date(2022, 1, 1), scope=1)

    if found.only is not None:
        written = words_of(cleaned(text))
        assert written[0].folded[0] == unaccented(found.only.matched)[0]
    if found.verdict == Verdict.AMBIGUOUS:
        assert len(found.candidates) > 1


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_one_letter_left_out_of_a_long_name_never_names_another_unit(name, data):
    position = data.draw(st.integers(0, len(name) - 1))

    found = INDEX.resolve(name[:position] + name[position + 1 :], on=date(2022, 1, 1), scope=1)

    assert found.only is None or found.only.matched == name


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_reading_a_number_is_total_and_its_key_reads_as_itself(text):
    citation = parsed(text)

    if citation is not None and citation.key:
        assert parsed(citation.key).key == citation.key


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_workbook_or_are_refused(data):
    with pytest.raises(WorkbookRefused):
        read_units(b"PK\x03\x04" + data)


@settings(max_examples=40, deadline=None)
@given(
    st.text(
        st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Cn", "Co"]), min_size=1, max_size=60
    ).filter(lambda text: folded_key(words_of(text)) and "'" not in text)
)
def test_a_name_comes_back_from_a_workbook_as_the_record_would_hold_it(name):
    (row,) = read_units(write_units([{"kind": "other", "name": name}]))

    assert row.problems == []
    assert unaccented(row.values["name"]) == unaccented(name)
