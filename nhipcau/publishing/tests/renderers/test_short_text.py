"""Messages counted as networks charge them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.publishing.renderers import renderer
from nhipcau.publishing.renderers.errors import NothingToShow
from nhipcau.publishing.renderers.short_text.messages import (
    ROOM,
    Encoding,
    message,
    without_accents,
)
from nhipcau.publishing.tests import specimens


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("a" * 160, "gsm-7", 160, 1),
        ("a" * 161, "gsm-7", 161, 2),
        ("a" * 306, "gsm-7", 306, 2),
        ("a" * 307, "gsm-7", 307, 3),
        ("€" * 80, "gsm-7", 160, 1),
        ("€" * 81, "gsm-7", 162, 2),
        ("ế" * 70, "ucs-2", 70, 1),
        ("ế" * 71, "ucs-2", 71, 2),
        ("ế" * 134, "ucs-2", 134, 2),
        ("ế" * 135, "ucs-2", 135, 3),
        ("\U0001f600" * 35, "ucs-2", 70, 1),
        ("\U0001f600" * 36, "ucs-2", 72, 2),
        ("à", "gsm-7", 1, 1),
        ("á", "ucs-2", 1, 1),
        ("", "gsm-7", 0, 0),
    ],
)
def test_units_and_parts(text, encoding, units, parts):
    sent = message(text)

    assert (sent.encoding, sent.units, len(sent.parts)) == (encoding, units, parts)


@given(st.text(max_size=600))
def test_parts_are_the_text_and_none_is_too_long(text):
    sent = message(text)

    assert "".join(sent.parts) == text
    single, each = ROOM[sent.encoding]
    for part in sent.parts:
        units = (
            message(part).units
            if sent.encoding == Encoding.GSM_7
            else len(part.encode("utf-16-le", "surrogatepass")) // 2
        )
        assert units <= (single if len(sent.parts) == 1 else each)


def test_a_letter_of_two_units_is_never_cut():
    sent = message("a" * 152 + "€" + "b" * 20)

    assert sent.parts[0] == "a" * 152
    assert sent.parts[1].startswith("€")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đường đến Đồng Đăng – “cửa khẩu”…", 'Duong den Dong Dang - "cua khau"...'),
        ("5.400 m²", "5.400 m2"),
        ("边境", None),
        ("ຊາຍແດນ", None),
    ],
)
def test_the_unaccented_form(text, plain):
    assert without_accents(text) == plain


def test_the_unaccented_form_is_offered_and_never_takes_the_place():
    rendered = renderer("short-text").render(
        (specimens.vietnamese(),), specimens.Shelf(), specimens.options()
    )

    whole, plain = rendered.files
    assert whole.role == ""
    assert "Đi chợ phiên" in whole.content.decode()
    assert whole.content.decode().startswith("Ủy ban nhân dân tỉnh Mẫu Sơn:")
    assert whole.content.decode().endswith("thongtin.tinhmau.example/x7k2m9")
    assert plain.role == "unaccented"
    assert "Di cho phien" in plain.content.decode()
    assert rendered.measures["parts"] == 2
    assert rendered.measures["unaccented_parts"] == 1


def test_a_long_title_is_cut_and_keeps_the_address():
    source = replace(specimens.vietnamese(), title="Tên dài " * 500)
    rendered = renderer("short-text").render((source,), specimens.Shelf(), specimens.options())

    assert rendered.measures["parts"] == 3
    assert rendered.files[0].content.decode().endswith("… thongtin.tinhmau.example/x7k2m9")
    assert rendered.findings[0].kind.value == "shortened"


def test_nothing_to_say_is_refused():
    with pytest.raises(NothingToShow):
        renderer("short-text").render((specimens.empty(),), specimens.Shelf(), specimens.options())
