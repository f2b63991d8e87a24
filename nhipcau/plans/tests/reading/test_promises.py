"""What holds for every text: nothing invented, work in proportion to length, never a crash."""

import io
import json
import re
import sys
import unicodedata
from html import escape
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.plans.reading import Format, NotReadable, Source, read
from nhipcau.plans.reading.normalise import normalise
from nhipcau.plans.reading.sources import load
from nhipcau.plans.tests.reading.documents import CLOSING, HEAD, PURPOSE, plan
from nhipcau.plans.tests.sources import same_plan

CORPUS = sorted(
    path
    for path in (Path(__file__).parents[1] / "corpus").glob("[abc]/*")
    if path.suffix in {".txt", ".md"}
)
NOISE = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        "**",
        "| ",
        "\x0c",
        "1. ",
        "II. ",
        "a) ",
        "- ",
        "Số: /",
        "ngày ",
        "(",
        ")",
        ";",
        ":",
        "<br>",
        "ﬁ",
        "e\u0301",
        "Nơi nhận:",
        "Đơn vị chủ trì: ",
        "\u200b",
    ]
)


def words_of(text: str) -> str:
    return " ".join(text.split())


def letters_of(text: str) -> str:
    """What is left of a text when only letters and figures count."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return "".join(letter for letter in composed if letter.isalnum())


def references(reading):
    yield from (*reading.legal_bases, *reading.nested_references, *reading.footnote_references)


def values(reading):
    """Every raw value with a place."""
    coded = (reading.doc_type, reading.date, reading.incoming_stamp)
    yield from (one.words for one in coded if one)
    alone = (
        *(reading.title, reading.issuing_body, reading.parent_body, reading.number),
        *(reading.place, reading.signer_name, reading.signer_title, reading.draft_mark),
    )
    yield from (one for one in alone if one)
    yield from (*reading.recipients, *reading.funding_sources, *reading.signing_authority)
    yield from reading.addressees
    yield from (section.title for section in reading.sections)
    yield from (reference.words for reference in references(reading))
    for duty in reading.responsibilities:
        yield from (duty.unit, *duty.units, *duty.duties)
    for owed in reading.reporting_duties:
        yield from (owed.words, *owed.to)
        yield from (one for one in (owed.who, owed.deadline) if one)
    for task in (*reading.tasks, *reading.annex_tasks):
        yield from values_of_task(task)


def values_of_task(task):
    yield from (task.title, *task.lead_units, *task.coordinating_units, *task.implementing_units)
    yield from (*task.actors, *task.audiences)
    if task.timing is not None:
        yield task.timing.words
    for made in task.products:
        yield from (made.words, *(quantity.words for quantity in made.quantities))
    for item in task.items:
        yield from (item.words, *item.actors)
    yield from (target.words for target in task.targets)


def said_at(reading, words):
    """What stands at the places of some words."""
    return " ".join(
        words_of(reading.text[one.start : one.end]) for one in (words.span, *words.also)
    )


def assert_nothing_is_invented(reading):
    for words in values(reading):
        assert words_of(words.text) == words_of(said_at(reading, words)), words
        assert 0 < words.confidence <= 1
    if reading.symbol is not None:  # "KH- UBND" is a slip of the typist: a symbol has no spaces
        typed = said_at(reading, reading.symbol)
        assert reading.symbol.text == "".join(typed.split()), reading.symbol
    for reference in references(reading):
        assert_borne_out(reference, said_at(reading, reference.words))
    if reading.date is not None:
        assert_figures_stand(reading.date.iso, said_at(reading, reading.date.words))
    for notice in reading.warnings:
        assert notice.span is None or 0 <= notice.span.start <= notice.span.end <= len(reading.text)
    for task in (*reading.tasks, *reading.annex_tasks):
        assert 0 <= task.span.start <= task.span.end <= len(reading.text)
        for window in task.timing.windows if task.timing else ():
            assert window.starts_on is not None or window.ends_on is not None
        for quantity in (
            *task.targets,
            *(one for made in task.products for one in made.quantities),
        ):
            figures = figures_of(quantity.words.text.replace(".", ""))
            assert {quantity.minimum, quantity.maximum} - {None} <= figures, quantity
            assert quantity.counted in quantity.words.text


def assert_borne_out(reference, said):
    """What is told of another document stands in the words that name it."""
    for told in (reference.type, reference.number, reference.name, reference.issuer):
        assert letters_of(told or "") in letters_of(said), reference
    if reference.date is not None:
        assert_figures_stand(reference.date, said)


def figures_of(said):
    return {int(figures) for figures in re.findall(r"[0-9]+", said)}


def assert_figures_stand(iso, said):
    assert {int(part) for part in iso.split("-")} <= figures_of(said), (iso, said)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_value_of_the_corpus_is_what_stands_at_its_span(path):
    try:
        reading = read(Source(path.read_text("utf-8"), Format.TEXT))
    except NotReadable:
        return
    assert_nothing_is_invented(reading)


@st.composite
def mutated(draw):
    """A document of the corpus that somebody has damaged."""
    text = draw(st.sampled_from(CORPUS)).read_text("utf-8")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 40))
        text = text[:at] + draw(NOISE) + text[at + cut :]
    if draw(st.booleans()):
        lines = text.splitlines()
        first = draw(st.integers(0, max(0, len(lines) - 2)))
        lines[first : first + 2] = reversed(lines[first : first + 2])
        text = "\n".join(lines)
    return text


def assert_read_or_refused(source):
    try:
        reading = read(source())
    except NotReadable:
        return
    assert_nothing_is_invented(reading)
    json.dumps(reading.as_json(spans=True))


@settings(max_examples=60, deadline=None)
@given(text=mutated())
def test_nothing_is_invented_in_mutated_documents(text):
    assert_read_or_refused(lambda: Source(text, Format.TEXT))


@pytest.mark.survey
@settings(max_examples=2000, deadline=None)
@given(text=mutated())
def test_nothing_is_invented_in_very_many_mutated_documents(text):
    assert_read_or_refused(lambda: Source(text, Format.TEXT))


def as_docx(text, cells):
    """The lines as paragraphs; those whose places are in `cells` stand in a table, side by side."""
    document = docx.Document()
    for place, line in enumerate(map(without_control, text.splitlines())):
        if place in cells:
            table = document.add_table(1, 2)
            table.cell(0, 0).text, table.cell(0, 1).text = line, line[::-1]
        else:
            document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html(text, cells):
    lines = [
        f"<table><tr><td>{escape(line)}</td><td>x</td></tr></table>"
        if place in cells
        else f"<p>{escape(line)}</p>"
        for place, line in enumerate(text.splitlines())
    ]
    return f"<html><head><meta charset=utf-8></head><body>{''.join(lines)}</body></html>".encode()


def without_control(line):
    """What XML may hold."""
    return "".join(max(letter, " ") for letter in line)


FORMS = st.sampled_from([as_docx, as_html])
CELLS = st.sets(st.integers(0, 60), max_size=6)


@settings(max_examples=12, deadline=None)
@given(text=mutated(), form=FORMS, cells=CELLS)
def test_nothing_is_invented_in_papers_of_other_formats(text, form, cells):
    assert_read_or_refused(lambda: load(form(text, cells)))


@pytest.mark.survey
@settings(max_examples=500, deadline=None)
@given(text=mutated(), form=FORMS, cells=CELLS)
def test_nothing_is_invented_in_very_many_papers_of_other_formats(text, form, cells):
    assert_read_or_refused(lambda: load(form(text, cells)))


@pytest.mark.parametrize("form", ["docx", "html", "pdf"])
def test_nothing_is_invented_in_the_same_plan_of_every_format(form):
    assert_nothing_is_invented(read(load(getattr(same_plan, f"as_{form}")())))


SLIP = """SỞ NGOẠI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 86/{symbol}

