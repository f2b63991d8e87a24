"""Pages from templates and data, in a process with limits."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nhipcau.paper import typesetting
from nhipcau.paper.errors import FontsMissing, Overfull, TooMuchToSet, TypesettingFailed
from nhipcau.paper.fonts import font_files, fonts_for
from nhipcau.paper.linebreaks import needs_breaks, pieces, words
from nhipcau.paper.typesetting import Form, Job, Limits, typeset

PAGE = """
#let data = json("data.json")
#set document(title: "T", date: datetime(year: 2026, month: 2, day: 12))
#set text(font: data.faces.text, lang: "vi")
= T
#data.words
"""


@pytest.fixture
def job(tmp_path):
    def make(template=PAGE, words="Chợ phiên", **changes):
        (tmp_path / "page.typ").write_text(template)
        job = Job((tmp_path,), "page.typ", {"words": words}, day=date(2026, 2, 12))
        return replace(job, **changes)

    return make


def test_the_same_job_gives_the_same_bytes(job):
    assert typeset(job()) == typeset(job())


def test_words_are_never_commands(job):
    words = '#read("/etc/passwd") #panic() $x$ *b* \\ " #import "@preview/x:1.0.0"'

    [pdf] = typeset(job(words=words)).pages

    assert pdf.startswith(b"%PDF-1.7")


def test_pictures_come_one_a_page(job):
    pages = typeset(job(PAGE + "#pagebreak()\nzwei", form=Form.PNG, density=40)).pages

    assert [page[:4] for page in pages] == [b"\x89PNG", b"\x89PNG"]


def test_what_no_font_has_is_named_and_shown_as_a_square(job):
    made = typeset(job(words="ký tự \U0001f600 và \ue000"))

    assert made.missing == "\ue000\U0001f600"
    assert len(made.pages) == 1


def test_a_template_says_what_is_overfull(job):
    with pytest.raises(Overfull) as refused:
        typeset(job(PAGE + '#panic("overfull:flap")'))

    assert refused.value.part == "flap"


def test_a_defect_of_a_template_rises(job):
    with pytest.raises(TypesettingFailed, match="unknown variable"):
        typeset(job(PAGE + "#nothing"))


@pytest.mark.parametrize(
    ("endless", "limits"),
    [
        ("#let f() = { for n in range(100000000000) {} }\n#f()", Limits(seconds=3)),
        ("#let f() = { for n in range(100000000000) {} }\n#f()", Limits(processor=2)),
        ('#let s = "x" * 400000000\n#(s + s + s + s)', Limits(memory=900_000_000, processor=20)),
    ],
)
def test_no_document_takes_more_than_its_share(job, endless, limits):
    with pytest.raises(TooMuchToSet):
        typeset(job(PAGE + endless, limits=limits))


def test_nothing_is_left_behind(job, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(TypesettingFailed):
        typeset(job(PAGE + "#nothing"))

    assert [path.name for path in tmp_path.iterdir()] == ["page.typ"]


def test_fonts_are_chosen_by_the_characters():
    latin = fonts_for("Đường", script="Latn")
    mixed = fonts_for("Đường 边 ຊ ឆ", script="Hans")

    assert latin.families == ("Noto Sans",)
    assert latin.display == ("Noto Sans Display", "Noto Sans")
    assert set(mixed.families) == {
        "Noto Sans", "Noto Sans Lao", "Noto Sans Khmer", "Noto Sans CJK SC",
    }  # fmt: skip
    assert mixed.missing == ""


@pytest.mark.parametrize(
    ("script", "family"),
    [("Hant", "Noto Sans CJK TC"), ("Jpan", "Noto Sans CJK JP"), ("Latn", "Noto Sans CJK SC")],
)
def test_the_script_decides_how_han_characters_look(script, family):
    assert family in fonts_for("骨", script=script).families


def test_without_fonts_the_operator_hears_what_to_install(settings, tmp_path):
    settings.FONT_FOLDERS = [str(tmp_path)]

    with pytest.raises(FontsMissing, match="fonts-noto-core"):
        fonts_for("a", script="Latn")


def test_fonts_that_books_bring_along():
    assert [path.name for path in font_files("Khmr")] == [
        "NotoSansKhmer-Regular.ttf",
        "NotoSansKhmer-Bold.ttf",
    ]
    assert font_files("Latn") == ()


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("ປະຊາຊົນຢູ່ຊາຍແດນ", "lo", ["ປະຊາຊົນ", "ຢູ່", "ຊາຍແດນ"]),
        ("នៅតាមព្រំដែន", "km", ["នៅ", "តាម", "ព្រំដែន"]),
        ("边境开放", "zh-Hans", ["边境", "开放"]),
        ("Đồng Đăng, 2026", "vi", ["Đồng", "Đăng", "2026"]),
        ("lar", "hmn-Latn-x-vn", ["lar"]),
    ],
)
def test_words_in_every_script(text, language, found):
    assert list(words(text, language)) == found


def test_pieces_are_the_text_again():
    text = "ປະຊາຊົນຢູ່ຊາຍແດນ (12) abc"

    assert "".join(pieces(text, "lo")) == text
    assert len(pieces(text, "lo")) > 4
    assert needs_breaks(text)
    assert not needs_breaks("Đồng Đăng")


def test_no_template_names_a_font_or_fetches_a_package():
    root = Path(typesetting.__file__).parents[1]
    templates = list(root.rglob("*.typ"))

    assert len(templates) >= 9
    for path in templates:
        text = path.read_text()
        assert not re.search(r'#import "@|font: "|read\(', text), path
