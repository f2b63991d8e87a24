"""What is private is gone: asked of exiftool, and of the bytes; what is shown is untouched."""

import re

import pytest
from PIL import Image, ImageCms

from nhipcau.media.intake import isolated
from nhipcau.media.tests.intake.samples import (
    PRIVATE_WORDS,
    burdened,
    decoded,
    drawn,
    exif_with_place,
    film,
    pdf,
    picture_bytes,
    sound,
    told_by_exiftool,
    word_bytes,
)

PRIVATE_TAGS = re.compile(
    r"GPS|Serial|Artist|Owner|Author|Creator|By-?line|Comment|Caption|Description|Copyright$|Title$"
    r"|Make$|Model$|Software|DateTimeOriginal|Location|XMP|IPTC|Thumbnail|LastModifiedBy|Producer",
    re.IGNORECASE,
)


def private_things(path):
    """Tags of exiftool that tell something private, and private words in the bytes."""
    told = {
        tag: value
        for tag, value in told_by_exiftool(path).items()
        if PRIVATE_TAGS.search(tag.partition("]")[2])
        or tag.startswith(("[XMP", "[IPTC", "[GPS", "[ExifIFD", "[MakerNotes", "[IFD1"))
        if "[ICC" not in tag and "Description]" not in tag and value
    }
    told = {
        tag: value
        for tag, value in told.items()
        if not tag.endswith(("HandlerDescription", "SampleGroupDescription"))
    }
    data = path.read_bytes()
    return told, [word for word in PRIVATE_WORDS if word.encode() in data]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_picture_tells_nothing_private_and_its_pixels_are_the_same(form, take, tmp_path):
    path = tmp_path / "anh"
    path.write_bytes(picture_bytes(form))
    burdened(path.rename(path.with_suffix(f".{form.lower()}")))
    path = path.with_suffix(f".{form.lower()}")
    assert private_things(path)[0], "the sample itself must be full of private things"

    taken = take(path)

    assert private_things(taken.path) == ({}, [])
    assert Image.open(taken.path).tobytes() == Image.open(path).tobytes()
    assert (taken.format, taken.width, taken.height) == (form.lower(), 96, 64)
    if form != "GIF":  # a GIF has no Exif
        assert {"place", "person"} <= set(taken.taken_out)


def test_a_jpeg_keeps_its_coded_data_byte_for_byte_its_profile_and_its_orientation(take):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = exif_with_place()
    exif[0x0112] = 6
    data = picture_bytes("JPEG", exif=exif, icc_profile=profile, progressive=True)

    taken = take(data)

    told = told_by_exiftool(taken.path)
    assert told["[IFD0]          Orientation"] == "Rotate 90 CW"
    assert [tag for tag in told if tag.startswith(("[IFD0]", "[GPS]", "[ExifIFD]"))] == [
        "[IFD0]          Orientation"
    ]
    scan = data.index(b"\xff\xda")
    assert taken.data.endswith(data[scan:])
    assert Image.open(taken.path).info["icc_profile"] == profile
    assert (taken.width, taken.height) == (64, 96), "as shown: turned by 90 degrees"


def test_the_thumbnail_of_a_jpeg_and_what_hangs_behind_its_end_are_gone(take, tmp_path):
    thumbnail = picture_bytes("JPEG")
    path = tmp_path / "a.jpg"
    path.write_bytes(picture_bytes("JPEG"))
    burdened(path)
    (tmp_path / "t.jpg").write_bytes(thumbnail)
    import subprocess

    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", f"-ThumbnailImage<={tmp_path / 't.jpg'}", path],
        check=True,
    )
    path.write_bytes(path.read_bytes() + thumbnail)

    taken = take(path)

    assert {"thumbnail", "attached"} <= set(taken.taken_out)
    assert taken.data.count(b"\xff\xd8\xff") == 1
    assert private_things(taken.path) == ({}, [])


def test_an_animation_keeps_its_frames_and_its_loop(take, tmp_path):
    path = tmp_path / "a.gif"
    frames = [drawn(), drawn().rotate(90), drawn().rotate(180)]
    frames[0].save(path, save_all=True, append_images=frames[1:], loop=0, comment=b"rieng-tu")

    taken = take(path)

    picture = Image.open(taken.path)
    assert (picture.n_frames, picture.info["loop"]) == (3, 0)
    assert b"rieng-tu" not in taken.data


@pytest.mark.parametrize(
    ("ending", "codecs", "form"),
    [
        ("mp4", (), "mp4"),
        ("mov", (), "mov"),
        ("3gp", ("-c:v", "h263", "-s", "176x144", "-c:a", "aac", "-ar", "8000", "-ac", "1"), "mp4"),
        ("webm", ("-c:v", "libvpx", "-c:a", "libopus"), "webm"),
        ("mkv", (), "mkv"),
        ("avi", ("-c:v", "mpeg4", "-c:a", "mp3"), "avi"),
        ("ogv", ("-c:v", "libtheora", "-c:a", "libvorbis"), "ogv"),
    ],
)  # fmt: skip
def test_a_film_tells_nothing_private_and_plays_the_same(ending, codecs, form, take, tmp_path):
    path = film(tmp_path / f"phim.{ending}", *codecs)
    assert private_things(path)[1]

    taken = take(path)

    assert private_things(taken.path) == ({}, [])
    assert decoded(taken.path) == decoded(path)
    assert len(taken.data) == path.stat().st_size, "overwritten in place"
    assert taken.format == form
    assert taken.taken_out
    assert taken.width in {160, 192}
    assert 1900 <= taken.duration_ms <= 2200


