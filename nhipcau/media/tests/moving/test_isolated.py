import os
import signal
import time

import psutil
import pytest

from nhipcau.media.moving import isolated, recipes
from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.limits import Limits
from nhipcau.media.moving.recipes import wanted
from nhipcau.media.tests.moving import making

pytestmark = making.needs_programs
SMALL = recipes.video(height=480, video_kbps=800, audio_kbps=64, loudness=-16.0)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return making.film(tmp_path_factory.mktemp("nguon") / "a.mp4", seconds=6, size="640x480")


def refused(source, target, limits):
    with pytest.raises(NotPlayable) as caught:
        isolated.make(source, target, SMALL, limits)
    assert list(target.parent.iterdir()) == []
    return caught.value.trouble


def test_a_rendition_is_made_in_a_process_of_its_own_which_tells_how_far_it_is(source, tmp_path):
    shares = []

    outcome = isolated.make(source, tmp_path / "ra.mp4", SMALL, beat=shares.append)

    assert (outcome.facts["width"], outcome.facts["height"]) == (640, 480)
    assert outcome.facts["lufs_after"] == pytest.approx(-16, abs=0.5)
    assert shares == sorted(shares)
    assert outcome.look == isolated.examine(source)


def test_a_disk_that_is_full_is_told_and_nothing_half_is_left(source, tmp_path):
    assert refused(source, tmp_path / "ra.mp4", Limits(output_bytes=50_000)) is Trouble.DISK_FULL


def test_too_little_memory_ends_the_work_and_not_the_worker(source, tmp_path):
    trouble = refused(source, tmp_path / "ra.mp4", Limits(memory=260_000_000))

    assert trouble in {Trouble.TOO_HUNGRY, Trouble.DIED}


def test_work_that_takes_too_long_is_stopped(source, tmp_path):
    limits = Limits(seconds=0.3, times_duration=0.0)

    assert refused(source, tmp_path / "ra.mp4", limits) is Trouble.TOO_SLOW


def test_whoever_listens_can_stop_the_work(source, tmp_path):
    class Stop(Exception):
        pass

    def stop(share):
        raise Stop

    with pytest.raises(Stop):
        isolated.make(source, tmp_path / "ra.mp4", SMALL, beat=stop)

    assert list(tmp_path.iterdir()) == []
    # A scanner of another test may be running; of ours nobody is left.
    assert [each for each in psutil.Process().children() if each.name() != "clamd"] == []


def test_the_process_dies_with_the_worker_that_started_it(source, tmp_path):
    worker = os.fork()
    if worker == 0:
        isolated.make(source, tmp_path / "ra.mp4", SMALL)
        os._exit(0)
    until = time.monotonic() + 20
    while not (children := psutil.Process(worker).children()) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)

    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)

    _gone, alive = psutil.wait_procs(children, timeout=10)
    assert children
    assert [each for each in alive if each.status() != psutil.STATUS_ZOMBIE] == []


def test_a_film_that_breaks_off_is_not_made_by_oversight(tmp_path):
    path = making.cut(making.film(tmp_path / "a.mp4", seconds=8), 0.5)

    with pytest.raises(NotPlayable) as caught:
        isolated.make(path, tmp_path / "ra.mp4", SMALL)

    assert caught.value.trouble is Trouble.CUT_OFF
    assert caught.value.details["at"] < 7 < caught.value.details["of"]


def test_a_film_that_breaks_off_is_made_up_to_there_when_somebody_says_so(tmp_path):
    path = making.cut(making.film(tmp_path / "a.mp4", seconds=8), 0.5)
    recipe = recipes.Recipe(**{**_plain(SMALL), "up_to_cut": True})

    outcome = isolated.make(path, tmp_path / "ra.mp4", recipe)

    assert isolated.examine(tmp_path / "ra.mp4").duration_seconds == pytest.approx(
        outcome.look.duration_seconds, abs=0.3
    )


def _plain(recipe):
    return {name: getattr(recipe, name) for name in recipes.Recipe.__slots__}


def test_a_file_that_is_gone_is_a_defect_and_not_a_refusal(tmp_path):
    with pytest.raises(FileNotFoundError):
        isolated.examine(tmp_path / "khong-co.mp4")


def test_recipes_are_named_by_all_their_numbers():
    other = recipes.video(height=480, video_kbps=801, audio_kbps=64, loudness=-16.0)

    assert SMALL.key.startswith("video-480.")
    assert SMALL.key != other.key
    assert SMALL.key == recipes.Recipe(**_plain(SMALL)).key


def test_a_film_gets_no_size_that_is_larger_than_it_is(source):
    offered = [
        recipes.poster(moment_ms=0),
        recipes.waveform(),
        recipes.audio(codec=recipes.Codec.MP3, kbps=128, loudness=-16.0),
        *(
            recipes.video(height=height, video_kbps=900, audio_kbps=96, loudness=-16.0)
            for height in (1080, 480, 720)
        ),
    ]
    found = isolated.examine(source)

    assert [recipe.name for recipe in wanted(found, offered)] == ["poster", "waveform", "video-480"]
