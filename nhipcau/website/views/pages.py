"""Pages of the trees: home, sections by month, topic pages, plain pages, places of the house."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from wagtail.models import Page

from nhipcau.publishing.queries.public_works import corrections_told, withdrawals_told
from nhipcau.translation.manuscript import from_body
from nhipcau.website.enums import TAGS, Place
from nhipcau.website.models import (
    HomePage,
    PlacePage,
    PlainPage,
    PortalPage,
    SectionPage,
    TopicPage,
)
from nhipcau.website.queries.frames import Frame, frame_of
from nhipcau.website.queries.places import accounts_on, gates_page
from nhipcau.website.queries.rooms import rooms_of
from nhipcau.website.queries.sections import section_now
from nhipcau.website.queries.words import NO_MEDIA, no_medium, words_of
from nhipcau.website.rules.addresses import Month, month_in
from nhipcau.website.rules.tags import ACCOUNTS, GATES, corrections_tag, page_tag
from nhipcau.website.store.tags import shows
from nhipcau.website.views import answers
from nhipcau.website.views.searching import search_page
from nhipcau.website.views.specimens import specimens

TOLD = 60  # corrections and withdrawals on one page


def page_in_tree(
    language: str, rest: str, *, is_light: bool, at: datetime, asked: QueryDict
) -> HttpResponse | None:
    """The page of the language's tree at this path, if it is there. One query to find it."""
    path, month = month_in(rest)
    found = Page.objects.live().filter(url_path=f"/{language}/{path}/" if path else f"/{language}/")
    page = found.first()
    if page is None:
        return None
    specific = page.specific
    if not isinstance(specific, PortalPage):
        return None
    if month is not None and not isinstance(specific, SectionPage):
        return None
    return drawn(specific, language=language, is_light=is_light, at=at, month=month, asked=asked)


def drawn(
    page: PortalPage,
    *,
    language: str,
    is_light: bool,
    at: datetime,
    month: Month | None = None,
    asked: QueryDict | None = None,
) -> HttpResponse | None:
    """The page as readers see it; None for a month in which nothing went out."""
    shows(page_tag(page.pk or 0))
    same = {each.url_path.split("/")[1]: each.url_path for each in _counterparts(page)}
    address = f"{page.address}{month}/" if month is not None else page.address
    frame = frame_of(
        language=language,
        address=address,
        is_light=is_light,
        at=at,
        same=same,
        alternates={TAGS.get(code, code): path for code, path in same.items()},
        negotiated="/" if isinstance(page, HomePage) else "",
    )
    if isinstance(page, PlacePage) and page.place == Place.SEARCH:
        return search_page(page, frame, asked or QueryDict(), at=at)
    shown = _shown(page, frame, at=at, month=month)
    return None if shown is None else answers.page(shown.pop("template"), frame, page=page, **shown)


def _counterparts(page: PortalPage) -> list[Page]:
    """The same page in every language, this one among them. One query."""
    if page.pk is None:
        return []
    return list(Page.objects.live().filter(translation_key=page.translation_key))


def _shown(
    page: PortalPage, frame: Frame, *, at: datetime, month: Month | None
) -> dict[str, Any] | None:
    language = frame.language
    if isinstance(page, HomePage | TopicPage):
        rooms = rooms_of(page.body, language=language, at=at)
        return {
            "template": "home" if isinstance(page, HomePage) else "topic",
            "rooms": rooms,
            "has_works": any(room.cards for room in rooms),
        }
    if isinstance(page, SectionPage):
        section = section_now(page, language=language, at=at, month=month)
        if month is not None and not section.cards:
            return None
        return {"template": "section", "section": section}
    if isinstance(page, PlainPage):
        read = from_body(list(page.body.raw_data), no_medium, language=frame.tag)
        words = words_of(read.blocks, language=frame.tag, media=NO_MEDIA, is_light=frame.is_light)
        return {"template": "plain", "words": words}
    if isinstance(page, PlacePage):
        return _place(page, frame, at=at)
    return None


def _place(page: PlacePage, frame: Frame, *, at: datetime) -> dict[str, Any]:
    if page.place == Place.GATES:
        shows(GATES)
        found = gates_page(language=frame.language, tag=frame.tag, at=at)
        return {"template": "gates", "found": found}
    if page.place == Place.CORRECTIONS:
        shows(corrections_tag(""))
        return {
            "template": "corrections",
            "corrected": list(corrections_told(at=at)[:TOLD]),
            "withdrawn": list(withdrawals_told(at=at)[:TOLD]),
        }
    if page.place == Place.ACCOUNTS:
        shows(ACCOUNTS)
        return {"template": "accounts", "accounts": accounts_on(timezone.localdate(at))}
    return {"template": "components", **specimens()}
