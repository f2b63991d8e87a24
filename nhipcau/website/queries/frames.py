"""What stands around every page: the province, the ways to go, the languages, alarms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from wagtail.models import Page

from nhipcau.registry.models import Province
from nhipcau.website.enums import OWN_NAMES, TAGS, Place
from nhipcau.website.models import Alarm, HomePage
from nhipcau.website.rules.addresses import LIGHT
from nhipcau.website.rules.tags import ALARMS, PROVINCE, frame_tag
from nhipcau.website.store.tags import shows

HOUSE_COLOURS = ("#23407a", "#b02a57")


@dataclass(frozen=True, slots=True)
class Way:
    """A link of the frame. `is_here` marks the page or the section that one is in."""

    title: str
    address: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """Another language of the portal: the same thing, or its home where it has no such thing."""

    code: str
    tag: str
    name: str
    address: str
    is_here: bool = False
    is_same: bool = True


@dataclass(frozen=True, slots=True)
class Warned:
    """An alarm as a reader sees it; `tag` is the language of its words where it is another."""

    words: str
    address: str
    tag: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page, in an interface language.

    `address` is the page's own, without what makes it light; `prefix` stands before every
    address within the page. `alternates` are the page's addresses by tag, for its head,
    `negotiated` the one that leads to the browser's language.
    """

    language: str
    address: str
    is_light: bool
    province: str
    look: str
    emblem: str
    tagline: str
    home: str
    ways: Sequence[Way]
    further: Sequence[Way]
    switches: Sequence[Switch]
    alarms: Sequence[Warned]
    search: str
    places: Mapping[str, str] = field(default_factory=dict)
    alternates: Mapping[str, str] = field(default_factory=dict)
    negotiated: str = ""

    @property
    def tag(self) -> str:
        return TAGS.get(self.language, self.language)

    @property
    def prefix(self) -> str:
        return LIGHT if self.is_light else ""

    @property
    def whole(self) -> str:
        """The page's permanent address with the host."""
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + self.address

    @property
    def host(self) -> str:
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/")

    @property
    def other_weight(self) -> str:
        """The same page with pictures, or without."""
        return self.address if self.is_light else f"{LIGHT}{self.address}"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page right under the home: its address, whether menus show it, what it is for."""

    title: str
    address: str
    is_in_menu: bool
    place: str | None


def frame_of(
    *,
    language: str,
    address: str,
    is_light: bool,
    at: datetime,
    alternates: Mapping[str, str] | None = None,
    same: Mapping[str, str] | None = None,
    negotiated: str = "",
) -> Frame:
    """The frame of the page at `address`. Four queries, whatever the tree holds.

    `same` are the addresses of the same thing by interface language; where one is missing its
    switch leads home and says so. `alternates` are those for the page's head, by tag.
    """
    shows(PROVINCE, ALARMS, frame_tag(language))
    province = Province.objects.defer("emblem").first()
    homes = {home.slug: home for home in HomePage.objects.live()}
    home = homes.get(language)
    pages = [
        _Kept(*found)
        for found in (
            Page.objects.live()
            .child_of(home)
            .order_by("path")
            .values_list("title", "url_path", "show_in_menus", "placepage__place")
            if home is not None
            else ()
        )
    ]
    places = {page.place: page.address for page in pages if page.place}
    shown = same or {}
    return Frame(
        language=language,
        address=address,
        is_light=is_light,
        province=province.name if province else "",
        look=look_of(province),
        emblem=province.emblem_sha256 if province else "",
        tagline=home.tagline if home else "",
        home=f"/{language}/",
        ways=[_way(page, address) for page in pages if page.is_in_menu],
        further=[
            _way(page, address)
            for page in pages
            if not page.is_in_menu and page.place != Place.SEARCH
        ],
        switches=[
            Switch(
                code,
                TAGS.get(code, code),
                OWN_NAMES.get(code, code),
                shown.get(code, f"/{code}/"),
                is_here=code == language,
                is_same=code in shown or code == language,
            )
            for code, _name in settings.LANGUAGES
            if code in homes or code == language
        ],
        alarms=[_warned(alarm, language) for alarm in Alarm.objects.standing(at=at)],
        search=places.get(Place.SEARCH, ""),
        places=places,
        alternates=alternates or {},
        negotiated=negotiated,
    )


def _way(page: _Kept, address: str) -> Way:
    return Way(page.title, page.address, is_here=address.startswith(page.address))


def _warned(alarm: Alarm, language: str) -> Warned:
    own = alarm.words.get(language, "")
    if own:
        return Warned(own, alarm.address, "")
    code, words = next(iter(alarm.words.items()), (language, ""))
    return Warned(words, alarm.address, TAGS.get(code, code))


def look_of(province: Province | None) -> str:
    """What names the stylesheet with the province's own colours; "" where it has the house's."""
    if province is None or (province.colour, province.accent) == HOUSE_COLOURS:
        return ""
    return f"{province.colour}{province.accent}".replace("#", "")
