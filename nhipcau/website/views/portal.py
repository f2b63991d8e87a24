"""Every address of the portal: where a stranger is led, works, pages of the trees."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.http.response import HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from nhipcau.publishing.queries import address_of, short_address_of
from nhipcau.publishing.queries.public_works import PublicWork, public_work
from nhipcau.website.queries.cards import codes
from nhipcau.website.queries.frames import frame_of
from nhipcau.website.queries.structured import as_json, work_data
from nhipcau.website.queries.works import (
    alternates_of,
    elsewhere,
    gone_now,
    same_by_code,
    work_now,
)
from nhipcau.website.rules.addresses import (
    LIGHT,
    WorkAddress,
    best_language,
    in_frame,
    work_address,
)
from nhipcau.website.rules.tags import subject_tag
from nhipcau.website.store.making import finished_page
from nhipcau.website.store.tags import shows
from nhipcau.website.views import answers
from nhipcau.website.views.missing import not_here
from nhipcau.website.views.pages import page_in_tree


@require_safe
def entrance(request: HttpRequest) -> HttpResponseBase:
    """The home in the language that the browser asks for; the house's first one for others."""
    language = best_language(request.headers.get("Accept-Language", ""), codes())
    answer = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(answer, ["Accept-Language"])
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def short(request: HttpRequest, short_id: str) -> HttpResponseBase:
    """The short address of QR codes and print: leads to the work in the browser's language.

    Where the work does not have it, in the house's first language, or in the one that it was
    written in.
    """
    work = public_work(short_id, at=timezone.now())
    if work is None:
        return not_here(request)
    shows(subject_tag(work.subject.uuid))
    wanted = best_language(request.headers.get("Accept-Language", ""), codes())
    row = next(
        (
            found
            for language in dict.fromkeys([wanted, *codes()])
            if (found := work.row_in(language)) is not None
        ),
        next(iter(work.rows), None),
    )
    if row is not None:
        target = in_frame(address_of(row), frame=wanted, interface=codes())
    else:
        gone = work.noticed[0]
        target = f"/{gone.language.tag.lower()}/{short_id}/"
        target = in_frame(target, frame=wanted, interface=codes())
    answer = HttpResponseRedirect(target)
    patch_vary_headers(answer, ["Accept-Language"])
    answer["Cache-Control"] = "no-cache"
    return answer


@finished_page
@require_safe
def portal(
    request: HttpRequest, language: str, rest: str = "", *, is_light: bool = False
) -> HttpResponseBase:
    """A home, a page or a work. What a path means: `rules.addresses`."""
    at = timezone.now()
    prefix = LIGHT if is_light else ""
    if language != language.lower():
        behind = f"{rest}/" if rest else ""
        return HttpResponsePermanentRedirect(f"{prefix}/{language.lower()}/{behind}")
    asked = work_address(rest) if rest.count("/") <= 2 else None
    if asked is not None:
        return _work(request, language, asked, is_light=is_light, at=at)
    if language not in codes() or "\x00" in rest:
        return not_here(request, is_light=is_light)
    found = page_in_tree(language, rest, is_light=is_light, at=at, asked=request.GET)
    return found if found is not None else not_here(request, language, is_light=is_light)


def _work(
    request: HttpRequest, first: str, asked: WorkAddress, *, is_light: bool, at: datetime
) -> HttpResponseBase:
    """A work in a language: its page, its notice, or where else it can be read."""
    language = asked.language or first
    has_own_frame = language in codes()
    frame = first if first in codes() else codes()[0]
    work = public_work(asked.short_id, at=at)
    if work is None or (asked.language and (has_own_frame or first not in codes())):
        return not_here(request, frame, is_light=is_light)
    shows(subject_tag(work.subject.uuid))
    row = work.row_in(language)
    if row is None:
        return _no_such_text(work, language, frame, asked, is_light=is_light, at=at)
    address = address_of(row)
    if asked.language:
        address = in_frame(address, frame=frame, interface=codes())
    prefix = LIGHT if is_light else ""
    if request.path != f"{prefix}{address}":
        return HttpResponsePermanentRedirect(f"{prefix}{address}")
    surrounding = frame_of(
        language=frame,
        address=address_of(row),
        is_light=is_light,
        at=at,
        same=same_by_code(work),
        alternates=alternates_of(work),
        negotiated=short_address_of(work.subject),
    )
    shown = work_now(work, row, frame=frame, is_light=is_light, at=at)
    return answers.page(
        "work",
        surrounding,
        shown=shown,
        short=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + short_address_of(work.subject),
        short_words=settings.WAGTAILADMIN_BASE_URL.partition("://")[2].rstrip("/")
        + short_address_of(work.subject),
        data=as_json(work_data(shown, surrounding)),
    )


def _no_such_text(
    work: PublicWork,
    language: str,
    frame: str,
    asked: WorkAddress,
    *,
    is_light: bool,
    at: datetime,
) -> HttpResponse:
    """What was taken back says so (410); what is not there in the language says so (404)."""
    surrounding = frame_of(
        language=frame,
        address=f"/{language}/{asked.slug}-{asked.short_id}/".replace("/-", "/"),
        is_light=is_light,
        at=at,
        same=same_by_code(work),
    )
    notice = work.notice_in(language)
    if notice is not None:
        return answers.page(
            "gone",
            surrounding,
            status=HTTPStatus.GONE,
            gone=gone_now(work, notice, frame=frame, at=at),
        )
    return answers.page(
        "no_language",
        surrounding,
        status=HTTPStatus.NOT_FOUND,
        elsewhere=elsewhere(work, None, frame=frame),
    )
