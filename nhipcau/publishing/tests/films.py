"""A real film of a second in the library, with what the workshop makes of it, its lines and words.

It is filmed and transcoded once for all tests; each test gets the rows and the files.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from nhipcau.media.actions import keep_file
from nhipcau.media.actions.renditions import note_look, settle, take_in_hand
from nhipcau.media.actions.subtitles import begin_subtitles, save_cues, save_transcript
from nhipcau.media.enums import ItemKind
from nhipcau.media.models import Transcript
from nhipcau.media.moving.limits import DEFAULT
from nhipcau.media.moving.looking import look
from nhipcau.media.moving.orders import Order, Work, recipe_from
from nhipcau.media.moving.recipes import wanted
from nhipcau.media.moving.working import carry_out
from nhipcau.media.queries.moving import offered_recipes
from nhipcau.media.tests.moving import making
from nhipcau.media.tests.moving.rows import make_item
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.translation.tests.factories import make_language

FORMS = {
    "video": ("Lễ hội.mp4", ItemKind.VIDEO),
    "audio": ("Bản tin.mp3", ItemKind.AUDIO),
}


@dataclass(frozen=True)
class Shot:
    """A film or sound as it came, what is found in it, and what is made of it, by recipe."""

    data: bytes
    found: object
    made: dict


@lru_cache
def shot(form):
    with TemporaryDirectory() as folder:
        source = Path(folder) / FORMS[form][0]
        if form == "video":
            making.film(source, seconds=1, size="160x120")
        else:
            making.sound(source, seconds=1)
        found = look(source)
        made = {}
        for recipe in wanted(found, offered_recipes()):
            target = Path(folder) / "made"
            order = Order(Work.MAKE, source, target, recipe, DEFAULT)
            facts = carry_out(order, found, lambda _share: None)
            made[recipe.name] = (target.read_bytes(), facts)
            target.unlink()
        return Shot(source.read_bytes(), found, made)


def film(house, form="video", *, is_made=True):
    """An item of the house's unit with its rights."""
    name, kind = FORMS[form]
    one = shot(form)
    item = make_item(
        data=one.data, name=name, kind=kind, unit=house.unit, credit="Đài Mẫu", source="Đài Mẫu",
        licence="CC-BY-4.0", consent="not_needed",
    )  # fmt: skip
    note_look(moving=item.current.moving, found=one.found, by=TEST, at=AT)
    if is_made:
        make_copies(item)
    item.refresh_from_db()
    return item


def make_copies(item, *, at=AT):
    """What the workshop would do, with what was made once."""
    made = shot("video" if item.kind == ItemKind.VIDEO else "audio").made
    while (rendition := take_in_hand(by=TEST, at=at)) is not None:
        data, facts = made[recipe_from(rendition.recipe).name]
        stored = keep_file(chunks=[data], by=TEST, at=at)
        settle(
            rendition=rendition, digest=stored.sha256, size_bytes=stored.size_bytes, facts=facts,
            by=TEST, at=at,
        )  # fmt: skip


def say(item, tag, text, *, at=AT, kind="subtitles", by=TEST):
    """Subtitles of one line in a language, in place of what stood there."""
    lines = begin_subtitles(item=item, language=make_language(tag), kind=kind, by=by, at=at)
    cues = [{"start": 0, "end": 900, "text": text}]
    return save_cues(subtitles=lines, cues=cues, seen=lines.revision, by=by, at=at)


def write_down(item, tag, text, *, at=AT, by=TEST):
    """The transcript in a language."""
    standing = Transcript.objects.filter(item=item, language__tag=tag).first()
    seen = standing.revision if standing else 0
    language = make_language(tag)
    return save_transcript(item=item, language=language, text=text, seen=seen, by=by, at=at)


def with_film(item, form="video"):
    return [{"type": form, "value": {form: item.pk, "caption": "Ngày hội"}, "id": "f"}]
