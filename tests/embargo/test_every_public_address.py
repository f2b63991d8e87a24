"""A scheduled bundle, asked for at every public address before its minute and after it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nhipcau.media.models import PublicCopy
from nhipcau.media.tests.moving import making
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import make_rendition, order_rendition, schedule_bundle
from nhipcau.publishing.actions.releasing import release_scheduled
from nhipcau.publishing.models import Bundle, Release
from nhipcau.publishing.queries import DryRun, dry_run
from nhipcau.publishing.tasks import release_what_is_due
from nhipcau.publishing.tests.factories import House
from nhipcau.publishing.tests.films import film, say, with_film, write_down
from nhipcau.publishing.tests.test_releases import picture, with_picture
from nhipcau.website.actions import open_portal
from nhipcau.works.models import Work
from tests.embargo.addresses import NOTHING_RELEASED, PROMISED, RELEASED
from tests.permissions.addresses import every_address

TITLE = "Chợ phiên vùng biên"
MINUTE = AT + timedelta(hours=2)
DOORS_OF_STAFF = ("admin/", "^admin/", "accounts/", "^accounts/")


@dataclass
class Waiting:
    """A bundle under embargo whose files are staged already; nobody was told their names."""

    work: Work
    bundle: Bundle
    run: DryRun
    names: list = field(default_factory=list)

    @property
    def month(self):
        """The month in which it goes out, as the addresses of sections name it."""
        return timezone.localdate(MINUTE).strftime("%Y-%m")


@pytest.fixture
def waiting(db):
    """A picture, a PDF, a QR code as two files, and a film with poster, lines and words wait.

    The worker has looked a second too early, by a clock that was set back: it has staged
    everything and let nothing out, so the names are known before the minute.
    """
    house = House()
    open_portal(by=TEST, at=AT)
    shown = film(house)
    say(shown, "vi", "Chợ họp")
    write_down(shown, "vi", "Chợ họp mỗi tháng sáu phiên.")
    work = house.work(title=TITLE, body=[*with_picture(picture(house)), *with_film(shown)])
    version = house.approved(work)
    forms = [
        make_rendition(
            rendition=order_rendition(slug=slug, versions=[version], by=house.author, at=AT),
            by=TEST,
            at=AT,
        )
        for slug in ("sheet", "qr")
    ]
    bundle = house.bundle(work, renditions=forms)
    schedule_bundle(bundle=bundle, goes_out_at=MINUTE, is_embargoed=True, by=house.publisher, at=AT)
    assert (
        release_scheduled(bundle=bundle, by=house.publisher, at=MINUTE - timedelta(seconds=1)) == []
    )
    names = list(PublicCopy.objects.values_list("name", flat=True))
    return Waiting(work, bundle, dry_run(bundle, at=MINUTE), names)


def shown(address, waiting):
    """Whether a stranger is given anything of the bundle there."""
    answer = Client().get(address)
    if answer.status_code in {301, 302}:
        return waiting.work.subject.short_id in answer["Location"]
    if answer.status_code != 200:
        return False
    if address.startswith("/media/"):
        return True
    told = answer.content.decode(errors="replace")
    return TITLE in told or waiting.work.subject.short_id in told


def what_is_shown(waiting):
    """By route or promised place: which of the bundle's addresses show something."""
    return {
        place: [address for address in addresses(waiting) if shown(address, waiting)]
        for place, addresses in {**RELEASED, **PROMISED}.items()
    }


@making.needs_programs
def test_an_embargo_leaks_at_no_address_and_ends_at_all(waiting):
    endings = Counter(name.rpartition(".")[2] for name in waiting.names)
    assert endings == {
        "pdf": 1,
        "png": 2,
        "svg": 2,
        "mp4": 1,
        "jpg": 1,
        "json": 1,
        "vtt": 1,
        "txt": 1,
    }

    before = what_is_shown(waiting)
    release_what_is_due(at=MINUTE)
    after = what_is_shown(waiting)

    assert {place: leaks for place, leaks in before.items() if leaks} == {}
    assert set(PublicCopy.objects.values_list("name", flat=True)) == set(waiting.names)
    for place, addresses in RELEASED.items():
        assert after[place] == addresses(waiting), place
    for place in PROMISED:
        assert after[place] == [], f"{place} is there now: it belongs among RELEASED"


@making.needs_programs
def test_a_minute_that_the_clock_of_the_door_has_not_reached_opens_nothing(waiting):
    """Two machines: the worker's clock goes ahead of that of the server."""
    ahead = timezone.now() + timedelta(hours=1)
    Bundle.objects.update(goes_out_at=ahead)

    release_what_is_due(at=ahead)

    assert Release.objects.get().released_at == ahead
    assert not any(what_is_shown(waiting).values())


def test_every_open_route_says_whether_it_shows_releases():
    open_to_strangers = {
        address.route for address in every_address() if not address.route.startswith(DOORS_OF_STAFF)
    }

    assert open_to_strangers == RELEASED.keys() | NOTHING_RELEASED.keys()
