"""Kills whoever releases again and again, then counts what is public.

    DJANGO_SETTINGS_MODULE=… python -m nhipcau.publishing.tests.kills DATABASE FOLDER KILLS SEED

DATABASE is Django's settings of a migrated, empty database as JSON. Each round puts two works with
pictures and forms of their own into a bundle, forks either a real worker process whose chore
releases what is due or a person's process that releases at once, and sends it SIGKILL after a
random part of the time that a release takes here. After each death the bundle is looked at: whole
or not at all. At last everything that did not go out is released in peace. Prints what was found,
as JSON.
"""

import hashlib
import io
import json
import os
import random
import signal
import sys
import time
from datetime import timedelta
from itertools import count
from pathlib import Path

import django
from django.conf import settings

from nhipcau.outbox.contract import Handler

WORKS = 2
PATIENCE_SECONDS = 120
_number = count(1)


class Portal(Handler):
    """Hears of each release, in the transaction of its note; keeps a key twice if told twice."""

    name = "portal"
    topics = frozenset({"publishing.release."})
    lease = timedelta(seconds=1)
    in_transaction = True

    def handle(self, message):
        run("INSERT INTO kills_heard VALUES (%s)", [message.key])


def run(sql, parameters=()):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else None


def picture(house, number):
    """A kept picture of its own, large enough that signing and writing it takes a while."""
    from PIL import Image

    from nhipcau.media.actions import keep_file
    from nhipcau.media.models import MediaFile, MediaItem
    from nhipcau.people.tests.factories import AT, TEST

    noise = random.Random(number).randbytes(160 * 120 * 3)  # noqa: S311 -- keeps no secret
    drawn = io.BytesIO()
    Image.frombytes("RGB", (160, 120), noise).save(drawn, "PNG")
    stored = keep_file(chunks=[drawn.getvalue()], by=TEST, at=AT)
    item = MediaItem.objects.create(
        kind="picture",
        title=f"Cổng chợ {number}",
        unit=house.unit,
        credit="Nguyễn Văn Ảnh",
        source="Sở",
        licence="CC-BY-4.0",
        consent="not_needed",
        owner_key="test",
        made_at=AT,
        changed_at=AT,
    )
    item.current = MediaFile.objects.create(
        item=item,
        number=1,
        stored=stored,
        original_sha256=stored.sha256,
        file_name=f"cong-cho-{number}.png",
        mime="image/png",
        ending="png",
        made_at=AT,
        made_by_key="test",
    )
    item.save()
    return {
        "type": "picture",
        "value": {"picture": item.pk, "alt": "Cổng chợ có mái ngói", "decorative": False},
        "id": f"p{number}",
    }


def make_bundle_of_works(house):
    """A bundle of approved works, each with two pictures and one form, ready to leave."""
    from nhipcau.people.tests.factories import AT, TEST
    from nhipcau.publishing.actions import choose, make_bundle, make_rendition, order_rendition
    from nhipcau.publishing.tests.factories import PROSE

    bundle = make_bundle(title="Tin trong ngày", unit=house.unit, by=house.publisher, at=AT)
    for _work in range(WORKS):
        number = next(_number)
        body = [*PROSE, picture(house, f"{number}a"), picture(house, f"{number}b")]
        work = house.work(title=f"Chợ phiên vùng biên {number}", body=body)
        version = house.approved(work)
        form = order_rendition(slug="qr", versions=[version], by=house.publisher, at=AT)
        make_rendition(rendition=form, by=TEST, at=AT)
        choose(
            bundle=bundle,
            subject=work.subject,
            versions=[version],
            renditions=[form],
            by=house.publisher,
            at=AT,
        )
    return bundle


