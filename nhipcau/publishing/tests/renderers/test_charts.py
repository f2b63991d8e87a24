"""Charts that do not mislead."""

from decimal import Decimal
from itertools import accumulate

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from nhipcau.paper.linebreaks import pieces
from nhipcau.publishing.renderers.charts import NotHonest, alternative, draw, shown
from nhipcau.publishing.renderers.charts.numbers import ticks
from nhipcau.publishing.renderers.charts.strokes import wrapped
from nhipcau.translation.manuscript import Chart, ChartKind, Series

SVG = {"s": "http://www.w3.org/2000/svg"}


def chart(kind, *rows, labels=("2023", "2024"), unit="lượt", source="Sở"):
    series = tuple(
        Series(f"S{n}", tuple(None if v is None else Decimal(str(v)) for v in row))
        for n, row in enumerate(rows)
    )
    return Chart(kind, "Khách", unit, source, labels, series)


def rectangles(drawing):
    root = etree.fromstring(drawing.svg)
    return [
        {name: float(node.get(name)) for name in ("x", "y", "width", "height")}
        for node in root.xpath("./s:rect", namespaces=SVG)
    ]


def words(drawing):
    return etree.fromstring(drawing.svg).xpath("//s:text/text()", namespaces=SVG)


def test_columns_are_as_high_as_their_numbers_say():
    small, large = rectangles(draw(chart(ChartKind.COLUMN, (100, 400)), "vi"))

    assert large["height"] == pytest.approx(4 * small["height"], rel=0.01)


def test_bars_are_as_long_as_their_numbers_say():
    small, large = rectangles(draw(chart(ChartKind.BAR, (98, 99)), "vi"))

    assert large["width"] / small["width"] == pytest.approx(99 / 98, rel=0.001)


@pytest.mark.parametrize("kind", [ChartKind.COLUMN, ChartKind.LINE])
def test_the_axis_starts_from_nought_though_all_numbers_are_large(kind):
    assert "0" in words(draw(chart(kind, (980, 990)), "vi"))


def test_a_gap_is_no_nought():
    drawing = draw(chart(ChartKind.COLUMN, (None, 400)), "vi")

    assert len(rectangles(drawing)) == 1
    assert "–" in words(drawing)


def test_a_line_breaks_at_a_gap():
    labels = ("1", "2", "3", "4")
    drawing = draw(chart(ChartKind.LINE, (1, None, 3, 4), labels=labels), "vi")

    [path] = etree.fromstring(drawing.svg).xpath(
        "./s:path[@stroke-linejoin='round']/@d", namespaces=SVG
    )
    assert path.count("M") == 2
    assert path.count("L") == 1


def test_series_differ_without_colour():
    drawing = draw(chart(ChartKind.COLUMN, (1, 2), (3, 4), (5, 6)), "vi", prefix="c")
    root = etree.fromstring(drawing.svg)

    fills = set(root.xpath("./s:rect/@fill", namespaces=SVG))
    assert fills == {"#23407a", "url(#c-1)", "url(#c-2)"}
    assert len(root.xpath("//s:pattern", namespaces=SVG)) == 2
    assert {"S0", "S1", "S2"} <= set(words(drawing))


def test_parts_of_a_whole_fill_it():
    drawing = draw(chart(ChartKind.SHARE, (25,), (75,), labels=("2024",)), "vi")
    _, _, quarter, rest = rectangles(drawing)

    assert rest["width"] == pytest.approx(3 * quarter["width"], rel=0.01)
    assert {"25%", "75%"} <= set(words(drawing))


def test_one_row_of_shares_is_one_whole():
    drawing = draw(chart(ChartKind.SHARE, (46, 24, 19, 11), labels=("A", "B", "C", "D")), "vi")

    assert {"46%", "24%", "19%", "11%", "A", "D"} <= set(words(drawing))
    assert "100%" not in words(drawing)


def test_one_row_of_many_shares_is_compared_by_length():
    labels = tuple("ABCDEF")
    drawing = draw(chart(ChartKind.SHARE, (30, 20, 20, 10, 10, 10), labels=labels), "vi")

    assert len(rectangles(drawing)) == len(labels)
    assert {"30", "10"} <= set(words(drawing))