@pytest.mark.parametrize(
    ("ending", "codecs", "form"),
    [
        ("mp3", ("-write_id3v1", "1"), "mp3"),
        ("m4a", (), "m4a"),
        ("wav", (), "wav"),
        ("flac", (), "flac"),
        ("ogg", ("-c:a", "libvorbis"), "ogg"),
        ("opus", (), "ogg"),
        ("weba", ("-f", "webm"), "weba"),
        ("mka", (), "weba"),
    ],
)
def test_a_sound_tells_nothing_private_and_sounds_the_same(ending, codecs, form, take, tmp_path):
    path = sound(tmp_path / f"am.{ending}", *codecs)
    assert private_things(path)[1]

    taken = take(path)

    assert private_things(taken.path) == ({}, [])
    assert decoded(taken.path) == decoded(path)
    assert taken.format == form


def test_a_position_track_goes_with_its_samples(take, tmp_path):
    """As action cameras write it: a track that is neither picture nor sound."""
    words = tmp_path / "gps.srt"
    words.write_text("1\n00:00:00,000 --> 00:00:02,000\nrieng-tu 21.8537\n")
    path = tmp_path / "gopro.mp4"
    from nhipcau.media.tests.intake.samples import ffmpeg

    ffmpeg(
        "-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=2", "-i", words,
        "-c:s", "mov_text", path,
    )  # fmt: skip
    data = path.read_bytes()
    for kind in (b"sbtl", b"text"):
        data = data.replace(b"\0\0\0\0" + kind, b"\0\0\0\0meta")
    path.write_bytes(data)
    assert b"21.8537" in data

    taken = take(path)

    assert "track" in taken.taken_out
    assert b"21.8537" not in taken.data
    assert private_things(taken.path) == ({}, [])


def test_a_pdf_tells_nothing_of_its_author_and_its_photographs_tell_nothing_either(take, tmp_path):
    import pikepdf

    photo = picture_bytes("JPEG", exif=exif_with_place())
    path = pdf(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as paper:
        picture = pikepdf.Stream(
            paper, photo, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=96,
            Height=64, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        paper.pages[0].Resources.XObject = pikepdf.Dictionary(Im1=paper.make_indirect(picture))
        paper.pages[0].PieceInfo = pikepdf.Dictionary(Rieng=pikepdf.String("rieng-tu"))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
            T="Nguyễn Văn Riêng", Contents="xem",
        )  # fmt: skip
        paper.pages[1].Annots = pikepdf.Array([note])
        paper.save(path)
    burdened(path)
    assert b"SN-4711-RIENG" in path.read_bytes()

    taken = take(path)

    assert private_things(taken.path) == ({}, [])
    assert taken.pages == 2
    assert {"place", "person", "traces"} <= set(taken.taken_out)
    with pikepdf.open(taken.path) as paper:
        assert "/Info" not in paper.trailer
        assert "/Metadata" not in paper.Root
        kept = paper.pages[0].Resources.XObject.Im1.read_raw_bytes()
        assert kept[kept.index(b"\xff\xda") :] == photo[photo.index(b"\xff\xda") :]
        assert "/T" not in paper.pages[1].Annots[0]


def test_an_office_paper_tells_nothing_of_its_author_and_still_opens(take, tmp_path):
    import docx

    taken = take(word_bytes())
    path = taken.path.rename(tmp_path / "sach.docx")

    assert private_things(path) == ({}, [])
    assert b"SN-4711" not in taken.data
    paper = docx.Document(path)
    assert [one.text for one in paper.paragraphs[:2]] == ["Thông báo", "Cửa khẩu mở cửa từ 7 giờ."]
    assert paper.core_properties.author == ""
    assert len(paper.inline_shapes) == 1
    photo = paper.part.related_parts[
        paper.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip.embed
    ]
    assert b"Exif" not in photo.blob


def test_a_workbook_loses_its_paths_and_its_printer(take, tmp_path):
    from io import BytesIO

    import openpyxl

    from nhipcau.media.tests.intake.samples import with_parts

    book = openpyxl.Workbook()
    book.active["A1"] = "Số lượt khách"
    book.properties.creator = "Nguyễn Văn Riêng"
    kept = BytesIO()
    book.save(kept)
    path = (
        b'<x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"'
        b' url="C:\\Users\\rieng-tu\\"/>'
    )
    data = with_parts(
        kept.getvalue(),
        {
            "xl/workbook.xml": lambda old: old.replace(b"<sheets>", path + b"<sheets>"),
            "xl/printerSettings/printerSettings1.bin": b"rieng-tu",
        },
    )

    taken = take(data)
    named = taken.path.rename(tmp_path / "sach.xlsx")

    assert private_things(named) == ({}, [])
    assert openpyxl.load_workbook(named).active["A1"].value == "Số lượt khách"


def test_the_process_of_its_own_answers_the_same(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(picture_bytes("JPEG"))
    burdened(path)
    folder = tmp_path / "out"
    folder.mkdir()

    taken = isolated.take_in(path, folder)

    assert (taken.format.mime, taken.width, taken.height) == ("image/jpeg", 96, 64)
    assert private_things(taken.path) == ({}, [])
    small, square = isolated.make_sizes(
        taken.path,
        folder,
        [
            {"form": "webp", "width": 48, "height": 48},
            {"form": "avif", "width": 40, "height": 40, "is_cut": True, "focal_x": 0},
        ],
    )
    assert (small.width, small.height) == (48, 32)
    assert Image.open(square.path).size == (square.width, square.height) == (40, 40)
    assert Image.open(square.path).format == "AVIF"