Mẫu, ngày 17 tháng 01 năm 2026

KẾ HOẠCH
Thông tin đối ngoại năm 2026

I. NỘI DUNG
1. Biên soạn tờ gấp giới thiệu cửa khẩu.

Nơi nhận:
- Lưu: VT.

{post}
CHỦ TỊCH

Nông Văn Mẫu
"""


@pytest.mark.parametrize(
    "post", ["; TM. ỦY BAN NHÂN DÂN", "- ; TM. ỦY BAN NHÂN DÂN", "TM. UBND ,;"]
)
@pytest.mark.parametrize("symbol", ["KH-STTTT", "K- H-STTTT", "KH -STTTT"])
def test_slips_of_a_typist_leave_every_value_at_its_place(post, symbol):
    text = SLIP.format(symbol=symbol, post=post)

    reading = read(Source(text, Format.TEXT))

    assert reading.symbol.text == "".join(symbol.split())
    assert [words.text for words in reading.signing_authority] == [post.strip("-;, ")]
    assert_nothing_is_invented(reading)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    assert_read_or_refused(lambda: Source(text, Format.TEXT))


@given(text=st.text(alphabet=st.sampled_from("aà\u0300\u0301ộeI1. -|*#\n\t\x0c…/"), max_size=200))
def test_every_line_is_what_stands_at_its_place(text):
    once = normalise(text)

    for line in once.lines:
        assert once.text[line.start : line.end] == line.text
    assert all(raw <= len(text) for _, raw in once.origins)


def test_a_place_can_be_traced_to_the_source():
    raw = (
        HEAD.replace("KẾ HOẠCH", "**KẾ HOẠCH**", 1)
        + PURPOSE
        + "\nII. NỘI DUNG\n1. **Mở lớp** tiếng Lào\n"
        + CLOSING
    )
    reading = read(Source(raw, Format.TEXT))

    start = reading.origin(reading.tasks[0].title.span.start)

    assert raw[start:].startswith("Mở lớp")


def calls_to_read(text: str) -> int:
    """How many Python functions are called; a measure of work that no busy machine disturbs."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        read(Source(text, Format.TEXT))
    finally:
        sys.setprofile(None)
    return calls


