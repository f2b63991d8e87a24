"""An emblem is a plain PNG when it is kept, whatever was brought; what is hostile is refused."""

import errno
import io
import struct
import zipfile
import zlib

import pytest
from django.utils.translation import override
from PIL import Image

from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.errors import EmblemRefused
from nhipcau.media.queries import emblems
from nhipcau.media.queries.emblems import emblem_from
from nhipcau.paper.typesetting import Limits
from nhipcau.registry.rules.looks import LARGEST_EMBLEM

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
)
SIZED = 'width="300" height="150"'


def svg(inside, size=SIZED):
    return SVG.format(size, inside).encode()


def png(size=(64, 64), colour="#b02a57", mode="RGBA", **more):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, "PNG", **more)
    return file.getvalue()


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(side):
    """A whole PNG of side by side points, white, in a few kilobytes."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\xff" * ((side + 7) // 8)) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def packed():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")
    return file.getvalue()


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def opened(content):
    with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
        picture.load()
        return picture


def test_a_picture_keeps_its_points_and_loses_what_is_private():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Nguyễn Văn Riêng")

    kept = emblem_from(png((64, 40), pnginfo=words))

    assert opened(kept).size == (64, 40)
    assert opened(kept).getpixel((5, 5)) == (0xB0, 0x2A, 0x57, 255)
    assert "Riêng".encode() not in kept
    assert emblem_from(kept) == kept


def test_a_large_picture_is_kept_smaller_and_what_is_rich_in_points_smaller_still():
    noise = Image.effect_noise((700, 700), 90)
    file = io.BytesIO()
    noise.save(file, "PNG")

    assert opened(emblem_from(png((3000, 1500)))).size == (1024, 512)
    rich = emblem_from(file.getvalue())
    assert opened(rich).size == (640, 640) or opened(rich).size == (320, 320)
    assert len(rich) <= LARGEST_EMBLEM


def test_a_drawing_is_drawn_without_a_ground():
    kept = opened(emblem_from(svg('<circle cx="150" cy="75" r="70" fill="#0b5d7a"/>')))

    assert kept.size == (1024, 512)
    assert kept.convert("RGBA").getpixel((512, 256)) == (0x0B, 0x5D, 0x7A, 255)
    assert kept.convert("RGBA").getpixel((2, 2))[3] == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(svg("<script>alert(1)</script>"), "something that acts", id="script"),
        pytest.param(svg('<rect onload="x()"/>'), "something that acts", id="a handler"),
        pytest.param(svg("<foreignObject><a/></foreignObject>"), "that acts", id="foreignObject"),
        pytest.param(
            svg('<image xlink:href="https://theo.doi/1.png"/>'), "from elsewhere", id="a reference"
        ),
        pytest.param(
            svg("<style>@import url(https://theo.doi/a.css)</style>"), "elsewhere", id="@import"
        ),
        pytest.param(
            b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<text>&a;</text>"), "that acts", id="entity"
        ),
        pytest.param(
            svg("<rect/>", 'viewBox="0 0 900000 900000"'), "900000 × 900000", id="huge view box"
        ),
        pytest.param(svg("<rect"), "damaged", id="half a drawing"),
        pytest.param(bomb(6000), "6000 × 6000 points; 25 million", id="a bomb"),
        pytest.param(png() + packed(), "two things at once", id="also an archive"),
        pytest.param(
            png()[:-12] + b"<html><script>" + png()[-12:],
            "two things|breaks off|damaged",
            id="page",
        ),
        pytest.param(png()[:60], "breaks off|damaged", id="half a picture"),
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"GIF89a" + b"\0" * 99, "damaged|neither|breaks off", id="half a GIF"),
        pytest.param(b"%PDF-1.7\n", "neither|damaged", id="a paper called .png"),
        pytest.param(b"MZ" + b"\0" * 99, "neither, whatever its name", id="a program"),
        pytest.param("Chỉ là chữ".encode(), "neither, whatever its name", id="words"),
        pytest.param(b"\x89PNG" + b"\0" * 2_000_001, r"2\.1 MB; an emblem may have 2", id="large"),
        pytest.param(png(colour=(0, 0, 0, 0)), "nothing to be seen", id="transparent"),
        pytest.param(svg("<defs/>"), "nothing to be seen", id="a drawing of nothing"),
    ],
)
def test_what_no_emblem_can_be_is_refused_with_one_sentence(content, sentence):
    with override("en"), pytest.raises(EmblemRefused, match=sentence) as refusal:
        emblem_from(content)

    assert str(refusal.value).endswith(".")
    with override("vi"):
        assert str(refusal.value)


def test_a_photograph_is_no_emblem():
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(file, "JPEG")

    with override("en"), pytest.raises(RuleBroken, match="neither"):
        emblem_from(file.getvalue())


def test_a_drawing_that_repeats_itself_a_billion_times_ends_its_own_process_only(monkeypatch):
    monkeypatch.setattr(emblems, "_DRAWING_LIMITS", Limits(processor=1, seconds=5.0))
    layers = "".join(
        f'<g id="a{n}">' + f'<use xlink:href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 10)
    )
    content = svg(
        f'<defs><g id="a0"><rect width="9" height="9"/></g>{layers}</defs><use xlink:href="#a9"/>'
    )

    with override("en"), pytest.raises(EmblemRefused, match=r"too much time|damaged"):
        emblem_from(content)


def test_a_full_disk_is_told_apart_from_a_bad_file(monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(emblems, "take_in", full)

    with pytest.raises(OSError, match="No space left"):
        emblem_from(png())
