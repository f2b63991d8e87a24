import pytest

from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.limits import Limits
from nhipcau.media.moving.looking import look
from nhipcau.media.moving.looks import Makeup
from nhipcau.media.tests.moving import making

pytestmark = making.needs_programs


def refused(path, limits=None):
    with pytest.raises(NotPlayable) as caught:
        look(path, *([limits] if limits else []))
    return caught.value


def test_a_film_with_a_vietnamese_name_is_looked_at(tmp_path):
    found = look(making.film(tmp_path / "Lễ hội: chợ phiên, Đồng Đăng.mp4", seconds=2))

    assert found.makeup is Makeup.VIDEO
    assert (found.width, found.height, found.rotation) == (320, 240, 0)
    assert found.duration_seconds == pytest.approx(2, abs=0.1)
    assert (found.video_codec, found.audio_codec) == ("h264", "aac")
    assert not found.is_cut_off


def test_a_film_taken_upright_is_told_as_it_is_shown(tmp_path):
    found = look(making.film(tmp_path / "dung.mp4", seconds=1, rotate=90))

    assert (found.width, found.height, found.rotation) == (240, 320, 90)


@pytest.mark.parametrize("ending", ["mp3", "wav", "flac", "ogg", "opus", "m4a"])
def test_sound_is_told_whatever_the_name_says(tmp_path, ending):
    path = making.sound(tmp_path / f"ban-tin.{ending}", seconds=2)
    renamed = path.rename(tmp_path / "ban-tin.txt")

    found = look(renamed)

    assert found.makeup is Makeup.AUDIO
    assert found.duration_seconds == pytest.approx(2, abs=0.1)
    assert not found.is_cut_off


@pytest.mark.parametrize("ending", ["mp4", "mkv", "mp3", "wav", "flac", "ogg"])
def test_a_file_cut_off_in_the_middle_is_known_to_be(tmp_path, ending):
    path = tmp_path / f"dut-giua-chung.{ending}"
    is_film = ending in {"mp4", "mkv"}
    (making.film if is_film else making.sound)(path, seconds=8)

    found = look(making.cut(path, 0.5))

    assert found.is_cut_off
    assert 1 < found.duration_seconds < 7
    if ending not in {"wav", "ogg"}:  # these two promise no duration of their own
        assert found.promised_seconds == pytest.approx(8, abs=0.2)


def test_a_film_whose_index_never_arrived_cannot_be_played(tmp_path):
    path = making.cut(making.film(tmp_path / "a.mp4", index_first=False), 0.6)

    assert refused(path).trouble is Trouble.UNFINISHED


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        pytest.param(b"", Trouble.EMPTY, id="empty"),
        pytest.param(b"\0" * 4096, Trouble.UNKNOWN_FORMAT, id="zeros"),
        pytest.param(b"chi la chu viet " * 300, Trouble.UNKNOWN_FORMAT, id="text"),
        pytest.param(
            b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
            Trouble.UNKNOWN_FORMAT,
            id="a playlist that leads to another file",
        ),
        pytest.param(
            b"ffconcat version 1.0\nfile a.mp4\n", Trouble.UNKNOWN_FORMAT, id="a list of files"
        ),
        pytest.param(
            b"<?xml version='1.0'?><MPD><Period/></MPD>", Trouble.UNKNOWN_FORMAT, id="DASH"
        ),
    ],
)
def test_what_is_neither_sound_nor_film_is_refused(tmp_path, content, trouble):
    path = tmp_path / "phim.mp4"
    path.write_bytes(content)

    assert refused(path).trouble is trouble


def test_a_picture_is_no_film(tmp_path):
    making.ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", tmp_path / "a.png")

    assert refused(tmp_path / "a.png").trouble is Trouble.UNKNOWN_FORMAT


def test_a_film_longer_or_larger_than_the_house_takes_is_refused(tmp_path):
    path = making.film(tmp_path / "a.mp4", seconds=2)

    too_long, too_large = (
        refused(path, limits) for limits in (Limits(longest_seconds=1.0), Limits(pixels=10_000))
    )

    assert (too_long.trouble, too_long.details["limit"]) == (Trouble.TOO_LONG, 1.0)
    assert (too_large.trouble, too_large.details["width"]) == (Trouble.TOO_LARGE, 320)


def test_a_cover_inside_a_sound_file_makes_no_film_of_it(tmp_path):
    making.sound(tmp_path / "a.mp3")
    making.ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", tmp_path / "a.png")
    making.ffmpeg(
        "-i", tmp_path / "a.mp3", "-i", tmp_path / "a.png", "-map", "0", "-map", "1",
        "-c", "copy", "-disposition:v", "attached_pic", tmp_path / "b.mp3",
    )  # fmt: skip

    assert look(tmp_path / "b.mp3").makeup is Makeup.AUDIO
