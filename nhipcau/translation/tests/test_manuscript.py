"""What the editor saves, read into a manuscript."""

import dataclasses
import json
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.translation.manuscript import (
    CallOut,
    CallOutKind,
    Chart,
    ChartKind,
    Entry,
    Facts,
    Figure,
    FileLink,
    Finding,
    FindingKind,
    Gallery,
    Heading,
    Item,
    Listing,
    Manuscript,
    MapFigure,
    Medium,
    Paragraph,
    Quote,
    Recording,
    RecordingKind,
    Run,
    Series,
    Table,
    Timeline,
    clean,
    from_body,
    plain_text,
    word_count,
)
from nhipcau.translation.manuscript.numbers import read_number
from nhipcau.translation.manuscript.sentences import SENTENCES, sentence

MEDIA = {
    ("picture", 7): Medium("pictures/7", "Chợ phiên", "Ảnh: Nông Văn An"),
    ("video", 3): Medium("video/3", "Phim", "", "Lời một\n\nLời hai", poster="p/3", seconds=60),
    ("audio", 4): Medium("audio/4", "Bản tin"),
    ("file", 5): Medium("files/5", "Mẫu đơn"),
}


def find(kind, number):
    return MEDIA.get((kind, number))


def read(*blocks, language="vi"):
    return from_body(list(blocks), find, language=language)


def read_text(html):
    return read({"type": "text", "value": html, "id": "a"})


def only(body):
    assert body.findings == ()
    [block] = body.blocks
    return block


def test_marked_words_become_runs():
    block = only(
        read_text(
            '<p data-block-key="x">Đến <b>cửa khẩu <i>Hữu\n Nghị</i></b> theo '
            '<a href="https://vi.example/a?b=1&amp;c=2">chỉ dẫn</a>, 5 m<sup>2</sup>, '
            'H<sub>2</sub>O, <span lang="zh-Hans">友谊关</span>.<br/>Hết.</p>'
        )
    )

    assert block == Paragraph(
        (
            Run("Đến "),
            Run("cửa khẩu ", bold=True),
            Run("Hữu Nghị", bold=True, italic=True),
            Run(" theo "),
            Run("chỉ dẫn", link="https://vi.example/a?b=1&c=2"),
            Run(", 5 m"),
            Run("2", raised="sup"),
            Run(", H"),
            Run("2", raised="sub"),
            Run("O, "),
            Run("友谊关", language="zh-Hans"),
            Run(".\nHết."),
        )
    )


def test_lists_keep_their_order_and_nesting():
    block = only(
        read_text("<ol><li>Một<ul><li>a</li><li>b</li></ul></li><li><p>Hai</p><p>ba</p></li></ol>")
    )

    inner = Listing(ordered=False, items=(Item((Run("a"),)), Item((Run("b"),))))
    assert block == Listing(
        ordered=True, items=(Item((Run("Một"),), (inner,)), Item((Run("Hai\nba"),)))
    )


def test_words_outside_of_any_paragraph_are_kept_in_order():
    body = read_text("trước<p>giữa</p>sau<li>mục</li></ul>cuối")

    assert plain_text(manuscript(*body.blocks)).splitlines() == [
        "trước",
        "giữa",
        "sau",
        "mục",
        "cuối",
    ]


@pytest.mark.parametrize(
    ("html", "kind", "shown", "words"),
    [
        ("<p>a <marquee>b</marquee></p>", "unknown_tag", "<marquee>", "a b"),
        ("<p>a<script>alert(1)</script>b</p>", "dropped_markup", "alert(1)", "ab"),
        ("<p>a<!-- ghi chú -->b</p>", "dropped_markup", "ghi chú", "ab"),
        ('<p><a href="javascript:x()">a</a></p>', "unsafe_link", "javascript:x()", "a"),
        ('<p><a href="//evil.example">a</a></p>', "unsafe_link", "//evil.example", "a"),
        ('<p><a linktype="page" id="4">a</a></p>', "unsafe_link", "linktype=page id=4", "a"),
        ("<p>a\u202eb\u2066c</p>", "direction_mark", "text", "abc"),
    ],
)
def test_what_is_not_taken_over_is_found_and_its_words_stay(html, kind, shown, words):
    body = read_text(html)

    assert body.findings == (Finding(FindingKind(kind), 0, shown),)
    assert plain_text(manuscript(*body.blocks)) == words


def test_a_broken_address_does_not_take_the_words_with_it():
    body = read_text("<p>a <a>b</a> c</p>")

    assert body.findings == ()
    assert body.blocks == (Paragraph((Run("a b c"),)),)


