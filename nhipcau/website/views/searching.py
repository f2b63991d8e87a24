"""The page of search: a form, and what was found in the words that went out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict

from nhipcau.publishing.queries.public import Wanted
from nhipcau.publishing.queries.public_works import Tongue
from nhipcau.publishing.queries.searching import Found, Hit, search_public
from nhipcau.search.errors import IndexNotReady
from nhipcau.website.models import PlacePage
from nhipcau.website.queries.cards import codes
from nhipcau.website.queries.frames import Frame
from nhipcau.website.rules.addresses import in_frame
from nhipcau.website.views import answers
from nhipcau.works.enums import WorkKind

PAGE, MOST_PAGES = 12, 60
LONGEST = 200
KINDS_SHOWN = 6
MEANT_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind to narrow by, with how many there are and the address that narrows."""

    kind: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class HitShown:
    """A hit as it is reached from this frame; `others` are its further languages."""

    hit: Hit
    address: str
    others: Sequence[Tongue]


def search_page(page: PlacePage, frame: Frame, asked: QueryDict, *, at: datetime) -> HttpResponse:
    """What was asked for (`q`, `kind`, `page`); without a query the form alone.

    Six queries beside those of the frame. Where there is no index, the form stays and says so.
    """
    typed = asked.get("q", "").replace("\x00", "").strip()[:LONGEST]
    if not typed:
        return answers.page("search", frame, page=page, query="")
    kind = asked.get("kind", "")
    kind = kind if kind in WorkKind.values else ""
    number = asked.get("page", "")
    current = min(max(int(number), 1), MOST_PAGES) if number.isdecimal() and len(number) < 4 else 1
    status, found = HTTPStatus.OK, None
    try:
        found = search_public(
            typed,
            language=frame.tag,
            at=at,
            wanted=Wanted(kinds=frozenset({kind} if kind else ())),
            start=(current - 1) * PAGE,
            size=PAGE,
            facets=("kind",),
        )
    except IndexNotReady:
        status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = answers.page(
        "search",
        frame,
        status=status,
        page=page,
        query=typed,
        found=found,
        hits=_hits(found, frame) if found else (),
        choices=_choices(found, typed, kind, frame) if found else (),
        meant=[
            (words, _link(frame, words, "", 1))
            for words in (found.suggestions if found else ())[:MEANT_SHOWN]
        ],
        later=_link(frame, typed, kind, current + 1)
        if found and current * PAGE < found.count and current < MOST_PAGES
        else "",
        earlier=_link(frame, typed, kind, current - 1) if current > 1 else "",
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _hits(found: Found, frame: Frame) -> list[HitShown]:
    return [
        HitShown(
            hit,
            in_frame(hit.address, frame=frame.language, interface=codes()),
            [
                tongue
                for tongue in hit.tongues
                if (tongue.tag, tongue.mode) != (hit.released.language.tag, hit.released.mode)
            ],
        )
        for hit in found.hits
    ]


def _choices(found: Found, typed: str, chosen: str, frame: Frame) -> list[Choice]:
    counted = sorted(found.facets["kind"].items(), key=lambda each: -each[1])[:KINDS_SHOWN]
    return [
        Choice(
            kind,
            count,
            _link(frame, typed, "" if kind == chosen else kind, 1),
            is_chosen=kind == chosen,
        )
        for kind, count in counted
        if kind
    ]


def _link(frame: Frame, typed: str, kind: str, number: int) -> str:
    asked = {"q": typed, "kind": kind, "page": str(number) if number > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{frame.prefix}{frame.search}?{query}"
