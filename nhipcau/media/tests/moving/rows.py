"""Items of sound and film in the library, for tests of what is made of them."""

import hashlib
from datetime import UTC, datetime

from nhipcau.kernel.actor import Machine
from nhipcau.media.actions import keep_file
from nhipcau.media.actions.renditions import announce_moving_file, note_look
from nhipcau.media.enums import ItemKind
from nhipcau.media.models import MediaFile, MediaItem
from nhipcau.media.moving.looks import Look, Makeup
from nhipcau.people.tests.factories import make_unit

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BY = Machine("test")


def make_item(*, data=b"phim", name="Lễ hội.mp4", kind=ItemKind.VIDEO, unit=None, **fields):
    """An item with one version, announced to the workshop."""
    stored = keep_file(chunks=[data], by=BY, at=AT)
    item = MediaItem.objects.create(
        kind=kind,
        title=name.rpartition(".")[0],
        unit=unit or make_unit(),
        owner_key=BY.actor_key,
        made_at=AT,
        changed_at=AT,
        **fields,
    )
    item.current = MediaFile.objects.create(
        item=item,
        number=1,
        stored=stored,
        original_sha256=hashlib.sha256(data).hexdigest(),
        file_name=name,
        mime="video/mp4" if kind == ItemKind.VIDEO else "audio/mpeg",
        ending=name.rpartition(".")[2],
        made_at=AT,
        made_by_key=BY.actor_key,
    )
    item.save()
    announce_moving_file(file=item.current, by=BY, at=AT)
    return item


def a_look(**fields):
    """What would be found in a film of a minute, 640 by 480, with sound."""
    values = {
        "makeup": Makeup.VIDEO,
        "container": "mov,mp4,m4a,3gp,3g2,mj2",
        "duration_seconds": 60.0,
        "video_codec": "h264",
        "width": 640,
        "height": 480,
        "frames_per_second": 25.0,
        "audio_codec": "aac",
        "channels": 2,
        "sample_rate": 48000,
    }
    return Look(**{**values, **fields})


def looked_at(item, **fields):
    """Its renditions, ordered after such a look."""
    return note_look(moving=item.current.moving, found=a_look(**fields), by=BY, at=AT)
