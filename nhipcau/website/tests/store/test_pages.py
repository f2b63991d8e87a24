import gzip
from datetime import UTC, datetime, timedelta

import brotli
import pytest

from nhipcau.website.store.negotiation import encoding_for, is_unchanged
from nhipcau.website.store.pages import DamagedHead, Head, Page, own_headers

AT = datetime(2026, 11, 29, 12, 0, 0, 500_000, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
BODY = ("<p>Chợ họp ngày mồng hai và mồng bảy âm lịch.</p>" * 50).encode()
OFFERED = ("br", "gzip", "")


def test_a_page_is_packed_once_and_unpacks_to_itself():
    page = Page(200, HTML, BODY, AT)

    assert brotli.decompress(page.packed["br"]) == BODY
    assert gzip.decompress(page.packed["gzip"]) == BODY
    assert len(page.packed["br"]) < len(page.packed["gzip"]) < len(BODY)
    assert list(page.packed) == ["br", "gzip", ""]


def test_what_packing_makes_no_smaller_is_sent_as_it_is():
    assert list(Page(200, HTML, b"ngan", AT).packed) == [""]


def test_the_same_page_is_the_same_bytes_in_every_process():
    assert Page(200, HTML, BODY, AT).packed == Page(200, HTML, BODY, AT).packed
    assert Page(200, HTML, BODY, AT).digest == Page(200, HTML, BODY, AT + timedelta(1)).digest
    assert Page(200, HTML, BODY, AT).digest != Page(410, HTML, BODY, AT).digest


def test_the_order_of_a_policy_is_no_change():
    one = own_headers({"Content-Security-Policy": "img-src 'self'; default-src 'self'"})
    two = own_headers({"Content-Security-Policy": "default-src 'self'; img-src 'self'"})

    assert one == two


def test_what_every_answer_has_anew_is_no_part_of_a_page():
    kept = own_headers(
        {"ETag": "1", "X-Request-ID": "2", "Set-Cookie": "3", "X-Frame-Options": "4"}
    )

    assert kept == (("X-Frame-Options", "4"),)


def test_a_head_comes_back_as_it_was():
    head = Page(200, HTML, BODY, AT).head

    assert Head.from_bytes(head.as_bytes()) == head


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        Page(200, HTML, BODY, AT).head.as_bytes()[:-5],
        Page(200, HTML, BODY, AT).head.as_bytes().replace(b'"status": 200', b'"status": 500'),
        Page(200, HTML, BODY, AT).head.as_bytes().replace(b'"digest": "', b'"digest": "../'),
    ],
)
def test_a_damaged_head_is_no_head(words):
    with pytest.raises(DamagedHead):
        Head.from_bytes(words)


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("br;q=viel", ""),
        (";;;,,,", ""),
        ("br," * 1000, ""),
    ],
)
def test_the_reader_says_how_it_may_be_packed(accepted, best):
    assert encoding_for(accepted, OFFERED) == best


@pytest.mark.parametrize(
    ("none_match", "modified_since", "unchanged"),
    [
        ('"abc"', "", True),
        ('W/"abc-br"', "", True),
        ('"x", "abc-gz"', "", True),
        ("*", "", True),
        ('"abcd"', "", False),
        ('"x"', "Sun, 29 Nov 2026 12:00:00 GMT", False),  # the tag wins over the date
        ("", "Sun, 29 Nov 2026 12:00:00 GMT", True),
        ("", "Sun, 29 Nov 2026 11:59:59 GMT", False),
        ("", "gestern", False),
        ("", "Sun, 29 Nov 99999999 12:00:00 GMT", False),
        ("," * 2000, "", False),
        ("", "", False),
    ],
)
def test_what_the_reader_has_is_not_sent_again(none_match, modified_since, unchanged):
    told = is_unchanged("abc", AT, none_match=none_match, modified_since=modified_since)

    assert told is unchanged
