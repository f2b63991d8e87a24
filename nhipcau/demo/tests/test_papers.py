"""The shipped files are what the package writes, and bear the mark of the sample."""

import zipfile
from io import BytesIO

import docx
import pytest

from nhipcau.demo.writing.files import FOLDER, papers
from nhipcau.demo.writing.page import SAMPLE, as_docx


def members(archive):
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("name", papers())
def test_the_shipped_paper_is_the_one_that_is_written(name):
    assert members(FOLDER / name) == members(BytesIO(as_docx(papers()[name])))


@pytest.mark.parametrize("name", papers())
def test_every_page_says_that_the_paper_is_a_sample(name):
    document = docx.Document(FOLDER / name)

    for section in document.sections:
        assert section.footer.paragraphs[0].text == SAMPLE
        assert section.first_page_footer.paragraphs[0].text == SAMPLE


@pytest.mark.parametrize("name", papers())
def test_the_page_is_as_decree_30_of_2020_wants_it(name):
    first = docx.Document(FOLDER / name).sections[0]

    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert [
        round(margin.mm)
        for margin in (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    ] == [20, 20, 30, 20]
    assert first.first_page_header.paragraphs[0].text == ""


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.md")))
def test_a_text_file_names_a_signer_of_the_sample(name):
    assert (FOLDER / name).read_text().rstrip().endswith("Mẫu**")
