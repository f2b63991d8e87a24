"""What was released, for machines to read."""

from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import (
    make_rendition,
    order_rendition,
    release_bundle,
    withdraw,
)
from nhipcau.works.models import Topic


def topic(key="image/tourism", name="Du lịch"):
    found, _ = Topic.objects.get_or_create(
        key=key, defaults={"name": name, "english_name": "Tourism", "topic_class": "image"}
    )
    return found


def released(house, *works, at=AT, note="", renditions=()):
    release_bundle(
        bundle=house.bundle(*works, note=note, renditions=renditions), by=house.publisher, at=at
    )


def in_two_languages(house, *, title="Chợ phiên vùng biên", with_pdf=False, at=AT, **more):
    """A released work in Vietnamese and English, with its sheet as PDF."""
    work = house.work(title=title, **more)
    version = house.approved(work)
    translated = house.translated(work)
    house.hand_in(translated)
    house.clear(translated)
    forms = []
    if with_pdf:
        ordered = order_rendition(slug="sheet", versions=[version], by=house.author, at=AT)
        forms = [make_rendition(rendition=ordered, by=TEST, at=AT)]
    released(house, work, at=at, renditions=forms)
    return work


def in_vietnamese(house, *, title, at=AT, **more):
    work = house.work(title=title, **more)
    house.approved(work)
    released(house, work, at=at)
    return work


def taken_back(house, work, *languages, at=AT, notice="Bài này có sai sót.", instead=None):
    withdraw(
        subject=work.subject,
        reason="in_error",
        notice=notice,
        languages=languages,
        redirect_to=instead and instead.subject,
        by=house.publisher,
        at=at,
    )
