"""Hostile and broken files: each is refused for what it is, before it can do anything."""

import subprocess
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from nhipcau.media.intake import isolated
from nhipcau.media.intake.limits import DEFAULT
from nhipcau.media.intake.refusals import Refusal, Refused
from nhipcau.media.tests.intake.samples import (
    bomb_png,
    data_address,
    drawn,
    exif_with_place,
    ffmpeg,
    film,
    pdf,
    picture_bytes,
    svg,
    with_parts,
    word_bytes,
)

ZIP = with_parts(word_bytes(), {})


def test_a_picture_bomb_is_refused_by_its_header(refused):
    why, values = refused(bomb_png())

    assert why is Refusal.BOMB
    assert values == {"width": 50_000, "height": 50_000, "most": 100}


@pytest.mark.parametrize("form", ["JPEG", "GIF", "WEBP", "AVIF", "PNG"])
def test_every_kind_of_picture_is_measured_by_its_header(form, refused):
    small = replace(DEFAULT, pixels=96 * 64 - 1)

    assert refused(picture_bytes(form), small)[0] is Refusal.BOMB


def test_an_animation_of_ten_thousand_frames_is_refused(refused):
    frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    data = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff" + frame * 10_000 + b"\x3b"

    assert refused(data)[0] is Refusal.TOO_MANY_FRAMES


@pytest.mark.parametrize(
    ("inner", "attributes", "why"),
    [
        ("<script>alert(1)</script>", "", Refusal.ACTIVE_DRAWING),
        ("", 'onload="alert(1)"', Refusal.ACTIVE_DRAWING),
        ('<g ONCLICK="alert(1)"/>', "", Refusal.ACTIVE_DRAWING),
        ("<foreignObject><b/></foreignObject>", "", Refusal.ACTIVE_DRAWING),
        ('<a xlink:href="javascript:alert(1)"><rect/></a>', "", Refusal.ACTIVE_DRAWING),
        ('<a href="java&#10;script:alert(1)"><rect/></a>', "", Refusal.ACTIVE_DRAWING),
        (
            '<animate attributeName="href" values="javascript:alert(1)"/>',
            "",
            Refusal.ACTIVE_DRAWING,
        ),
        ('<iframe xmlns="http://www.w3.org/1999/xhtml"/>', "", Refusal.ACTIVE_DRAWING),
        ('<image href="https://theo.doi/1.png"/>', "", Refusal.OUTSIDE_DRAWING),
        ('<use href="file:///etc/passwd#a"/>', "", Refusal.OUTSIDE_DRAWING),
        ("<style>@import 'https://theo.doi/a.css'</style>", "", Refusal.OUTSIDE_DRAWING),
        ("<style>rect{fill:url(https://theo.doi/a)}</style>", "", Refusal.OUTSIDE_DRAWING),
        (r"<style>rect{fill:u\72l(https://theo.doi/a)}</style>", "", Refusal.OUTSIDE_DRAWING),
        ('<rect style="fill:url( //theo.doi/a )"/>', "", Refusal.OUTSIDE_DRAWING),
        ('<rect fill="url(https://theo.doi/a)"/>', "", Refusal.OUTSIDE_DRAWING),
        ('<image href="data:text/html;base64,PGI+"/>', "", Refusal.OUTSIDE_DRAWING),
        ('<image href="data:image/png;base64,PGI+"/>', "", Refusal.ACTIVE_DRAWING),
        ('<?xml-stylesheet href="https://theo.doi/a.css"?>', "", Refusal.OUTSIDE_DRAWING),
    ],
)
def test_a_drawing_that_acts_or_reaches_outside_is_refused(inner, attributes, why, refused):
    assert refused(svg(inner, attributes))[0] is why


def test_a_drawing_with_entities_is_refused_and_never_expanded(refused):
    laughs = (
        '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        '<svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
    )
    outside = (
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        '<svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>'
    )

    for drawing in (laughs, outside):
        assert refused(drawing.encode())[0] is Refusal.ACTIVE_DRAWING


