"""The page behind the link of a leader without an account: one text, one decision.

Every bad link is answered in the same words. The page is kept by nobody: not by caches, search
engines or the address line of the next page. Its films, sounds and files are given to the browser
that has opened the page, as long as the link is good; to everybody else they do not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe
from django.views.defaults import page_not_found

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.parts import answer_with_file
from nhipcau.media.queries import path_of_file
from nhipcau.people.queries import rights_of
from nhipcau.publishing.actions import decide_by_link, send_code
from nhipcau.publishing.errors import LinkNotGood
from nhipcau.publishing.forms import LinkDecisionForm
from nhipcau.publishing.models import ApprovalLink
from nhipcau.publishing.queries.clearances import look_of
from nhipcau.publishing.queries.findings import confirms_of, findings_of
from nhipcau.publishing.queries.links import given_behind, lines_behind, standing_link
from nhipcau.publishing.queries.pins import changed_under_review, shelf_of
from nhipcau.translation.queries import writers_of

Asked = ParamSpec("Asked")
OPENED = "decision"  # the cookie of a browser that has opened the page, for its addresses alone


def _kept_by_nobody(page: Callable[Asked, HttpResponseBase]) -> Callable[Asked, HttpResponseBase]:
    @wraps(page)
    def closed(*args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponseBase:
        response = page(*args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        # The house's own policy lets no other site learn the address. A stricter one would have
        # browsers say that they come from nowhere (Origin: null), and no decision would arrive.
        response["Referrer-Policy"] = "same-origin"
        return response

    return closed


@sensitive_variables("secret")
@sensitive_post_parameters("code")
@never_cache
@_kept_by_nobody
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, secret: str) -> HttpResponse:
    """Shows the text; sends the code; takes the decision."""
    try:
        link = standing_link(secret, at=timezone.now())
        if request.method != "POST":
            return _page(request, link, LinkDecisionForm())
        if "send" in request.POST:
            return _send(request, link, secret)
        return _decide(request, link, secret)
    except LinkNotGood as refusal:
        return render(request, "publishing/link_closed.html", {"why": refusal}, status=404)


@never_cache
@_kept_by_nobody
@require_safe
def shown(request: HttpRequest, secret: str, kind: str, number: int) -> HttpResponseBase:
    """A film, sound or file of the text, whole or in parts."""
    link = _opened_link(request, secret)
    given = None if link is None else given_behind(link, kind=kind, number=number)
    if given is None:
        return page_not_found(request, Http404())
    return answer_with_file(
        request,
        path_of_file(given.stored),
        tag=given.stored.sha256,
        mime=given.media_type,
        cache="private, no-store",
        name=given.name,
        download=kind == "file",
    )


@never_cache
@_kept_by_nobody
@require_safe
def lines(request: HttpRequest, secret: str, pk: int) -> HttpResponseBase:
    """The subtitles of a film of the text, for its player."""
    link = _opened_link(request, secret)
    words = None if link is None else lines_behind(link, key=pk)
    if words is None:
        return page_not_found(request, Http404())
    answer = HttpResponse(words.text, content_type=words.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _opened_link(request: HttpRequest, secret: str) -> ApprovalLink | None:
    """The link while it is good, for the browser that has opened its page; else None."""
    try:
        link = standing_link(secret, at=timezone.now())
    except LinkNotGood:
        return None
    told = request.get_signed_cookie(OPENED, default="", salt=link.secret_digest)
    return link if told == str(link.uuid) else None


def _send(request: HttpRequest, link: ApprovalLink, secret: str) -> HttpResponse:
    form = LinkDecisionForm()
    try:
        send_code(secret=secret, by=link.person, at=timezone.now())
    except LinkNotGood:
        raise
    except RuleBroken as refusal:
        return _page(request, link, form, trouble=str(refusal), status=409)
    return _page(request, standing_link(secret, at=timezone.now()), form)


def _decide(request: HttpRequest, link: ApprovalLink, secret: str) -> HttpResponse:
    form = LinkDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, link, form, status=422)
    given = form.cleaned_data
    try:
        taken = decide_by_link(
            secret=secret,
            code=given["code"],
            verdict=given["verdict"],
            reason=given["reason"],
            by=link.person,
            at=timezone.now(),
            page=request.build_absolute_uri(
                reverse("works:work", args=[link.step.item.version.subject.uuid])
            ),
        )
    except LinkNotGood:
        raise
    except RuleBroken as refusal:
        return _page(request, link, form, trouble=str(refusal), status=409)
    return render(request, "publishing/link_done.html", {"decision": taken, "link": link})


def _page(
    request: HttpRequest,
    link: ApprovalLink,
    form: LinkDecisionForm,
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    item = link.step.item
    shelf = shelf_of([item.revision.content])
    look, cannot_look = look_of(item, shelf=shelf, behind=request.path)
    findings = findings_of(item)
    response = render(
        request,
        "publishing/link.html",
        {
            "link": link,
            "item": item,
            "look": look,
            "cannot_look": cannot_look,
            "findings": findings,
            "confirms": confirms_of(
                item,
                findings,
                rights=rights_of(link.person, on=timezone.localdate()),
                written_by=writers_of(item.version),
            ),
            "changed": changed_under_review(item, shelf=shelf),
            "form": form,
            "trouble": trouble,
            "lines": shelf.lines_in(item.version.language_id),
            "attached": shelf.attached_to(item.revision.content),
        },
        status=status,
    )
    response.set_signed_cookie(
        OPENED,
        str(link.uuid),
        salt=link.secret_digest,
        expires=link.expires_at,
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response
