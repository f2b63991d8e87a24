"""Every form, opened by a program that is not ours."""

import io
import re
import zipfile
from functools import cache
from html import escape

import pytest

from nhipcau.paper.linebreaks import pieces
from nhipcau.publishing.renderers import renderer
from nhipcau.publishing.renderers.contract import Purpose
from nhipcau.publishing.tests import openers, specimens
from nhipcau.publishing.tests.specimens import ADDRESS, Shelf, options

ONE_LANGUAGE = ["sheet", "leaflet", "handbook", "poster"]
PDFS = [*ONE_LANGUAGE, "parallel"]
LANGUAGES = ["vietnamese", "chinese", "lao", "khmer", "english"]


def needs(*programs):
    absent = openers.missing(*programs)
    return pytest.mark.skipif(bool(absent), reason=f"not installed: {', '.join(absent)}")


def render(slug, *kinds, **changes):
    sources = tuple(getattr(specimens, kind)() for kind in kinds)
    return renderer(slug).render(sources, Shelf(), options(**changes))


@cache
def pdf(slug, *kinds, **changes):
    return render(slug, *kinds, **changes).files[0].content


def edition(slug, kind="vietnamese", **changes):
    """The form of this specimen; side by side with its translation where it takes two."""
    kinds = (kind, "chinese") if slug == "parallel" else (kind,)
    return pdf(slug, *kinds, **changes)


@needs("qpdf")
@pytest.mark.parametrize("slug", PDFS)
def test_qpdf_finds_no_error(slug):
    openers.qpdf(edition(slug))


@pytest.mark.parametrize("slug", PDFS)
@pytest.mark.parametrize(("purpose", "pdfa"), [(Purpose.PUBLIC, "3A"), (Purpose.ARCHIVE, "2A")])
def test_pdf_declares_its_standards_and_every_picture_has_words(slug, purpose, pdfa):
    found = openers.structure(edition(slug, purpose=purpose))

    assert found["pdfa"] == pdfa
    assert found["pdfua"] == "1"
    assert found["intents"] == 1
    assert found["language"] == "vi"
    assert found["title"] == specimens.vietnamese().title
    assert found["figures_without_words"] == 0
    assert found["tags"]["H1"] == (2 if slug == "parallel" else 1)
    assert found["tags"]["Figure"] >= 2


def test_a_handbook_is_tagged_part_by_part():
    tags = openers.structure(pdf("handbook", "vietnamese"))["tags"]

    assert tags["Table"] == 1
    assert tags["TH"] == 4
    assert tags["TD"] == 12
    assert tags["H2"] == 3
    assert tags["H3"] == 1
    assert tags["L"] >= 2
    assert tags["BlockQuote"] == 1
    assert tags["TOC"] >= 1
    assert tags["Link"] >= 5


def test_a_bilingual_edition_says_which_words_are_in_which_language():
    found = openers.structure(pdf("parallel", "vietnamese", "chinese"))

    assert found["language"] == "vi"
    assert "zh-CN" in found["languages"]
    assert found["figures_without_words"] == 0


@needs("pdftotext")
@pytest.mark.parametrize("slug", ONE_LANGUAGE)
@pytest.mark.parametrize("kind", ["vietnamese", "chinese", "english"])
def test_pdftotext_reads_the_very_words(slug, kind):
    source = getattr(specimens, kind)()
    text = openers.pdf_words(pdf(slug, kind)).replace(" ", "")

    assert source.title.replace(" ", "") in text
    if slug != "leaflet" or kind != "vietnamese":
        assert source.summary.replace(" ", "") in text


@needs("pdftotext")
def test_pdftotext_reads_both_columns_of_a_bilingual_edition():
    half = 298  # points: the middle between the columns of an A4 page
    for source, x in ((specimens.vietnamese(), 0), (specimens.chinese(), half)):
        crop = ("-x", x, "-y", 0, "-W", half, "-H", 842)
        text = openers.pdf_words(edition("parallel"), *crop).replace(" ", "")
        assert source.title.replace(" ", "") in text
        assert source.summary.replace(" ", "") in text
        assert source.blocks[0].text.replace(" ", "") in text


