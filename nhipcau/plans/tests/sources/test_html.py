"""Web pages: what a browser would print, in the one fixed shape."""

import re

import pytest

from nhipcau.plans.reading.source import Format
from nhipcau.plans.reading.sources import load
from nhipcau.plans.reading.sources.notices import Notice


def text_of(markup):
    return re.sub("\n{2,}", "\n", load(f"<html><body>{markup}</body></html>".encode()).text)


def test_blocks_are_paragraphs_and_white_space_is_one_space():
    source = load(
        "<p>Kế\n  hoạch&nbsp; năm<div>Mục <b>đ</b>ậm</div>chữ trần<h2>Đề mục</h2>".encode()
    )

    assert source.text == "Kế hoạch năm\n\nMục đậm\n\nchữ trần\n\nĐề mục\n"
    assert (source.format, source.pages, source.notices) == (Format.HTML, None, ())


def test_line_breaks_stay_within_their_paragraph():
    assert load(b"<p>a<br> b <br/>c<p>d").text == "a\nb\nc\n\nd\n"


def test_preformatted_text_keeps_its_lines():
    assert text_of("<pre>a  b\nc</pre>") == "a b\nc\n"


def test_lists_are_numbered_as_a_browser_shows_them():
    markup = (
        "<ol><li>x<li>y</ol><ol start=4 type=a><li>x<li value=7>y<li>z</ol>"
        "<ol type=I reversed><li>x<li>y</ol><ol style='list-style-type: lower-roman'><li>x</ol>"
        "<ul><li>x<ol type=A><li>y</ol></ul><ul style='list-style:none'><li>z</ul>"
    )

    assert text_of(markup).split("\n")[:-1] == [
        *("1. x", "2. y", "d. x", "g. y", "h. z", "II. x", "I. y", "i. x", "- x", "A. y", "z"),
    ]


def test_only_the_first_paragraph_of_an_item_carries_its_number():
    assert text_of("<ol><li><p>a</p><p>b</p></li></ol>") == "1. a\nb\n"


def test_tables_print_merged_cells_once():
    markup = (
        "<table><thead><tr><th colspan=2>Chung<th>Cuối</thead>"
        "<tr><td rowspan=2>Dọc<td>a<br>b<td>c|d<tr><td><p>e<p>f<td>g</table>"
    )

    assert text_of(markup) == (
        "| Chung |  | Cuối |\n| Dọc | a\u2028b | c｜d |\n|  | e\u2028f | g |\n"
    )


def test_a_table_of_one_column_holds_paragraphs():
    assert text_of("<table><tr><td>a<tr><td>b</table>") == "a\nb\n"


def test_scripts_styles_and_hidden_parts_are_left_out():
    source = load(
        b"<html><head><title>t</title><style>s</style></head><body><script>x()</script>"
        b"<nav>menu</nav><p>a</p><p style='display: none'>h1</p><p hidden>h2</p>"
        b"<span style='mso-hide:all'>h3</span><del>d</del><ins>i</ins><button>b</button>"
    )

    assert source.text == "a\n\ni\n"
    assert source.notices == tuple(sorted((Notice.HIDDEN_TEXT, Notice.TRACKED_CHANGES)))


def test_footnotes_of_a_word_processor_become_notes():
    markup = (
        '<p>Một<a href="#_ftn1" name="_ftnref1">[1]</a> hai</p>'
        '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> lời chú</p></div>'
    )

    assert text_of(markup) == "Một[^1] hai\n[^1]: lời chú\n"


def test_raised_numbers_and_links():
    assert text_of("<p>10 km<sup>2</sup>, <a href='http://x'>Sở</a> A<sub>2</sub>") == (
        "10 km², Sở A2\n"
    )


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-16", "utf-16"),
        ("windows-1258", "utf-8"),
        (None, "utf-8"),
        (None, "utf-16-le"),
    ],
)
def test_the_charset_is_found(declared, encoding):
    meta = f"<meta charset={declared}>" if declared and declared != "windows-1258" else ""
    page = f"<html><head>{meta}</head><body><p>Kế hoạch đối ngoại năm 2026</p></body></html>"

    assert load(page.encode(encoding)).text == "Kế hoạch đối ngoại năm 2026\n"


def test_windows_1258_as_declared():
    page = "<html><meta charset='windows-1258'><p>Đô\u0323c lâ\u0323p"

    source = load(page.encode("cp1258"))

    assert source.text == "Đô\u0323c lâ\u0323p\n"
    assert source.notices == (Notice.WINDOWS_1258,)


def test_an_xhtml_page_is_a_page_and_entities_of_its_own_stay_unread():
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY f SYSTEM "/etc/passwd">]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Kế hoạch &f; x</p></body></html>'
    )

    text = load(page.encode()).text

    assert "root:" not in text
    assert "Kế hoạch" in text


def test_pictures_kept_in_the_page_do_not_count_as_text():
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 2_000_000

    source = load(f"<html><p>Kế hoạch<img src='{picture}'>".encode())

    assert source.text == "Kế hoạch\n"
    assert source.notices == (Notice.PICTURES,)


def test_text_with_a_tag_in_it_is_no_page():
    assert load(b"# Plan\n\n<sub>1</sub> text").format is Format.TEXT
