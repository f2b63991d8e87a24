"""Every renderer that settings list, over good, empty, huge and hostile manuscripts."""

import io
import json
import re
import zipfile
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
from lxml import etree
from PIL import Image, ImageChops

from nhipcau.kernel.errors import RuleBroken
from nhipcau.publishing.renderers import every_renderer, renderer
from nhipcau.publishing.renderers.contract import Purpose, Rendered
from nhipcau.publishing.renderers.pages.data import PageData, words
from nhipcau.publishing.tests import specimens
from nhipcau.publishing.tests.specimens import Shelf, options

KINDS = ["vietnamese", "chinese", "lao", "khmer", "english", "empty", "hostile", "long_title"]
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def every_slug():
    return [listed.slug for listed in every_renderer()]


def sources_for(slug, kind):
    one = getattr(specimens, kind)()
    if renderer(slug).sources == 1:
        return (one,)
    return (one, specimens.chinese() if kind not in ("empty", "hostile") else one)


def render(slug, kind):
    return renderer(slug).render(sources_for(slug, kind), Shelf(), options())


@cache
def attempt(slug, kind):
    """What was rendered, or the sentence of the refusal; made once for all tests."""
    try:
        return render(slug, kind)
    except RuleBroken as refused:
        return str(refused)


def files_of(slug, kind):
    made = attempt(slug, kind)
    return () if isinstance(made, str) else made.files


def words_of(file):
    """What a reader's program sees as text, for forms that hold text."""
    if file.media_type.startswith("text/html"):
        return "".join(etree.fromstring(file.content).itertext())
    if file.media_type.startswith("text/plain"):
        return file.content.decode()
    if file.media_type == "application/epub+zip":
        with zipfile.ZipFile(io.BytesIO(file.content)) as book:
            pages = [name for name in book.namelist() if name.endswith((".xhtml", ".opf"))]
            return "".join("".join(etree.fromstring(book.read(n)).itertext()) for n in pages)
    return ""


def open_with_another_s_library(file):
    """Raises where the file is not what it says it is."""
    match file.media_type.partition(";")[0]:
        case "application/pdf":
            with pikepdf.open(io.BytesIO(file.content)) as pdf:
                assert len(pdf.pages) >= 1
                assert pdf.Root.MarkInfo.Marked
                assert pdf.Root.StructTreeRoot is not None
                assert "/Lang" in pdf.Root
        case "image/png":
            with Image.open(io.BytesIO(file.content)) as image:
                image.load()
        case "image/svg+xml":
            root = etree.fromstring(file.content)
            assert root.tag.endswith("svg")
            assert not root.xpath("//*[local-name()='script' or local-name()='foreignObject']")
        case "text/html":
            page = etree.fromstring(file.content)
            assert not page.xpath("//script | //link | //@style | //@*[starts-with(name(),'on')]")
            assert page.xpath("count(//style)") == page.xpath("count(/html/head/style)") == 1
            assert not page.xpath("//@href[starts-with(., 'javascript')]")
        case "application/epub+zip":
            with zipfile.ZipFile(io.BytesIO(file.content)) as book:
                assert book.testzip() is None
                assert book.infolist()[0].filename == "mimetype"
        case "text/plain":
            file.content.decode()
        case other:
            pytest.fail(f"nobody opens {other}")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slug", every_slug())
def test_files_that_open_or_one_sentence(slug, kind):
    rendered = attempt(slug, kind)
    if isinstance(rendered, str):
        assert rendered.endswith(".")
        return

    assert isinstance(rendered, Rendered)
    assert rendered.files[0].role == ""
    assert rendered.files[0].media_type == renderer(slug).media_type
    assert len({file.name for file in rendered.files}) == len(rendered.files)
    for file in rendered.files:
        open_with_another_s_library(file)
        assert not DIRECTION.search(words_of(file))
    for finding in rendered.findings:
        assert str(finding)


@pytest.mark.parametrize("kind", ["vietnamese", "chinese", "lao", "khmer", "english"])
@pytest.mark.parametrize("slug", every_slug())
def test_good_works_take_every_form_that_has_room_for_them(slug, kind):
    rendered = attempt(slug, kind)

    if slug == "infographic" and kind != "vietnamese":
        assert isinstance(rendered, str)
    else:
        assert not [finding for finding in rendered.findings if finding.blocking]


