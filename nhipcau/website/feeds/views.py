"""Feeds, sitemaps and cards over the line. All of them are open, and the same for everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.queries.inspection import raw_body
from nhipcau.publishing.queries.public import leading_picture
from nhipcau.publishing.queries.public_works import public_work
from nhipcau.publishing.queries.reading import pictures_of
from nhipcau.registry.queries.province import province_of_house
from nhipcau.translation.rules.addresses import is_short_id
from nhipcau.website.feeds import atom, cards, json_feed, ninjs, rss, search_engine, sitemaps
from nhipcau.website.feeds.months import files_of_months, places_of_month
from nhipcau.website.feeds.reading import Scope, absolute, feed_of
from nhipcau.website.models import PlacePage
from nhipcau.website.rules.tags import PROVINCE, list_tag, list_tags, subject_tag
from nhipcau.website.store.making import finished_page
from nhipcau.website.store.tags import shows
from nhipcau.works.enums import WorkKind

NEWS = frozenset({WorkKind.NEWS.value, WorkKind.BULLETIN.value})
FORMS: dict[str, Any] = {"atom": atom, "rss": rss, "json": json_feed}
PRESS = ""  # no form that an address could name
NEWS_FOR = timedelta(days=2)  # as long as readers of news sitemaps look back
_XML = "application/xml"


@require_safe
@finished_page
def feed(request: HttpRequest, language: str, form: str) -> HttpResponseBase:
    """The newest texts of a language."""
    return _written(request, Scope(language), form, tags=[list_tag(language)])


@require_safe
@finished_page
def feed_of_topic(request: HttpRequest, language: str, key: str, form: str) -> HttpResponseBase:
    tags = list_tags(language, topics=[key])
    return _written(request, Scope(language, topic=key), form, tags=tags)


@require_safe
def feed_of_unit(request: HttpRequest, language: str, key: str, form: str) -> HttpResponseBase:
    """Made when it is asked for: no list of a unit has a tag."""
    return _written(request, Scope(language, unit=key), form)


@require_safe
@finished_page
def press(request: HttpRequest, language: str) -> HttpResponseBase:
    """The newest texts for the press, as IPTC ninjs."""
    return _written(request, Scope(language), PRESS, tags=[list_tag(language)])


def _written(
    request: HttpRequest, scope: Scope, form: str, *, tags: Collection[str] = ()
) -> HttpResponseBase:
    """The feed in its form. Beside its list it shows the province, and its works' languages."""
    writer = ninjs if form == PRESS else FORMS.get(form)
    if writer is None or scope.language != scope.language.lower():
        raise Http404
    found = feed_of(scope, address=request.path, at=timezone.now())
    if found is None:
        raise Http404
    shows(PROVINCE, *tags, *(subject_tag(item.subject) for item in found.items))
    return _answer(request, writer.written(found), writer.MEDIA_TYPE, language=scope.language)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The index: the news of two days, then every month in which something went out."""
    names = ["sitemap-news.xml", *files_of_months(at=timezone.now())]
    return _answer(request, sitemaps.index(absolute(f"/{name}") for name in names), _XML)


@require_safe
def sitemap_of_month(request: HttpRequest, year: int, month: int, part: int) -> HttpResponseBase:
    if not (1 <= month <= 12 and 1900 <= year <= 9998 and 1 <= part <= 1_000):
        raise Http404
    places = places_of_month(year, month, part, at=timezone.now())
    if not places:
        raise Http404
    return _answer(request, sitemaps.places(places), _XML)


@require_safe
def sitemap_of_news(request: HttpRequest) -> HttpResponseBase:
    at = timezone.now()
    feeds = [
        found
        for code, _name in settings.LANGUAGES
        if (found := feed_of(Scope(code), address=request.path, at=at, kinds=NEWS))
    ]
    return _answer(request, sitemaps.news(feeds, since=at - NEWS_FOR), _XML)


@require_safe
def card(request: HttpRequest) -> HttpResponseBase:
    """OEmbed of an address of ours; 404 for any other, 501 for a format that nobody knows."""
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        return HttpResponse(status=HTTPStatus.NOT_IMPLEMENTED)
    path = _path_of_ours(request.GET.get("url", ""))
    parts = [part for part in path.split("/") if part]
    short_id = parts[-1].rpartition("-")[2] if parts else ""
    at = timezone.now()
    work = public_work(short_id, at=at) if is_short_id(short_id) else None
    if work is None or not work.rows:
        raise Http404
    row = (work.row_in(parts[-2]) if len(parts) > 1 else None) or work.rows[0]
    house = province_of_house()
    told = cards.told(
        title=row.title,
        publisher=house.name if house is not None else "Nhịp Cầu",
        home=absolute(f"/{row.language.tag.lower()}/"),
        picture=_picture(row),
    )
    if form == "xml":
        return _answer(request, cards.as_xml(told), "text/xml")
    return _answer(request, cards.as_json(told), "application/json")


def _picture(row: ReleasedVersion) -> tuple[str, int, int] | None:
    """The picture that stands for a text, with its pixels. Three queries."""
    key = leading_picture(raw_body(row.revision.content))
    found = pictures_of([(row.release_id, key)]).get((row.release_id, key))
    if found is None or not found.width:
        return None
    return absolute(found.whole), found.width, found.height


def _path_of_ours(address: str) -> str:
    """The path of an address of this house; "" of any other."""
    try:
        asked, own = urlsplit(address[:1_000]), urlsplit(absolute("/"))
    except ValueError:
        return ""
    return asked.path if asked.netloc.lower() == own.netloc.lower() else ""


@require_safe
def search_description(request: HttpRequest, language: str) -> HttpResponseBase:
    """How a browser asks the search of a language; 404 where the portal has no such page."""
    page = (
        PlacePage.objects.live()
        .filter(place="search", url_path__startswith=f"/{language}/")
        .first()
    )
    if page is None:
        raise Http404
    house = province_of_house()
    name = house.name if house is not None else "Nhịp Cầu"
    written = search_engine.written(
        name=name,
        description=f"{page.title} · {name}",
        language=language,
        search=absolute(page.url_path),
    )
    return _answer(request, written, search_engine.MEDIA_TYPE)


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """What machines may look through: everything public, and where its list is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /decision/",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return _answer(request, "\n".join(lines).encode(), "text/plain")


def _answer(
    request: HttpRequest, content: bytes, media_type: str, *, language: str = ""
) -> HttpResponseBase:
    """The content with its tag, or 304; other pages may read it."""
    answer = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    if language:
        answer["Content-Language"] = language
    answer["Cache-Control"] = "public, max-age=300"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