def test_every_block_of_the_editor_is_read():
    body = read(
        {"type": "heading", "value": {"text": " Đi  chợ ", "level": "3"}},
        {"type": "quote", "value": {"text": "Một\nHai", "who": "Bà Lan", "source": "Báo"}},
        {"type": "picture", "value": {"picture": 7, "alt": "Chợ", "decorative": False, "caption": "C"}},
        {
            "type": "gallery",
            "value": {
                "title": "Ảnh",
                "pictures": [
                    {"type": "item", "id": "1", "value": {"picture": 7, "alt": "A"}},
                    {"picture": 7, "decorative": True},
                ],
            },
        },
        {
            "type": "table",
            "value": {
                "caption": "Giờ",
                "columns": [{"type": "text", "heading": "Ngày"}, {"type": "number", "heading": "Số"}],
                "rows": [{"values": ["Thứ hai", 12]}, {"values": ["", None]}],
            },
        },
        {"type": "video", "value": {"video": 3, "caption": "Phim ngắn"}},
        {"type": "audio", "value": {"audio": 4, "caption": ""}},
        {"type": "file", "value": {"file": 5, "title": ""}},
        {"type": "map", "value": {"picture": 7, "alt": "B", "source": "Sở", "areas": "Đồng Đăng\nTân Thanh"}},
        {"type": "timeline", "value": {"title": "Mốc", "entries": [{"when": "2020", "what": "Mở"}]}},
        {"type": "call_out", "value": {"kind": "warning", "title": "Chú ý", "text": "<p>Nguy hiểm</p>"}},
        {"type": "facts", "value": {"title": "Số", "rows": [{"label": "Xã", "value": "65"}]}},
        {
            "type": "chart",
            "value": {
                "kind": "column", "title": "Khách", "unit": "lượt", "source": "Sở", "columns": ["2023", "2024"],
                "rows": [{"label": "Trong nước", "values": ["1.234,5", 7]}],
            },
        },
    )  # fmt: skip

    figure = Figure("pictures/7", "Chợ", caption="C", credit="Ảnh: Nông Văn An")
    assert body.findings == ()
    assert body.blocks == (
        Heading(3, "Đi chợ"),
        Quote((Paragraph((Run("Một"),)), Paragraph((Run("Hai"),))), "Bà Lan", "Báo"),
        figure,
        Gallery(
            "Ảnh",
            (
                dataclasses.replace(figure, alt="A", caption=""),
                dataclasses.replace(figure, alt="", decorative=True, caption=""),
            ),
        ),
        Table("Giờ", ("Ngày", "Số"), (((Run("Thứ hai"),), (Run("12"),)), ((), ())), frozenset({1})),
        Recording(
            RecordingKind.VIDEO,
            "video/3",
            "Phim",
            (Paragraph((Run("Lời một"),)), Paragraph((Run("Lời hai"),))),
            "Phim ngắn",
            poster="p/3",
            seconds=60,
        ),
        Recording(RecordingKind.AUDIO, "audio/4", "Bản tin"),
        FileLink("files/5", "Mẫu đơn"),
        MapFigure(
            dataclasses.replace(figure, alt="B", caption=""), ("Đồng Đăng", "Tân Thanh"), "Sở"
        ),
        Timeline("Mốc", (Entry("2020", "Mở"),)),
        CallOut(CallOutKind.WARNING, "Chú ý", (Paragraph((Run("Nguy hiểm"),)),)),
        Facts("Số", body.blocks[-2].rows),
        Chart(
            ChartKind.COLUMN,
            "Khách",
            "lượt",
            "Sở",
            ("2023", "2024"),
            (Series("Trong nước", (Decimal("1234.5"), Decimal(7))),),
        ),
    )


def test_an_unknown_block_keeps_its_words():
    body = read({"type": "carousel", "value": {"slides": [{"words": "Một"}, "Hai"]}})

    assert body.findings == (Finding(FindingKind.UNKNOWN_BLOCK, 0, "carousel"),)
    assert body.blocks == (Paragraph((Run("Một"),)), Paragraph((Run("Hai"),)))


@pytest.mark.parametrize(
    "block",
    [
        {"type": "heading", "value": "Chữ"},
        {"type": "text", "value": {"a": "Chữ"}},
        {"type": "call_out", "value": {"kind": "gossip", "title": "Chữ"}},
        {"type": "chart", "value": {"kind": ["pie"], "title": "Chữ"}},
        {"type": "picture", "value": {"picture": "seven", "caption": "Chữ"}},
        {"type": "table", "value": {"columns": "Chữ"}},
        ["Chữ"],
        {"value": "Chữ"},
    ],
)
def test_a_block_of_a_wrong_shape_keeps_its_words(block):
    body = read(block)

    assert [finding.kind for finding in body.findings] == [FindingKind.BROKEN_BLOCK]
    assert "Chữ" in plain_text(manuscript(*body.blocks))