def of_tasks(number: int) -> str:
    tasks = "\n".join(
        f"{nth % 90 + 1}. Việc {nth}\n- Đơn vị chủ trì: Sở Ngoại vụ, Sở Y tế.\n- Thời gian: Quý II/2025."
        for nth in range(number)
    )
    return f"{HEAD}{PURPOSE}\nII. NỘI DUNG\n{tasks}\n{CLOSING}"


def test_twice_the_tasks_are_twice_the_work():
    small, large = calls_to_read(of_tasks(200)), calls_to_read(of_tasks(400))

    assert large < 2.3 * small


def test_ten_thousand_tasks_are_read():
    reading = read(Source(of_tasks(10_000), Format.TEXT))

    assert len(reading.tasks) == 10_000
    assert reading.tasks[-1].lead_units[0].text == "Sở Ngoại vụ"


@pytest.mark.parametrize(
    "piece",
    [
        "Sở ",
        "và ",
        "(",
        "1.",
        "ngày ",
        "Căn cứ ",
        "| ",
        "a, ",
        "Đơn vị chủ trì: ",
        "của ",
        "UBND các ",
        "- ",
        "số 1/",
        "từ ",
        "báo cáo ",
        "*",
        "A",
        " ",
    ],
)
def test_hostile_lines_take_no_more_than_their_length(piece):
    line = piece * (6000 // len(piece))

    reading = plan(f"1. Mở lớp\n{line}\n2. In sách")

    assert {task.path for task in reading.tasks} >= {"II.1"}
