"""What feeds are made of, at a moment. What is public is asked of the publishing room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import override

from nhipcau.publishing.models import Release
from nhipcau.publishing.queries.public import Entry, Wanted, public_entries
from nhipcau.publishing.queries.reading import Picture, pictures_of
from nhipcau.registry.models import Language, Unit
from nhipcau.registry.queries.province import province_of_house
from nhipcau.website.feeds.contract import Enclosure, Feed, Item, Other, Topic
from nhipcau.works.models import Topic as ListedTopic

LATEST = 50
"""How many texts a feed holds: who comes once a week misses nothing, however much there is."""
CARD = 1200  # pixels of the picture that readers of feeds show


@dataclass(frozen=True, slots=True)
class Scope:
    """Which texts: of a language, and of a topic or a unit (by key) where they are given."""

    language: str
    topic: str = ""
    unit: str = ""


def absolute(address: str) -> str:
    """An address of this house, which begins with a slash, as one that holds anywhere."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{address}"


def feed_of(
    scope: Scope, *, address: str, at: datetime, kinds: frozenset[str] = frozenset()
) -> Feed | None:
    """The feed of a scope; None where there is no such language, topic or unit.

    15 queries at most. `kinds` narrows it to some kinds of works.
    """
    language = Language.objects.filter(tag__iexact=scope.language).first()
    if language is None:
        return None
    house = province_of_house()
    publisher = house.name if house is not None else "Nhịp Cầu"
    title, wanted = publisher, Wanted(language=language.tag, kinds=kinds)
    if scope.topic:
        topic = ListedTopic.objects.filter(key=scope.topic).first()
        if topic is None:
            return None
        with override(language.tag.lower()):
            title = f"{topic} · {publisher}"
        wanted = Wanted(language=language.tag, topics=frozenset({topic.key}), kinds=kinds)
    elif scope.unit:
        unit = Unit.objects.filter(key=scope.unit).first()
        if unit is None:
            return None
        title = f"{unit} · {publisher}"
        wanted = Wanted(language=language.tag, units=frozenset({unit.pk}), kinds=kinds)
    entries = public_entries(wanted, at=at, most=LATEST)
    pictures = pictures_of([(each.release_id, each.media_key) for each in entries])
    topics = _topics(entries, language.tag)
    return Feed(
        title=title,
        publisher=publisher,
        language=language.tag,
        home=absolute(f"/{language.tag.lower()}/"),
        address=absolute(address),
        changed_at=max((entry.changed_at for entry in entries), default=at),
        items=[_item(entry, pictures, topics) for entry in entries],
    )


def _topics(entries: Sequence[Entry], language: str) -> Mapping[int, list[Topic]]:
    """The topics of these texts by their releases, named in the language. One query."""
    links = Release.topics.through._default_manager.filter(
        release__in=[entry.release_id for entry in entries]
    )
    found: dict[int, list[Topic]] = defaultdict(list)
    with override(language.lower()):
        for link in links.select_related("topic").order_by("topic__key"):
            found[link.release_id].append(Topic(link.topic.key, str(link.topic)))
    return found


def _item(
    entry: Entry,
    pictures: Mapping[tuple[int, str], Picture],
    topics: Mapping[int, list[Topic]],
) -> Item:
    picture = pictures.get((entry.release_id, entry.media_key))
    return Item(
        subject=str(entry.uuid),
        identity=absolute(f"/{entry.short_id}#{entry.language}"),
        address=absolute(entry.address),
        title=entry.title,
        summary=entry.summary,
        kind=entry.kind,
        issuer=entry.unit,
        first_at=entry.first_at,
        changed_at=entry.changed_at,
        is_correction=entry.is_corrected,
        topics=topics.get(entry.release_id, ()),
        others=[
            Other(tongue.tag, absolute(tongue.address))
            for tongue in entry.tongues
            if tongue.tag != entry.language
        ],
        enclosures=[
            Enclosure(absolute(form.address), form.media_type, form.bytes, form.file_name)
            for form in entry.forms
        ],
        picture=absolute(picture.fitting(CARD)) if picture is not None else "",
    )