def test_a_picture_that_is_gone_leaves_its_caption_and_a_finding():
    body = read({"type": "picture", "value": {"picture": 99, "alt": "A", "caption": "C"}})

    assert body.findings == (Finding(FindingKind.MISSING_MEDIUM, 0, "picture 99"),)
    assert body.blocks == (Figure("", "A", caption="C"),)


def test_a_chart_shows_a_gap_where_there_is_no_number():
    body = read(
        {
            "type": "chart",
            "value": {
                "kind": "line",
                "columns": ["1", "2"],
                "rows": [
                    {"label": "a", "values": ["nhiều", ""]},
                    {"label": "b", "values": [1, 2, 3]},
                ],
            },
        }
    )

    assert body.findings == (
        Finding(FindingKind.UNREADABLE_NUMBER, 0, "nhiều"),
        Finding(FindingKind.UNEVEN_ROWS, 0, ""),
    )
    [chart] = body.blocks
    assert chart.labels == ("1", "2", "")
    assert chart.series == (
        Series("a", (None, None, None)),
        Series("b", (Decimal(1), Decimal(2), Decimal(3))),
    )


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("1.234,5", "vi", "1234.5"),
        ("1.234", "vi", "1234"),
        ("12.5", "vi", "12.5"),
        ("1,234.5", "en", "1234.5"),
        ("1,234", "zh-Hans", "1234"),
        ("12,5", "en", "12.5"),
        ("-3", "vi", "-3"),
        ("−3,25", "vi", "-3.25"),
        ("1 234 567", "fr", "1234567"),
        (2.5, "vi", "2.5"),
        ("NaN", "vi", None),
        (float("inf"), "vi", None),
        ("1,2,3", "vi", None),
        ("", "vi", None),
        (True, "vi", None),
        ("9" * 40, "vi", None),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(typed, language, number):
    assert read_number(typed, language) == (None if number is None else Decimal(number))


def test_lists_beyond_a_page_s_depth_are_joined():
    body = read_text("<ul><li>x" * 5000 + "cuối")

    assert [finding.kind for finding in body.findings] == [FindingKind.TOO_DEEP]
    assert plain_text(manuscript(*body.blocks)).count("x") == 5000


@pytest.mark.survey
@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 300_000 + "cuối",
        "<p>" + "chữ " * 500_000 + "cuối</p>",
        "<p>chữ <b>đậm</b></p>" * 80_000 + "<p>cuối</p>",
        "<!--" * 300_000 + "-->cuối",
        "</b>" * 300_000 + "cuối",
        "<ul>" * 200_000 + "cuối",
    ],
)
def test_two_million_characters_take_seconds_not_minutes(html):
    before = time.process_time()

    body = read_text(html)

    assert plain_text(manuscript(*body.blocks)).endswith("cuối")
    assert time.process_time() - before < 20


def test_controls_never_reach_a_page():
    assert clean("a\x00b\x1bc\ufffe\u200fd\r\ne\tf\ud800") == "abcd\ne f"
    assert clean("e\u0302\u0301") == "ế"


NAMES = ["type", "value", "text", "level", "picture", "pictures", "rows", "values", "columns"]
NAMES_OF_BLOCKS = ["text", "heading", "quote", "picture", "gallery", "table", "video", "audio"]
NAMES_OF_BLOCKS += ["file", "map", "timeline", "call_out", "facts", "chart"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(NAMES) | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
block_types = st.sampled_from([*NAMES_OF_BLOCKS, "x"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.fixed_dictionaries({"type": block_types, "value": json_values}), max_size=3))
def test_whatever_was_saved_something_readable_comes_out(raw):
    body = from_body(json.loads(json.dumps(raw)), find)

    plain_text(manuscript(*body.blocks))
    assert all(sentence(finding) for finding in body.findings)


def test_every_finding_has_its_sentence():
    assert set(SENTENCES) == set(FindingKind)


def test_words_are_counted_in_every_script():
    assert word_count("Lễ hội – mùa xuân 2026!") == 5
    assert word_count("边境集市 2026") == 5
    assert word_count("ຊາຍແດນລາວ") == 2
    assert word_count("នៅតាមព្រំដែន 2026") == 4
    assert word_count("") == 0


def manuscript(*blocks):
    return Manuscript("vi", "Latn", "", "", blocks, "UBND")