@pytest.mark.parametrize(
    ("refused", "because"),
    [
        (chart(ChartKind.BAR), "no numbers"),
        (chart(ChartKind.BAR, (None, None)), "no numbers"),
        (chart(ChartKind.BAR, *[(1, 2)] * 6), "more series"),
        (chart(ChartKind.BAR, range(30), labels=("x",) * 30), "more places"),
        (chart(ChartKind.LINE, ("1e20", 1)), "too large"),
        (chart(ChartKind.SHARE, (-1, 2)), "negative"),
        (chart(ChartKind.SHARE, (None, 2)), "no number"),
        (chart(ChartKind.SHARE, (0, 2), (0, 1)), "add up to nothing"),
    ],
)
def test_what_cannot_be_drawn_honestly_is_refused(refused, because):
    with pytest.raises(NotHonest) as told, translation.override("en"):
        draw(refused, "vi")

    with translation.override("en"):
        assert because in str(told.value.reason)


def test_long_names_turn_columns_into_bars():
    names = ("Cửa khẩu quốc tế đường bộ", "Cửa khẩu chính", "Lối mở biên giới phía bắc") * 3
    drawing = draw(chart(ChartKind.COLUMN, range(1, 10), labels=names), "vi", width=400)

    tops = {round(rectangle["y"]) for rectangle in rectangles(drawing)}
    assert len(tops) == 9


def test_a_chart_in_words():
    words = alternative(chart(ChartKind.COLUMN, (1200, None)), "vi")

    assert (
        words == "Biểu đồ cột: Khách (lượt). S0 – 2023: 1.200; 2024: không có số liệu. Nguồn: Sở."
    )


def test_a_long_series_in_words_says_its_ends_and_extremes():
    labels = tuple(str(year) for year in range(2000, 2026))
    words = alternative(chart(ChartKind.LINE, range(5, 31), labels=labels), "en")

    assert "2000: 5 … 2025: 30; highest 2025: 30; lowest 2000: 5" in words


@pytest.mark.parametrize(
    ("number", "language", "text"),
    [
        ("1234.5", "vi", "1.234,5"),
        ("1234.5", "en", "1,234.5"),
        ("-2", "zh-Hans", "−2"),
        ("0.12345", "lo", "0,123"),
        ("1e300", "vi", "1,000E+300"),
        ("100", "vi", "100"),
    ],
)
def test_numbers_as_a_language_writes_them(number, language, text):
    assert shown(Decimal(number), language) == text


@given(
    st.decimals(-(10**9), 10**9, allow_nan=False, places=2),
    st.decimals(-(10**9), 10**9, allow_nan=False, places=2),
)
def test_an_axis_holds_nought_and_every_number(one, other):
    steps = ticks(min(one, other), max(one, other))

    assert Decimal(0) in steps
    assert steps[0] <= min(one, other) <= max(one, other) <= steps[-1]
    assert len(steps) <= 12


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(list(ChartKind)),
    st.lists(st.text(max_size=40), min_size=1, max_size=8),
    st.data(),
)
def test_whatever_is_drawn_is_a_picture_without_commands(kind, labels, data):
    values = st.none() | st.decimals(-(10**6), 10**6, allow_nan=False, places=3)
    rows = data.draw(
        st.lists(st.lists(values, min_size=len(labels), max_size=len(labels)), max_size=4)
    )
    drawn = Chart(
        kind, "t", data.draw(st.text(max_size=20)), "s", tuple(labels),
        tuple(Series(data.draw(st.text(max_size=20)), tuple(row)) for row in rows),
    )  # fmt: skip
    try:
        drawing = draw(drawn, "lo")
    except NotHonest:
        return

    root = etree.fromstring(drawing.svg)
    names = {etree.QName(node).localname for node in root.iter()}
    assert names <= {"svg", "defs", "pattern", "rect", "path", "circle", "line", "text"}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("lo", "ປະຊາຊົນຢູ່ຊາຍແດນສາມາດຊອກຫາຂໍ້ມູນ"),
        ("km", "ប្រជាពលរដ្ឋរស់នៅតាមព្រំដែនអាចស្វែងរកព័ត៌មាន"),
    ],
)
def test_names_without_spaces_break_between_words(language, name):
    lines = wrapped(name, language, size=13, room=80, most=9)

    ends = set(accumulate(len(piece) for piece in pieces(name, language)))
    assert len(lines) > 2
    assert "".join(lines) == name
    assert set(accumulate(len(line) for line in lines)) <= ends
    assert len(ends) < len(name) / 2  # there are places where a line may not end


def test_a_name_of_any_length_is_cut_to_its_room():
    [line] = wrapped("x" * 1_000_000, "vi", size=13, room=100, most=1)

    assert line.startswith("xxx")
    assert line.endswith("…")
    assert len(line) < 20