def test_a_harmless_drawing_is_taken_without_the_traces_of_its_program(take):
    photo = picture_bytes("JPEG", exif=exif_with_place())
    inkscape = (
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        "<x>Nguyễn Văn Riêng</x></rdf:RDF></metadata><!-- rieng-tu -->"
        '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
        'sodipodi:docname="C:/rieng-tu"/>'
        '<linearGradient id="mau"><stop offset="0" stop-color="#fff"/></linearGradient>'
        '<rect fill="url(#mau)" style="stroke:#000" width="9" height="9"/>'
        f'<image href="{data_address(photo)}" width="9" height="9"/><title>Bản đồ</title>'
    )

    taken = take(svg(inkscape).replace(b"<x>", b"<rdf:x>").replace(b"</x>", b"</rdf:x>"))

    assert (taken.format, taken.width, taken.height) == ("svg", 200, 100)
    assert "Bản đồ" in taken.data.decode()
    assert b"url(#mau)" in taken.data
    for word in (b"rieng-tu", "Nguyễn".encode(), b"sodipodi", b"rdf", b"SN-4711"):
        assert word not in taken.data
    assert "place" in taken.taken_out


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_that_is_an_archive_as_well_is_refused(form, refused):
    assert refused(picture_bytes(form) + ZIP) == (
        Refusal.POLYGLOT,
        {"first": {"JPEG": "jpg"}.get(form, form.lower()), "second": "zip"},
    )


@pytest.mark.parametrize(
    ("data", "second"),
    [
        (b"GIF89a" + b"<script>alert(1)</script>" + picture_bytes("GIF")[6:], "html"),
        (picture_bytes("JPEG", comment=b"<?php system($_GET[0]); ?>"), "html"),
        (picture_bytes("JPEG", comment=b"%PDF-1.7 "), "pdf"),
        (picture_bytes("PNG") + b"<html><script>alert(1)</script>", "html"),
    ],
)
def test_a_picture_that_a_browser_or_server_reads_otherwise_is_refused(data, second, refused):
    why, values = refused(data)

    assert (why, values["second"]) == (Refusal.POLYGLOT, second)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Refusal.EMPTY),
        (b"\0" * 400, Refusal.EMPTY),
        (b"MZ\x90\0" + bytes(200), Refusal.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", Refusal.PROGRAM),
        (b"<!DOCTYPE html><script>1</script>", Refusal.WEB_PAGE),
        (b"Rar!\x1a\x07\0", Refusal.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Refusal.OLD_OFFICE),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(600), Refusal.WINDOWS_MEDIA),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(50), Refusal.HEIC),
        (b"II*\0\x08\0\0\0\0\0", Refusal.TIFF),
        (b"\x01\x02\x03\x04garbage\xff\xfe", Refusal.UNKNOWN),
        (with_parts(word_bytes(), {"[Content_Types].xml": None}), Refusal.ARCHIVE),
    ],
)
def test_what_the_library_does_not_take_is_called_by_its_name(data, why, refused):
    assert refused(data)[0] is why


def test_the_name_says_nothing_only_the_content_does(take, tmp_path):
    path = tmp_path / "ke-hoach.docx.exe"
    path.write_bytes(picture_bytes("PNG"))

    assert take(path).format == "png"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_picture_that_broke_off_is_refused_as_cut_off(form, share, refused):
    data = picture_bytes(form)

    assert refused(data[: int(len(data) * share)])[0] in {Refusal.CUT_OFF, Refusal.DAMAGED}


