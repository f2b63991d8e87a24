"""Names of the shipped registry, as a draft would write them."""

from datetime import UTC, date, datetime

import pytest

from nhipcau.kernel.actor import Machine
from nhipcau.registry.actions.reference import load_reference_data
from nhipcau.registry.actions.usual_units import establish_usual_units
from nhipcau.registry.models import Area
from nhipcau.translation.proofreading import NameVerdict
from nhipcau.translation.proofreading.checks.names import Names
from nhipcau.translation.proofreading.examples import Good
from nhipcau.translation.proofreading.names_on_record import names_on_record

AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
NOW, THEN = date(2026, 11, 21), date(2024, 6, 1)
BY = Machine("names tests")


@pytest.fixture
def book(db):
    load_reference_data(by=BY, at=AT)
    province = Area.objects.get(key="tinh/lang-son")
    establish_usual_units(province=province, by=BY, at=AT)
    return names_on_record(scope=province.pk)


def found(book, words, today=NOW):
    draft = Good(words, context={"names": book, "today": today}).draft()
    return [(f.quotation, f.template.split("”")[1].strip()[:20]) for f in Names().inspect(draft)]


VERDICTS = [
    ("Sở Ngoại vụ", NOW, NameVerdict.KNOWN),
    ("Sở Văn hoá, Thể thao và Du lịch", NOW, NameVerdict.KNOWN),
    ("tỉnh Lạng Sơn", NOW, NameVerdict.KNOWN),
    ("Tỉnh Tuyên Quang", NOW, NameVerdict.KNOWN),
    ("tỉnh Hà Giang", THEN, NameVerdict.KNOWN),
    ("tỉnh Hà Giang", NOW, NameVerdict.FORMER),
    ("tỉnh Thừa Thiên Huế", NOW, NameVerdict.FORMER),
    ("Sở Thông tin và Truyền thông", THEN, NameVerdict.KNOWN),
    ("Sở Thông tin và Truyền thông", NOW, NameVerdict.FORMER),
    ("Sở NV", NOW, NameVerdict.AMBIGUOUS),
    ("Sở Thông tin và Truyền thôg", THEN, NameVerdict.MISSPELT),
    ("tỉnh Hà Tỉnh", NOW, NameVerdict.MISSPELT),
    ("Sở Mây Gió", NOW, NameVerdict.UNKNOWN),
    ("tỉnh Quảng Tây", NOW, NameVerdict.UNKNOWN),
]


def test_what_is_known_of_a_name_costs_no_query(book, django_assert_num_queries):
    with django_assert_num_queries(0):
        answers = [(name, day, book.look_up(name, on=day).verdict) for name, day, _ in VERDICTS]
        former = book.look_up("tỉnh Hà Giang", on=NOW)

    assert answers == VERDICTS
    assert former.right == ("Tỉnh Tuyên Quang",)
    assert former.until == date(2025, 7, 1)


def test_the_book_is_made_in_a_fixed_number_of_queries(book, django_assert_num_queries):
    with django_assert_num_queries(15):
        names_on_record()


def test_a_draft_is_read_with_the_names_of_its_day(book):
    words = (
        "Sở Ngoại vụ phối hợp với Sở Thông tin và Truyền thông tỉnh Hà Giang và Sở NV, "
        "Sở Văn hóa, Thể thao và Du lịch đã họp ở tỉnh Hà Tỉnh."
    )
    before = "Sở Thông tin và Truyền thông của tỉnh Hà Giang và huyện Văn Lãng."

    assert found(book, words) == [
        ("Sở Thông tin và Truyền thông tỉnh", "is a former name (un"),
        ("tỉnh Hà Giang", "is a former name (un"),
        ("Sở NV", "may be several: %(ri"),
        ("tỉnh Hà Tỉnh", "seems to be misspelt"),
    ]
    assert found(book, before, today=THEN) == []
    assert [name for name, _what in found(book, before)][:2] == [
        "Sở Thông tin và Truyền thông",
        "tỉnh Hà Giang",
    ]
