import contextlib
import os
import shutil
import subprocess
from types import SimpleNamespace

import pytest

from nhipcau.media import workshop
from nhipcau.media.actions.renditions import cancel, try_again
from nhipcau.media.enums import ItemKind, RenditionState
from nhipcau.media.models import MediaRendition
from nhipcau.media.moving.errors import Trouble
from nhipcau.media.queries import Damage, damaged_files
from nhipcau.media.tests.moving import making
from nhipcau.media.tests.moving.rows import AT, BY, make_item
from nhipcau.media.workshop import Workshop, look_at, make_next
from nhipcau.outbox.actions import register_consumers, work
from nhipcau.outbox.models import Consumer, Handover
from nhipcau.outbox.tasks import deliver

pytestmark = [making.needs_programs, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MOVING_AUDIO_FORMS = [("aac", 64)]
    return settings.MEDIA_ROOT


def quietly():
    return None


def sound_item(tmp_path, **fields):
    path = making.sound(tmp_path / "bản tin.mp3", seconds=2)
    return make_item(data=path.read_bytes(), name=path.name, kind=ItemKind.AUDIO, **fields)


def states(item):
    return dict(
        MediaRendition.objects.filter(original=item.current.stored).values_list("name", "state")
    )


def test_news_of_a_sound_leads_to_everything_that_is_made_of_it(settings, tmp_path):
    Consumer.objects.all().delete()
    settings.OUTBOX_CONSUMERS = ["nhipcau.media.workshop.Workshop"]
    register_consumers(at=AT)
    item = sound_item(tmp_path)

    while work(consumer=Workshop.name, at=AT):
        pass

    assert states(item) == {
        "audio-aac": RenditionState.DONE,
        "waveform": RenditionState.DONE,
        "waveform-picture": RenditionState.DONE,
    }
    assert not Handover.objects.owed().exists()
    assert list(damaged_files()) == []
    sounding = MediaRendition.objects.get(name="audio-aac")
    assert sounding.facts["lufs_after"] == pytest.approx(-16, abs=0.4)


def test_a_file_that_is_no_film_is_told_and_nothing_is_made():
    item = make_item(data=b"khong phai phim " * 300)

    look_at(item.current_id, beat=quietly)

    item.current.moving.refresh_from_db()
    assert item.current.moving.trouble == Trouble.UNKNOWN_FORMAT
    assert not MediaRendition.objects.exists()
    assert not make_next(beat=quietly)


def test_an_original_that_is_gone_is_told(tmp_path, own_folder):
    item = sound_item(tmp_path)
    look_at(item.current_id, beat=quietly)
    shutil.rmtree(own_folder / "private")

    while make_next(beat=quietly):
        pass

    assert set(MediaRendition.objects.values_list("trouble", flat=True)) == {Trouble.LOST}


def test_what_is_cancelled_at_work_is_stopped_and_leaves_nothing(tmp_path, monkeypatch, own_folder):
    item = sound_item(tmp_path)
    look_at(item.current_id, beat=quietly)
    monkeypatch.setattr(workshop, "_NOTE_EVERY_SECONDS", 0.0)

    def beat():
        running = MediaRendition.objects.filter(state=RenditionState.RUNNING).first()
        if running is not None:
            cancel(rendition=running, by=BY, at=AT)

    while make_next(beat=beat):
        pass

    cancelled = [name for name, state in states(item).items() if state == RenditionState.CANCELLED]
    assert "audio-aac" in cancelled
    assert list((own_folder / "private").rglob("unfinished*")) == []


def test_a_worker_that_was_too_slow_stops_and_leaves_the_work_of_the_quicker_one_alone(
    tmp_path, monkeypatch
):
    item = sound_item(tmp_path)
    look_at(item.current_id, beat=quietly)
    MediaRendition.objects.exclude(name="audio-aac").delete()
    kept = workshop.store.adopt
    took_over = []

    def overtaken(target):
        # Just before the slow one keeps its file, its lease has run out and another is quicker.
        if not took_over:
            took_over.append(target)
            MediaRendition.objects.update(leased_until=AT)
            assert make_next(beat=quietly)
        return kept(target)

    monkeypatch.setattr(workshop.store, "adopt", overtaken)
    assert make_next(beat=quietly)

    rendition = MediaRendition.objects.get()
    assert (rendition.state, rendition.attempts) == (RenditionState.DONE, 2)
    assert list(damaged_files()) == []
    assert item.current.derivatives.count() == 1


def test_the_waking_task_leaves_long_work_to_the_threads_of_the_consumers(settings, tmp_path):
    Consumer.objects.all().delete()
    settings.OUTBOX_CONSUMERS = ["nhipcau.media.workshop.Workshop"]
    register_consumers(at=AT)
    item = sound_item(tmp_path)

    deliver.func(SimpleNamespace(task_result=SimpleNamespace(worker_ids=["w"])))

    item.current.moving.refresh_from_db()
    assert item.current.moving.looked_at is None
    assert Handover.objects.owed().count() == 1


@pytest.fixture
def small_disk(own_folder):
    """The house's files on a real file system of four megabytes."""
    own_folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(own_folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    yield own_folder
    subprocess.run(["umount", "--lazy", str(own_folder)], check=True)


def _fill(ballast):
    with contextlib.suppress(OSError), ballast.open("wb") as file:
        while True:
            file.write(b"x" * 4096)
            file.flush()
    assert shutil.disk_usage(ballast.parent).free < 4096


def test_a_disk_that_fills_up_is_told_leaves_nothing_half_and_the_work_can_be_done_later(
    tmp_path, small_disk, settings
):
    path = making.film(tmp_path / "phim.mp4", seconds=2, size="640x480")
    item = make_item(data=path.read_bytes())
    look_at(item.current_id, beat=quietly)
    ballast = small_disk / "ballast"
    _fill(ballast)
    kept = set((small_disk / "private").glob("??/*"))

    while make_next(beat=quietly):
        pass

    assert set(states(item).values()) == {RenditionState.FAILED}
    assert set(MediaRendition.objects.values_list("trouble", flat=True)) == {Trouble.DISK_FULL}
    assert set((small_disk / "private").glob("??/*")) == kept
    assert [
        each for each in (small_disk / "private" / "arriving").rglob("*") if each.is_file()
    ] == []

    ballast.unlink()
    for rendition in MediaRendition.objects.all():
        try_again(rendition=rendition, by=BY, at=AT)
    while make_next(beat=quietly):
        pass

    assert set(states(item).values()) == {RenditionState.DONE}
    assert [finding for finding in damaged_files() if finding.damage != Damage.UNNAMED] == []
