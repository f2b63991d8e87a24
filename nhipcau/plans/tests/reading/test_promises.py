"""What holds for every text: nothing invented, work in proportion to length, never a crash."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.plans.reading import Format, NotReadable, Source, read
from nhipcau.plans.reading.normalise import normalise
from nhipcau.plans.tests.reading.documents import CLOSING, HEAD, PURPOSE, plan

CORPUS = sorted(
    path
    for path in (Path(__file__).parents[1] / "corpus" / "a").iterdir()
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


def values(reading):
    """Every raw value with a place, as (text, [pieces of the text])."""
    yield from (one for one in (reading.title, reading.issuing_body, reading.parent_body) if one)
    yield from (
        one
        for one in (reading.number, reading.place, reading.signer_name, reading.signer_title)
        if one
    )
    yield from (*reading.recipients, *reading.funding_sources, *reading.signing_authority)
    for duty in reading.responsibilities:
        yield from (duty.unit, *duty.units, *duty.duties)
    for task in (*reading.tasks, *reading.annex_tasks):
        yield from (
            task.title,
            *task.lead_units,
            *task.coordinating_units,
            *task.implementing_units,
        )
        yield from (*task.actors, *task.audiences, *(made.words for made in task.products))
        yield from (item.words for item in task.items)
        yield from (target.words for target in task.targets)
        if task.timing is not None:
            yield task.timing.words


def assert_nothing_is_invented(reading):
    for words in values(reading):
        pieces = [
            words_of(reading.text[span.start : span.end]) for span in (words.span, *words.also)
        ]
        assert words_of(words.text) == words_of(" ".join(pieces)), words
        assert 0 < words.confidence <= 1
    for task in reading.tasks:
        for window in task.timing.windows if task.timing else ():
            assert window.starts_on is not None or window.ends_on is not None


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_value_of_the_corpus_is_what_stands_at_its_span(path):
    try:
        reading = read(Source(path.read_text("utf-8"), Format.TEXT))
    except NotReadable:
        return
    assert_nothing_is_invented(reading)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_nothing_is_invented_in_mutated_documents(data):
    text = data.draw(st.sampled_from(CORPUS)).read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 40))
        text = text[:at] + data.draw(NOISE) + text[at + cut :]
    if data.draw(st.booleans()):
        lines = text.splitlines()
        first = data.draw(st.integers(0, max(0, len(lines) - 2)))
        lines[first : first + 2] = reversed(lines[first : first + 2])
        text = "\n".join(lines)

    try:
        reading = read(Source(text, Format.TEXT))
    except NotReadable:
        return

    assert_nothing_is_invented(reading)
    json.dumps(reading.as_json(spans=True))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    try:
        reading = read(Source(text, Format.TEXT))
    except NotReadable:
        return
    assert_nothing_is_invented(reading)


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
