import json

import pytest

from nhipcau.media.moving import recipes
from nhipcau.media.moving.drawing import make_waveform
from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.listening import make_audio
from nhipcau.media.moving.looking import look
from nhipcau.media.moving.loudness import Loudness, Treatment, corrected, measure, treatment
from nhipcau.media.moving.recipes import Codec
from nhipcau.media.tests.moving import making

pytestmark = making.needs_programs
KBPS = {Codec.AAC: 96, Codec.OPUS: 64, Codec.MP3: 128}


def made(source, target, codec):
    recipe = recipes.audio(codec=codec, kbps=KBPS[codec], loudness=-16.0)
    return make_audio(source, target, recipe, look(source), lambda share: None)


@pytest.mark.parametrize("codec", list(Codec))
@pytest.mark.parametrize("decibels", [-38, -30, -3])
def test_every_form_comes_out_at_minus_16_lufs_by_ffmpegs_own_meter(tmp_path, codec, decibels):
    source = making.sound(tmp_path / "nguon.wav", seconds=4, decibels=decibels)

    result = made(source, tmp_path / "ra", codec)

    lufs, peak = making.loudness(tmp_path / "ra")
    assert lufs == pytest.approx(-16.0, abs=0.5)
    assert peak <= -1.5
    assert result.after.lufs == pytest.approx(lufs, abs=0.15)
    assert result.before.lufs == pytest.approx(making.loudness(source)[0], abs=0.15)


def test_peaks_that_would_go_over_are_held_and_the_loudness_is_reached_all_the_same(tmp_path):
    making.ffmpeg(
        "-f", "lavfi", "-i", "sine=f=300:d=6", "-f", "lavfi",
        "-i", "aevalsrc='if(lt(mod(t,1),0.01),0.9*sin(2*PI*900*t),0)':d=6",
        "-filter_complex", "[0]volume=-12dB[q];[q][1]amix=2:normalize=0", tmp_path / "go.wav",
    )  # fmt: skip

    result = made(tmp_path / "go.wav", tmp_path / "ra", Codec.AAC)

    lufs, peak = making.loudness(tmp_path / "ra")
    assert result.is_limited
    assert lufs == pytest.approx(-16.0, abs=0.5)
    assert peak <= -1.5


def test_silence_stays_silence(tmp_path):
    making.ffmpeg("-f", "lavfi", "-i", "anullsrc=r=48000:d=2", tmp_path / "im-lang.wav")

    result = made(tmp_path / "im-lang.wav", tmp_path / "ra", Codec.AAC)

    assert result.before.is_silence
    assert result.after.is_silence


def test_very_quiet_sound_is_lifted_by_no_more_than_thirty_decibels(tmp_path):
    source = making.sound(tmp_path / "nho.wav", decibels=-46)

    result = made(source, tmp_path / "ra", Codec.OPUS)

    assert result.after.lufs - result.before.lufs == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize("codec", list(Codec))
def test_nothing_private_is_left_in_a_rendition(tmp_path, codec):
    ending = {Codec.AAC: "m4a", Codec.OPUS: "opus", Codec.MP3: "mp3"}[codec]
    source = making.sound(tmp_path / "nguon.mp3")
    assert making.private_words(source)

    made(source, tmp_path / f"ra.{ending}", codec)

    # The frame that tells an MP3's duration must be signed by a name that players know, or they
    # play the encoder's padding; it bears no version and nothing about the file.
    needed = {"Lavf"} if codec is Codec.MP3 else set()
    assert set(making.private_words(tmp_path / f"ra.{ending}")) == needed


def test_the_same_work_gives_the_same_bytes(tmp_path):
    source = making.sound(tmp_path / "nguon.wav")
    for name in ("mot", "hai"):
        made(source, tmp_path / name, Codec.AAC)

    assert (tmp_path / "mot").read_bytes() == (tmp_path / "hai").read_bytes()


def test_sound_that_is_asked_of_a_silent_film_is_refused_and_leaves_nothing(tmp_path):
    source = making.film(tmp_path / "cam.mp4", seconds=1, silent=True)

    with pytest.raises(NotPlayable) as caught:
        made(source, tmp_path / "ra", Codec.AAC)

    assert caught.value.trouble is Trouble.NO_SOUND
    assert not (tmp_path / "ra").exists()


def test_the_waveform_shows_where_it_is_loud(tmp_path):
    making.ffmpeg(
        "-f", "lavfi", "-i", "sine=f=440:r=48000:d=4",
        "-af", "volume='if(between(t,1,2),4,0)':eval=frame", tmp_path / "a.wav",
    )  # fmt: skip
    found = look(tmp_path / "a.wav")

    make_waveform(tmp_path / "a.wav", tmp_path / "a.json", recipes.waveform(), found, print)
    make_waveform(tmp_path / "a.wav", tmp_path / "a.svg", recipes.waveform_picture(), found, print)

    told = json.loads((tmp_path / "a.json").read_text())
    loud = [number for number, peak in enumerate(told["peaks"]) if peak > 20]
    assert len(told["peaks"]) == pytest.approx(80, abs=2)
    assert (loud[0] / told["per_second"], loud[-1] / told["per_second"]) == pytest.approx(
        (1, 2), abs=0.15
    )
    assert (tmp_path / "a.svg").read_text().startswith("<svg ")


def test_what_is_measured_is_what_ffmpeg_measures(tmp_path):
    source = making.sound(tmp_path / "nguon.wav", channels=2, decibels=-20)

    found = measure(source)

    assert (found.lufs, found.true_peak) == pytest.approx(making.loudness(source), abs=0.15)


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        pytest.param(Loudness(-20, -10, 5), Treatment(4.0), id="louder, peaks stay below"),
        pytest.param(Loudness(-10, -1, 5), Treatment(-6.0), id="quieter"),
        pytest.param(Loudness(-20, -3, 5), Treatment(4.0, -2.0), id="peaks would go over"),
        pytest.param(Loudness(-70, -80, 0), Treatment(0.0), id="silence"),
        pytest.param(Loudness(-55, -50, 0), Treatment(30.0), id="not the noise of the room"),
    ],
)
def test_what_is_done_to_a_sound(measured, expected):
    assert treatment(measured, target=-16, ceiling=-2.0) == expected


def test_a_second_try_learns_how_much_the_limiter_gives():
    first, second = Treatment(4.0, -2.0), Treatment(6.0, -2.0)
    tried = [(first, Loudness(-18, -1.6, 5)), (second, Loudness(-17, -1.6, 5))]

    assert corrected(tried, target=-16, true_peak=-1.5).gain == pytest.approx(8.0)