@pytest.mark.survey
@pytest.mark.parametrize("slug", every_slug())
def test_two_million_characters(slug):
    for file in files_of(slug, "huge"):
        open_with_another_s_library(file)


@pytest.mark.parametrize("slug", every_slug())
def test_the_same_input_gives_the_same_bytes(slug):
    assert render(slug, "vietnamese") == attempt(slug, "vietnamese")


@pytest.mark.parametrize("slug", every_slug())
def test_a_wrong_number_of_languages_is_refused(slug):
    wrong = (specimens.vietnamese(),) * (3 - renderer(slug).sources)

    with pytest.raises(RuleBroken):
        renderer(slug).render(wrong, Shelf(), options())


@pytest.mark.parametrize("slug", ["web-page", "epub", "radio-script", "short-text"])
def test_forms_of_words_name_the_issuer(slug):
    assert "Ủy ban nhân dân tỉnh Mẫu Sơn" in words_of(files_of(slug, "vietnamese")[0])


@pytest.mark.parametrize("slug", ["web-page", "epub", "radio-script"])
def test_a_translation_says_what_it_was_made_from_and_that_a_machine_helped(slug):
    words = words_of(files_of(slug, "chinese")[0])

    assert "越南语" in words
    assert "机器辅助，经人工审核" in words


@pytest.mark.parametrize("slug", ["sheet", "leaflet", "handbook", "poster", "parallel", "card"])
def test_a_draft_comes_as_stamped_pictures_of_its_pages(slug):
    sources = sources_for(slug, "vietnamese")
    asked = replace(options(), purpose=Purpose.DRAFT)

    stamped = renderer(slug).render(sources, Shelf(), replace(asked, stamp="BẢN NHÁP"))

    assert {file.media_type for file in stamped.files} == {"image/png"}
    assert len({file.role for file in stamped.files}) == len(stamped.files)
    assert stamped.files[0].role == ""
    if "pages" in stamped.measures:
        assert len(stamped.files) == stamped.measures["pages"]
        assert stamped.measures == attempt(slug, "vietnamese").measures
    plain = renderer(slug).render(sources, Shelf(), asked)
    for with_stamp, without in zip(stamped.files, plain.files, strict=True):
        with (
            Image.open(io.BytesIO(with_stamp.content)) as one,
            Image.open(io.BytesIO(without.content)) as other,
        ):
            laid = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox()
        assert laid is not None
        # It lies across the page: wider than a third of it, around its middle.
        left, _top, right, _bottom = laid
        assert right - left > one.width / 3
        assert left < one.width / 2 < right


def test_slugs_names_and_kinds():
    listed = every_renderer()

    assert len({one.slug for one in listed}) == len(listed)
    assert all(re.fullmatch(r"[a-z-]+", one.slug) and str(one.name) for one in listed)
    assert all(one.sources in (1, 2) for one in listed)
    with pytest.raises(KeyError):
        renderer("hologram")


@pytest.mark.parametrize("slug", every_slug())
def test_nothing_a_writer_types_becomes_a_command(slug):
    for file in files_of(slug, "hostile"):
        if file.media_type.startswith(("image/svg", "application/epub")):
            assert b"<script" not in file.content
        assert b"root:x:0:0" not in file.content
        if file.media_type == "application/pdf":
            with pikepdf.open(io.BytesIO(file.content)) as pdf:
                uris = [
                    str(note.A.URI)
                    for page in pdf.pages
                    for note in page.get("/Annots", [])
                    if "/A" in note and "/URI" in note.A
                ]
            assert not [uri for uri in uris if not uri.startswith("https://")]


@pytest.mark.parametrize("kind", ["lao", "khmer", "chinese"])
def test_no_syllable_is_torn_apart_by_a_break_of_ours(kind):
    source = getattr(specimens, kind)()
    collected = PageData(Shelf(), options(), widest=400, chart=400)

    data = json.dumps(collected.document(source), ensure_ascii=False)

    assert "\u200b" not in data
    assert source.title in data


def test_numbers_stay_on_a_line_and_addresses_may_break():
    assert words("gọi 0205 3 000 113") == "gọi 0205 3\u00a0000\u00a0113"
    assert words("x" * 45).replace("\u200b", "") == "x" * 45
    assert "\u200b" in words("x" * 45)