@needs("pdftotext")
@pytest.mark.parametrize("kind", ["lao", "khmer"])
def test_lao_and_khmer_letters_stand_in_their_order(kind):
    # Clusters may be written twice over by typst (a known limit), never in a wrong order.
    source = getattr(specimens, kind)()
    text = openers.pdf_words(pdf("sheet", kind))

    assert openers.letters_in_order(source.blocks[1].runs[0].text, text)


# Where the dictionary of typst ends a word and that of ICU does not: a compound of two words, and
# “can take”, which ICU cuts one letter too late.
CUT_OTHERWISE = {"ទាំងសងខាង": ["ទាំង", "សងខាង"], "អាចយ": ["អាច", "យ"]}


@needs("pdftotext")
@pytest.mark.parametrize("kind", ["lao", "khmer"])
def test_lines_of_lao_and_khmer_end_between_words(kind):
    source = getattr(specimens, kind)()
    lines = openers.pdf_lines(pdf("sheet", kind))
    body = source.blocks[1].runs[0].text
    assert not any(openers.letters_in_order(body, line) for line in lines)  # it takes several

    for text in (source.title, source.summary, body):
        whole = [
            part
            for piece in pieces(text, source.language)
            for part in CUT_OTHERWISE.get(piece, [piece])
        ]
        assert openers.ends_between(whole, lines), text
    # A word that is torn apart is noticed.
    torn = len(whole[0]) + 1
    assert not openers.ends_between(whole, [body[:torn], body[torn:]])


@needs("pdftoppm", "zbarimg")
@pytest.mark.parametrize(
    ("slug", "density"),
    [("sheet", 130), ("leaflet", 130), ("handbook", 130), ("parallel", 130), ("poster", 50)],
)
def test_the_code_on_paper_leads_to_the_permanent_address(slug, density):
    assert openers.codes(*openers.pdf_pages(edition(slug), density)) == [ADDRESS]


@needs("zbarimg")
def test_codes_and_infographics_are_read_by_zbarimg():
    for slug in ("qr", "infographic"):
        png = next(file for file in render(slug, "vietnamese").files if file.role == "png")
        assert openers.codes(openers.on_disk(png.content, ".png")) == [ADDRESS]


@needs("epubcheck")
@pytest.mark.parametrize("kind", ["khmer", "hostile"])  # a font of its own; every block
def test_epubcheck_has_nothing_to_say(kind):
    openers.epubcheck(pdf("epub", kind))


def test_lao_and_khmer_books_bring_their_font_and_places_to_break():
    for kind in ("lao", "khmer"):
        with zipfile.ZipFile(io.BytesIO(pdf("epub", kind))) as book:
            assert any(name.startswith("book/fonts/") for name in book.namelist())
            assert b"<wbr/>" in book.read("book/chapter001.xhtml")


@needs("chromium")
def test_chromium_reads_the_web_page_and_the_infographic():
    page = openers.chromium(pdf("web-page", "vietnamese"), ".html")
    drawing = openers.chromium(pdf("infographic", "vietnamese"), ".svg")

    assert "<figcaption>Cầu Khơ Đa nhìn từ phía chợ." in page
    assert page.count("<svg") == 1
    assert "Khách đến chợ phiên Khơ Đa" in drawing


@needs("chromium")
def test_the_web_page_is_as_wide_as_a_phone_though_its_table_is_wider():
    page = escape(pdf("web-page", "vietnamese").decode())
    measuring = (
        f'<iframe style="width: 390px; height: 844px" srcdoc="{page}"></iframe><script>onload = '
        '() => (document.body.title = document.querySelector("iframe").contentDocument'
        ".documentElement.scrollWidth)</script>"
    )

    shown = openers.chromium(f"<!doctype html><body>{measuring}".encode(), ".html")

    assert 0 < int(re.search(r'<body title="(\d+)"', shown)[1]) <= 390


@needs("file")
def test_the_card_has_the_size_that_social_pages_ask_for():
    content = pdf("card", "vietnamese")

    assert "1200 x 630" in openers.file_says(content, ".png")
    assert len(content) < 1_000_000
