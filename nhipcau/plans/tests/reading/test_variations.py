"""The same document in another form says the same: spaces, marks, bullets, breaks and numbering.

Every annotated document is changed mechanically and read again. What is compared are the values,
with case, tone placement, dashes and quotation marks folded, as the annotations are compared.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from nhipcau.plans.reading import Format, NotReadable, Reading, Source, read

DOCUMENTS = sorted(
    path
    for path in (Path(__file__).parents[1] / "corpus").glob("[abc]/*")
    if path.suffix in {".txt", ".md"}
)
TONES = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("ọa", "oạ"), ("ủy", "uỷ"), ("ụy", "uỵ"))
ITEM = r"(?m)^(\d{1,2})\. (?=\w)"


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).casefold()
    for new, old in TONES:
        plain = plain.replace(old, new)
    plain = re.sub(r"[–—]", "-", re.sub(r"[“”\"]", "", plain))
    return " ".join(plain.split()).strip(" .;:,-")


def values(reading: Reading) -> Iterator[tuple[str, ...]]:
    """What the document says, as comparable items."""
    head = (reading.doc_type and reading.doc_type.code, reading.date and reading.date.iso)
    yield ("head", *(str(value) for value in head))
    for name in ("number", "symbol", "issuing_body", "title", "signer_name", "signer_title"):
        words = getattr(reading, name)
        yield (name, folded(words.text) if words else "")
    for base in reading.legal_bases:
        yield ("base", folded(base.number or base.name or ""), base.date or "")
    for name in ("recipients", "funding_sources"):
        for words in getattr(reading, name):
            yield (name, folded(words.text))
    for duty in reading.responsibilities:
        yield ("duties", folded(duty.unit.text), str(len(duty.duties)))
    for report in reading.reporting_duties:
        yield ("report", *(folded(one.text) for one in (report.who, report.deadline) if one))
    for task in reading.tasks:
        yield ("task", task.path, folded(task.title.text)[:40])
        for name in ("lead_units", "coordinating_units", "implementing_units", "actors"):
            for words in getattr(task, name):
                yield (name, task.path, folded(words.text))
        if task.timing is not None:
            yield ("timing", task.path, folded(task.timing.words.text))
        for product in task.products:
            yield ("product", task.path, folded(product.words.text))


@cache
def said(path: Path) -> frozenset[tuple[str, ...]] | None:
    try:
        return frozenset(values(read(Source(path.read_text("utf-8"), Format.TEXT))))
    except NotReadable:
        return None


def old_tones(text: str) -> str:
    for new, old in TONES:
        text = re.sub(rf"(?<![qQ]){new}(?!\w)", old, text)
    return text.replace("Ủy", "Uỷ")


def with_pages(text: str) -> str:
    """A page's number between paragraphs, thirty lines apart."""
    lines = []
    for place, line in enumerate(text.split("\n")):
        lines.append(line)
        if place > 20 and place % 30 == 0 and re.search(r"[.;:]$", line):
            lines += ["", str(place // 30 + 1), ""]
    return "\n".join(lines)


def with_form_feeds(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        f"{line}\n\x0c" if place > 20 and place % 30 == 0 else line
        for place, line in enumerate(lines)
    )


def wrapped(width: int) -> Callable[[str], str]:
    def change(text: str) -> str:
        lines = []
        for line in text.split("\n"):
            whole = line.startswith("|") or len(line) <= width
            lines += (
                [line]
                if whole
                else textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
            )
        return "\n".join(lines)

    return change


def replacing(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text)


SAME = {
    "line ends of Windows": lambda text: text.replace("\n", "  \r\n"),
    "combining marks": lambda text: unicodedata.normalize("NFD", text),
    "hard spaces": replacing(r"(?<=\S) (?=\S)", "\u00a0"),
    "invisible letters": replacing(r"(?<=[a-z]{3})(?= )", "\u200b"),
    "tones in the old place": old_tones,
    "no blank lines": replacing(r"\n{2,}", "\n"),
    "indented": replacing(r"(?m)^(?=\S)", "    "),
    "page numbers": with_pages,
    "form feeds": with_form_feeds,
    "bullets as dashes": replacing(r"(?m)^- ", "– "),
    "bullets as dots": replacing(r"(?m)^- ", "• "),
    "bullets as stars": replacing(r"(?m)^- ", "* "),
    "bullets as plus signs": replacing(r"(?m)^- ", "+ "),
    "headings of Markdown": replacing(r"(?m)^([IVX]+\. [^\n|]{3,90})$", r"## \1"),
    "headings in bold": replacing(r"(?m)^((?:[IVX]+|\d{1,2})\. [^\n|]{3,90})$", r"**\1**"),
    "labels in bold": replacing(
        r"(?m)^(- )((?:Đơn vị|Cơ quan|Thời gian|Sản phẩm)[^:\n]{0,30}:)", r"\1**\2**"
    ),
    "escaped marks": lambda text: re.sub(r"(?m)^- ", r"\\- ", re.sub(ITEM, r"\1\\. ", text)),
    "straight quotation marks": replacing("[“”]", '"'),
    "long dashes": lambda text: text.replace(" - ", " – "),
    "items with brackets": replacing(ITEM, r"\1) "),
    "items with slashes": replacing(ITEM, r"\1/ "),
    "sections with hyphens": replacing(r"(?m)^([IVX]+)\. ", r"\1- "),
    "decimals without a point": replacing(r"(?m)^(\d{1,2}\.\d{1,2})\. ", r"\1 "),
    "marks of footnotes": replacing(r"(?m)^(- [^\n]{40,}[a-z])\.$", r"\1.<sup>1</sup>"),
    "breaks of HTML": lambda text: text.replace("\n", "<br>\n"),
}


@pytest.mark.parametrize("name", SAME)
def test_another_form_changes_no_value(name):
    turn = list(SAME).index(name) % 3  # each form over a third of the documents
    for path in DOCUMENTS[turn::3]:
        before = said(path)
        if before is None:
            continue

        after = frozenset(values(read(Source(SAME[name](path.read_text("utf-8")), Format.TEXT))))

        assert sorted(before ^ after) == [], path.stem


@pytest.mark.parametrize(("width", "share"), [(90, 0.995), (70, 0.99), (60, 0.98)])
def test_lines_broken_anywhere_lose_hardly_a_value(width, share):
    """Where a break is read otherwise, a person could not tell either; but it stays rare."""
    kept = owed = 0
    for path in DOCUMENTS[::2]:
        before = said(path)
        if before is None:
            continue
        text = wrapped(width)(path.read_text("utf-8"))
        after = frozenset(values(read(Source(text, Format.TEXT))))
        kept += len(before & after)
        owed += len(before)

    assert kept / owed >= share