def forked(doing):
    """The process id of a child that has begun to do this; it ends with what was done."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        os.read(reading, 1)
        os.close(reading)
        return child
    try:
        os.close(reading)
        doing(lambda: os.write(writing, b"1"))
    finally:
        os._exit(0)


def a_worker(begun):
    from nhipcau.outbox.worker import WorkerProcess

    worker = WorkerProcess()
    worker.stop_on_signals()
    begun()
    worker.start()


def a_person(bundle):
    """Releases the bundle at once, as the desk does."""

    def release(begun):
        from django.utils import timezone

        from nhipcau.publishing.actions import release_bundle
        from nhipcau.publishing.models import Bundle

        fresh = Bundle.objects.get(pk=bundle.pk)
        begun()
        release_bundle(bundle=fresh, by=bundle.made_by, at=timezone.now())

    return release


def begin(bundle, *, by_worker):
    """Have the bundle released by a worker or by a person; the process id of who does it."""
    from django.db import connections
    from django.utils import timezone

    from nhipcau.publishing.actions import schedule_bundle

    now = timezone.now()
    if by_worker:
        before = now - timedelta(seconds=1)
        schedule_bundle(bundle=bundle, goes_out_at=now, by=bundle.made_by, at=before)
    connections.close_all()
    return forked(a_worker if by_worker else a_person(bundle))


def rehearsed(house, *, by_worker):
    """How many seconds a release takes here from its beginning when nobody is killed."""
    bundle = make_bundle_of_works(house)
    child = begin(bundle, by_worker=by_worker)
    began = time.monotonic()
    while not is_out(bundle) and time.monotonic() < began + PATIENCE_SECONDS:
        time.sleep(0.01)
    took = time.monotonic() - began
    os.kill(child, signal.SIGTERM)
    os.waitpid(child, 0)
    return took


def is_out(bundle):
    from nhipcau.publishing.models import Bundle

    return Bundle.objects.get(pk=bundle.pk).state == "out"


def is_torn(bundle):
    """Whether the bundle is neither out whole nor not at all; asked right after a death."""
    from nhipcau.media.models import PublicHolding
    from nhipcau.publishing.actions.releasing import NEVER
    from nhipcau.publishing.models import Bundle, Release, ReleasedFile, ReleasedVersion

    state = Bundle.objects.get(pk=bundle.pk).state
    open_files = PublicHolding.objects.filter(
        holder_key__startswith=f"release:{bundle.pk}:", opens_at__lt=NEVER
    ).count()
    found = (
        Release.objects.filter(bundle=bundle).count(),
        ReleasedVersion.objects.filter(release__bundle=bundle).count(),
        ReleasedFile.objects.filter(release__bundle=bundle).count(),
        open_files,
    )
    # Each work leaves with two pictures and the two files of its form.
    whole = (WORKS, WORKS, WORKS * 4, WORKS * 4)
    return found != (whole if state == "out" else (0, 0, 0, 0))


def counted():
    from nhipcau.audit.models import Entry
    from nhipcau.audit.verification import Verification
    from nhipcau.media import store
    from nhipcau.media.models import PublicCopy, PublicHolding
    from nhipcau.outbox.models import Handover, Message
    from nhipcau.publishing.models import Bundle, Release, ReleasedFile

    released = {
        f"publishing.release.out:{pk}" for pk in Release.objects.values_list("pk", flat=True)
    }
    messages = list(
        Message.objects.filter(topic="publishing.release.out").values_list("key", flat=True)
    )
    heard = [key for (key,) in run("SELECT key FROM kills_heard")]
    copies = {copy.name: copy.stored.sha256 for copy in PublicCopy.objects.select_related("stored")}
    on_disk = [path for path in (Path(settings.MEDIA_ROOT) / "public").rglob("*") if path.is_file()]
    named = [path for path in on_disk if path.name in copies]
    return {
        "bundles": Bundle.objects.count(),
        "bundles not out": Bundle.objects.exclude(state="out").count(),
        "releases": len(released),
        "releases wanted": Bundle.objects.count() * WORKS,
        "released a second time": Release.objects.filter(number__gt=1).count(),
        "files released": ReleasedFile.objects.count(),
        "files without their public copy": sum(
            file.public_copy is None or file.public_copy.name not in {p.name for p in named}
            for file in ReleasedFile.objects.select_related("public_copy")
        ),
        "public copies that nobody holds": PublicCopy.objects.filter(holdings=None).count(),
        "holdings that belong to no release": PublicHolding.objects.count()
        - ReleasedFile.objects.count(),
        "files that are not what their name says": sum(
            hashlib.sha256(path.read_bytes()).hexdigest() != copies[path.name] for path in named
        ),
        "half files under a public name": sum(
            not store.public_path_of(name).exists() for name in copies
        ),
        "bytes that no name leads to": len(on_disk) - len(named),
        "messages lost": len(released - set(messages)),
        "messages of nothing": len(set(messages) - released),
        "messages twice": len(messages) - len(set(messages)),
        "news lost": len(released - set(heard)),
        "news told twice": len(heard) - len(set(heard)),
        "diary lines of releases": Entry.objects.filter(event="publishing.release.out").count(),
        "owed": Handover.objects.owed().count(),
        "given up": Handover.objects.given_up().count(),
        "diary flaws": len([*Verification().findings()]),
    }


def share_of(number, chance):
    """After which part of a release's time a kill comes: anywhere, once surely early, once late."""
    return {0: 0.1, 1: 4.0}.get(number) or chance.uniform(0, 1.3)


def main(database, folder, kills, seed):
    settings.DATABASES["default"] |= json.loads(database)
    settings.DATA = Path(folder)
    settings.KEYS = Path(folder) / "keys"
    settings.MEDIA_ROOT = Path(folder) / "media"
    settings.OUTBOX_CONSUMERS = ["nhipcau.publishing.tests.kills.Portal"]
    django.setup()
    from django.db import connections
    from django.utils import timezone

    from nhipcau.audit.actions import seal_all
    from nhipcau.outbox.actions import register_consumers
    from nhipcau.outbox.models import Handover
    from nhipcau.publishing.models import Bundle
    from nhipcau.publishing.tests.factories import House

    run("CREATE TABLE kills_heard (key VARCHAR(80))")
    register_consumers(at=timezone.now())
    chance = random.Random(seed)  # noqa: S311 -- the same kills for the same seed
    house = House()
    takes = {by_worker: rehearsed(house, by_worker=by_worker) for by_worker in (True, False)}
    torn = died_before = 0
    began = time.monotonic()
    for number in range(kills):
        bundle = make_bundle_of_works(house)
        by_worker = number % 2 == 0
        child = begin(bundle, by_worker=by_worker)
        time.sleep(takes[by_worker] * share_of(number, chance))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        torn += is_torn(bundle)
        is_late = is_out(bundle)
        died_before += not is_late
        # A machine that became busier, or idler, since the rehearsal is followed.
        takes[by_worker] *= 0.8 if is_late else 1.1
    for left in Bundle.objects.filter(state="draft").select_related("made_by"):
        connections.close_all()
        child = forked(a_person(left))
        os.waitpid(child, 0)
    connections.close_all()
    worker = forked(a_worker)
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        time.sleep(0.2)
        if (
            not Bundle.objects.exclude(state="out").exists()
            and not Handover.objects.owed().exists()
        ):
            break
    os.kill(worker, signal.SIGTERM)
    _pid, status = os.waitpid(worker, 0)
    seal_all(at=timezone.now())
    result = counted() | {
        "kills": kills,
        "torn right after a kill": torn,
        "killed before the release": died_before,
        "seconds": round(time.monotonic() - began, 1),
        "last worker left with": os.waitstatus_to_exitcode(status),
    }
    run("DROP TABLE kills_heard")
    connections.close_all()
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
