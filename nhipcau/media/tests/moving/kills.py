"""Kills a worker that transcodes again and again, then counts what was made.

    DJANGO_SETTINGS_MODULE=… python -m nhipcau.media.tests.moving.kills DATABASE FOLDER KILLS SEED

DATABASE is Django's settings of a migrated, empty database as JSON. Each round brings one small
film or sound of its own (beyond FEW every second round: what earlier rounds left is work enough),
forks a real worker process with all its threads, and sends it SIGKILL: a third of them at a random
moment after its start, the others at a random moment of a rendition that it has begun, however
busy the machine is. A last worker then finishes in peace. Prints what was found, as JSON.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

LEASE = timedelta(seconds=2)
FEW = 20
BEGINS_WITHIN_SECONDS = 15  # else it is killed while it has nothing in hand
PATIENCE_SECONDS = 90  # with a last worker that gets nothing done


def bring(number, folder):
    """A film (every third) or sound with bytes of its own, kept and announced."""
    from nhipcau.media.enums import ItemKind
    from nhipcau.media.tests.moving.rows import make_item

    is_film = number % 3 == 0
    path = folder / (f"phim-{number}.mp4" if is_film else f"tieng-{number}.mp3")
    tone = ["-f", "lavfi", "-i", f"sine=f={200 + number}:d=1"]
    bars = ["-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=1"] if is_film else []
    subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", *tone, *bars, str(path)], check=True, timeout=60
    )
    make_item(
        data=path.read_bytes(),
        name=path.name,
        kind=ItemKind.VIDEO if is_film else ItemKind.AUDIO,
        unit=bring.unit,
    )
    path.unlink()


def forked_worker():
    """The process id of a worker that has begun, the leader of a group of its own."""
    from django.db import connections

    from nhipcau.media.moving.working import die_with
    from nhipcau.outbox.worker import WorkerProcess

    connections.close_all()  # a connection to a server is never shared with a child
    reading, writing = os.pipe()
    driver = os.getpid()
    child = os.fork()
    if child:
        os.close(writing)
        os.read(reading, 1)
        os.close(reading)
        return child
    try:
        die_with(driver)
        os.close(reading)
        worker = WorkerProcess()
        worker.stop_on_signals()
        os.write(writing, b"1")
        worker.start()
    finally:
        os._exit(0)


def wait_for_the_moment(chance):
    """Until the worker that was just forked is to die."""
    from django.utils import timezone

    from nhipcau.media.models import MediaRendition

    forked, until = timezone.now(), time.monotonic() + BEGINS_WITHIN_SECONDS
    if chance.random() > 1 / 3:
        begun = MediaRendition.objects.filter(begun_at__gte=forked)
        while not begun.exists() and time.monotonic() < until:
            time.sleep(0.05)
    time.sleep(chance.uniform(0, 0.7))


def counted(brought):
    from nhipcau.audit.models import Entry
    from nhipcau.audit.verification import Verification
    from nhipcau.media.enums import RenditionState
    from nhipcau.media.models import Derivative, MediaRendition, MovingFile
    from nhipcau.media.queries import Damage, damaged_files
    from nhipcau.media.queries.moving import recipes_for
    from nhipcau.outbox.models import Handover, Message

    renditions = MediaRendition.objects.all()
    wanted = sum(len(recipes_for(each)) for each in MovingFile.objects.all())
    damage = [finding.damage for finding in damaged_files()]
    bench = Path(settings.MEDIA_ROOT) / "private" / "arriving"
    left = [path for path in bench.rglob("*") if path.is_file()] if bench.exists() else []
    return {
        "brought": brought,
        "wanted": wanted,
        "made": renditions.filter(state=RenditionState.DONE).count(),
        "not made": renditions.exclude(state=RenditionState.DONE).count(),
        "begun again": sum(each.attempts - 1 for each in renditions),
        "hung on their items": Derivative.objects.count(),
        "diary lines of made": Entry.objects.filter(event="media.rendition.made").count(),
        "not looked at": MovingFile.objects.filter(looked_at__isnull=True).count(),
        "files missing": damage.count(Damage.MISSING),
        "files that are not what their name says": damage.count(Damage.CHANGED),
        "whole files that no row names": damage.count(Damage.UNNAMED),
        "half files left on the bench": len(left),
        "originals told as ready": len(
            {m.payload["original"] for m in Message.objects.filter(topic="media.renditions.ready")}
        ),
        "owed": Handover.objects.owed().count(),
        "given up": Handover.objects.given_up().count(),
        "diary flaws": len([*Verification().findings()]),
        "processes left": _left_behind(),
    }


def _left_behind():
    """Processes at work on a file whose worker is gone."""
    import psutil

    return sum(
        "nhipcau.media.moving.working" in " ".join(each.info["cmdline"] or [])
        and each.info["ppid"] == 1
        for each in psutil.process_iter(["cmdline", "ppid"])
    )


def main(database, folder, kills, seed):
    settings.DATABASES["default"] |= json.loads(database)
    settings.DATA = Path(folder)
    settings.KEYS = Path(folder) / "keys"
    settings.MEDIA_ROOT = Path(folder) / "media"
    settings.OUTBOX_CONSUMERS = ["nhipcau.media.workshop.Workshop"]
    settings.MOVING_THREADS = 1
    settings.MOVING_AUDIO_FORMS = [("aac", 64)]  # one form is as easily killed as three
    django.setup()
    from django.db import connections
    from django.utils import timezone

    from nhipcau.audit.actions import seal_all
    from nhipcau.media import workshop
    from nhipcau.media.actions import renditions
    from nhipcau.media.models import MediaRendition, MovingFile
    from nhipcau.outbox import rules
    from nhipcau.outbox.actions import register_consumers
    from nhipcau.outbox.models import Handover
    from nhipcau.people.tests.factories import make_unit

    # Leases of seconds, so that what a dead worker held is free again within the test.
    workshop.Workshop.lease = renditions.LEASE = LEASE
    workshop._NOTE_EVERY_SECONDS = 0.3
    renditions.GIVES_UP_AFTER = 10_000
    rules.LONGEST_PAUSE = rules.SHORTEST_PAUSE = timedelta(seconds=1)
    register_consumers(at=timezone.now())
    bring.unit = make_unit()
    chance = random.Random(seed)  # noqa: S311 -- the same kills for the same seed
    began = time.monotonic()
    brought = 0
    for number in range(kills):
        if kills <= FEW or number % 2 == 0:
            bring(brought, Path(folder))
            brought += 1
        worker = forked_worker()
        wait_for_the_moment(chance)
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    worker = forked_worker()
    left, until = None, time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        time.sleep(0.3)
        now_left = (
            MediaRendition.objects.unsettled().count(),
            MovingFile.objects.filter(looked_at__isnull=True).count(),
            Handover.objects.owed().count(),
        )
        if not any(now_left):
            break
        if now_left != left:
            left, until = now_left, time.monotonic() + PATIENCE_SECONDS
    os.kill(worker, signal.SIGTERM)
    _pid, status = os.waitpid(worker, 0)
    seal_all(at=timezone.now())
    result = counted(brought) | {
        "kills": kills,
        "seconds": round(time.monotonic() - began, 1),
        "last worker left with": os.waitstatus_to_exitcode(status),
    }
    connections.close_all()
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