@pytest.mark.parametrize(
    ("ending", "codecs"),
    [("mp4", ()), ("mov", ()), ("mp4", ("-movflags", "+faststart")), ("mkv", ()),
     ("avi", ("-c:v", "mpeg4", "-c:a", "mp3"))],
)  # fmt: skip
def test_a_film_cut_off_in_the_middle_is_refused_as_cut_off(ending, codecs, refused, tmp_path):
    data = film(tmp_path / f"a.{ending}", *codecs).read_bytes()

    assert refused(data[: len(data) // 2])[0] is Refusal.CUT_OFF


def test_a_recording_of_a_browser_whose_clusters_have_no_length_is_taken(take, tmp_path):
    path = tmp_path / "a.webm"
    ffmpeg(
        "-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=2", "-c:v", "libvpx",
        "-live", "1", "-metadata", "title=rieng-tu", path,
    )  # fmt: skip

    assert b"rieng-tu" not in take(path).data


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}, Refusal.MACROS),
        (
            {"[Content_Types].xml": lambda old: old.replace(
                b"wordprocessingml.document.main", b"x.document.macroEnabled.main")},
            Refusal.MACROS,
        ),
        ({"word/activeX/activeX1.xml": b"<a/>"}, Refusal.MACROS),
        ({"word/embeddings/oleObject1.bin": b"MZ"}, Refusal.EMBEDDED),
        ({"word/comments.xml": b"<a/>"}, Refusal.REMARKS),
        (
            {"word/document.xml": lambda old: old.replace(
                b"<w:body>", b'<w:body><w:ins w:id="1" w:author="x"/>')},
            Refusal.REMARKS,
        ),
        ({"_xmlsignatures/sig1.xml": b"<a/>"}, Refusal.SIGNED),
        (
            {"word/_rels/document.xml.rels": lambda old: old.replace(
                b"</Relationships>",
                b'<Relationship Id="x" Type="http://a/image" TargetMode="External" '
                b'Target="https://theo.doi/1.png"/></Relationships>')},
            Refusal.OUTSIDE_DATA,
        ),
        ({"word/document.xml": b"<a"}, Refusal.DAMAGED),
        ({"word/../../x.xml": b"<a/>"}, Refusal.DAMAGED),
    ],
)  # fmt: skip
def test_a_word_file_that_acts_hides_or_reaches_outside_is_refused(changes, why, refused):
    assert refused(with_parts(word_bytes(), changes))[0] is why


def test_a_word_file_that_swells_a_thousandfold_is_refused(refused):
    import zipfile

    kept = BytesIO(with_parts(word_bytes(), {}))
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/swollen.xml", b"<a>" + b" " * 40_000_000 + b"</a>")

    assert refused(kept.getvalue())[0] is Refusal.TOO_LARGE


def changed_pdf(path, change):
    pdf(path)
    with pikepdf.open(path, allow_overwriting_input=True) as paper:
        change(paper)
        paper.save(path)
    return path


PDF_CHANGES = {
    "script": (
        lambda paper: paper.Root.__setitem__(
            "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        ),
        Refusal.ACTIVE_PDF,
    ),
    "script on a page": (
        lambda paper: paper.pages[0].obj.__setitem__(
            "/AA",
            pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")),
        ),
        Refusal.ACTIVE_PDF,
    ),
    "launch": (
        lambda paper: paper.Root.__setitem__(
            "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
        ),
        Refusal.ACTIVE_PDF,
    ),
    "file inside": (
        lambda paper: paper.attachments.__setitem__("a.exe", b"MZ"),
        Refusal.EMBEDDED,
    ),
    "signature": (
        lambda paper: paper.Root.__setitem__(
            "/AcroForm", pikepdf.Dictionary(Fields=[], SigFlags=3)
        ),
        Refusal.SIGNED,
    ),
}


@pytest.mark.parametrize("case", PDF_CHANGES)
def test_a_pdf_that_acts_or_carries_files_is_refused(case, refused, tmp_path):
    change, why = PDF_CHANGES[case]

    assert refused(changed_pdf(tmp_path / "a.pdf", change))[0] is why


def test_a_pdf_under_a_password_is_refused(refused, tmp_path):
    path = pdf(tmp_path / "a.pdf")
    subprocess.run(
        ["qpdf", "--encrypt", "mo", "chu", "256", "--", path, tmp_path / "b.pdf"], check=True
    )

    assert refused(tmp_path / "b.pdf")[0] is Refusal.ENCRYPTED


def test_a_file_that_eats_memory_ends_its_own_process_only(tmp_path):
    path = tmp_path / "a.png"
    drawn((4000, 4000)).save(path)
    folder = tmp_path / "out"
    folder.mkdir()

    with pytest.raises(Refused) as refusal:
        isolated.take_in(path, folder, replace(DEFAULT, memory=120_000_000))
    assert refusal.value.why in {Refusal.TOO_SLOW, Refusal.DAMAGED}


def test_a_full_disk_is_no_refusal_but_an_error_to_be_tried_again(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(picture_bytes("PNG"))

    with pytest.raises(OSError, match="No such file"):
        isolated.take_in(path, tmp_path / "not-there")
