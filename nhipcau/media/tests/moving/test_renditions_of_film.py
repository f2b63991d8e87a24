from itertools import pairwise

import pytest

from nhipcau.media.moving import recipes
from nhipcau.media.moving.drawing import make_poster
from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.filming import make_video, size_for
from nhipcau.media.moving.limits import DEFAULT
from nhipcau.media.moving.looking import look
from nhipcau.media.moving.looks import Look, Makeup
from nhipcau.media.tests.moving import making

pytestmark = making.needs_programs


def made(source, target, *, height=480, kbps=1000):
    recipe = recipes.video(height=height, video_kbps=kbps, audio_kbps=96, loudness=-16.0)
    return make_video(
        source, target, recipe, found=look(source), progress=lambda share: None, limits=DEFAULT
    )


def test_a_film_becomes_h264_and_aac_with_its_index_in_front(tmp_path):
    source = making.film(tmp_path / "Phim tư liệu.mkv", size="1280x720", rate=50, seconds=3)

    result = made(source, tmp_path / "ra.mp4")

    picture, sound = making.probed(tmp_path / "ra.mp4")["streams"]
    assert (picture["codec_name"], picture["pix_fmt"]) == ("h264", "yuv420p")
    assert (picture["width"], picture["height"]) == (854, 480) == (result.width, result.height)
    assert picture["r_frame_rate"] == "30/1"
    assert (sound["codec_name"], sound["sample_rate"], sound["channels"]) == ("aac", "48000", 2)
    assert float(picture["duration"]) == pytest.approx(3, abs=0.1)
    assert float(sound["start_time"]) == pytest.approx(float(picture["start_time"]), abs=0.05)
    data = (tmp_path / "ra.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    lufs, peak = making.loudness(tmp_path / "ra.mp4")
    assert lufs == pytest.approx(-16, abs=0.5)
    assert peak <= -1.5


def test_a_key_frame_stands_every_two_seconds_at_least(tmp_path):
    made(making.film(tmp_path / "a.mp4", seconds=5), tmp_path / "ra.mp4")

    told = making.run(
        "ffprobe", "-v", "error", "-select_streams", "v", "-skip_frame", "nokey",
        "-show_entries", "frame=pts_time", "-of", "csv=p=0", tmp_path / "ra.mp4",
    ).stdout  # fmt: skip
    moments = [float(line.strip(",\n")) for line in told.split()]
    assert moments[0] == 0
    assert max(b - a for a, b in pairwise(moments)) <= 2.05


def test_the_rate_is_bounded_however_wild_the_picture(tmp_path):
    making.ffmpeg(
        "-f", "lavfi", "-i", "nullsrc=s=640x480:d=4:r=25,geq=random(1)*255:128:128",
        "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", tmp_path / "nhieu.mp4",
    )  # fmt: skip

    made(tmp_path / "nhieu.mp4", tmp_path / "ra.mp4", kbps=500)

    # Over the whole film no more than the rate and what the decoder's buffer may lend: 2 seconds.
    assert (tmp_path / "ra.mp4").stat().st_size * 8 / 1000 < 500 * (4 + 2) * 1.05


@pytest.mark.parametrize(
    ("shown", "lines", "expected"),
    [
        pytest.param((1920, 1080), 720, (1280, 720), id="smaller"),
        pytest.param((640, 360), 720, (640, 360), id="never larger"),
        pytest.param((1080, 1920), 480, (480, 854), id="taken upright"),
        pytest.param((321, 241), 480, (320, 240), id="even numbers"),
        pytest.param((4096, 2), 480, (4096, 2), id="a strip"),
    ],
)
def test_sizes(shown, lines, expected):
    found = Look(Makeup.VIDEO, "mov", 1.0, width=shown[0], height=shown[1])

    assert size_for(found, lines) == expected


def test_a_film_taken_upright_stands_upright_in_every_player(tmp_path):
    source = making.film(tmp_path / "dung.mp4", seconds=1, rotate=90)

    made(source, tmp_path / "ra.mp4")

    picture = making.probed(tmp_path / "ra.mp4")["streams"][0]
    assert (picture["width"], picture["height"]) == (240, 320)
    assert "side_data_list" not in picture


def test_nothing_private_is_left_in_a_rendition(tmp_path):
    source = making.film(tmp_path / "nguon.mp4")
    assert {"21.853", "2026", "x264", making.PRIVATE["artist"]} <= set(making.private_words(source))

    made(source, tmp_path / "ra.mp4")

    assert making.private_words(tmp_path / "ra.mp4") == []


def test_a_silent_film_stays_silent(tmp_path):
    result = made(making.film(tmp_path / "cam.mp4", silent=True, seconds=1), tmp_path / "ra.mp4")

    assert result.sounding is None
    assert [each["codec_type"] for each in making.probed(tmp_path / "ra.mp4")["streams"]] == [
        "video"
    ]


def test_sound_that_begins_later_than_the_picture_stays_with_it(tmp_path):
    making.film(tmp_path / "a.mp4", seconds=3, silent=True)
    making.sound(tmp_path / "a.wav", seconds=2, private=False)
    making.ffmpeg(
        "-i", tmp_path / "a.mp4", "-itsoffset", "1", "-i", tmp_path / "a.wav",
        "-c:v", "copy", "-c:a", "aac", tmp_path / "b.mp4",
    )  # fmt: skip

    made(tmp_path / "b.mp4", tmp_path / "ra.mp4")

    told = making.run(
        "ffmpeg", "-hide_banner", "-nostats", "-i", tmp_path / "ra.mp4",
        "-af", "silencedetect=n=-50dB:d=0.5", "-f", "null", "-",
    ).stderr  # fmt: skip
    assert float(told.split("silence_end: ")[1].split()[0]) == pytest.approx(1, abs=0.1)


def test_a_film_with_a_hole_in_the_middle_is_made_all_the_same(tmp_path):
    source = making.film(tmp_path / "thung.mp4", seconds=6)
    data = bytearray(source.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2000] = b"\x55" * 2000
    source.write_bytes(data)

    result = made(source, tmp_path / "ra.mp4")

    assert result.width == 320
    assert look(tmp_path / "ra.mp4").duration_seconds == pytest.approx(6, abs=0.2)


def test_a_film_that_is_nothing_but_holes_is_refused_and_leaves_nothing(tmp_path):
    source = making.film(tmp_path / "nat.mp4", seconds=4, silent=True)
    data = bytearray(source.read_bytes())
    start = data.index(b"mdat") + 4
    data[start:] = bytes(len(data) - start)
    source.write_bytes(data)

    with pytest.raises(NotPlayable) as caught:
        made(source, tmp_path / "ra.mp4")

    assert caught.value.trouble is Trouble.DAMAGED
    assert list(tmp_path.iterdir()) == [source]


def test_the_poster_is_taken_at_its_moment_and_says_nothing_else(tmp_path):
    making.ffmpeg(
        "-f", "lavfi", "-i", "color=red:s=320x240:d=2:r=25", "-f", "lavfi",
        "-i", "color=blue:s=320x240:d=2:r=25", "-filter_complex", "[0][1]concat=n=2",
        "-c:v", "libx264", "-pix_fmt", "yuv420p", tmp_path / "a.mp4",
    )  # fmt: skip
    found = look(tmp_path / "a.mp4")

    for name, moment in (("do", 1000), ("xanh", 3000), ("cuoi", 99_000)):
        recipe = recipes.poster(moment_ms=moment)
        make_poster(tmp_path / "a.mp4", tmp_path / f"{name}.jpg", recipe, found, DEFAULT)

    shown = {
        name: making.run(
            "ffmpeg", "-v", "error", "-i", tmp_path / f"{name}.jpg", "-vf",
            "scale=1:1,format=rgb24", "-f", "rawvideo", tmp_path / name,
        )
        and tuple((tmp_path / name).read_bytes())
        for name in ("do", "xanh", "cuoi")
    }  # fmt: skip
    assert [name for name, (red, _, blue) in shown.items() if red > 200 and blue < 50] == ["do"]
    assert [name for name, (red, _, blue) in shown.items() if blue > 200 and red < 50] == [
        "xanh",
        "cuoi",
    ]
    assert {name.split(":")[0] for name in making.told_by_exiftool(tmp_path / "do.jpg")} <= {
        "JFIF", "Composite",
    }  # fmt: skip
