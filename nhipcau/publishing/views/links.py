"""The page behind the link of a leader without an account: one text, one decision.

Every bad link is answered in the same words. The page is kept by nobody: not by caches, search
engines or the address line of the next page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.publishing.actions import decide_by_link, send_code
from nhipcau.publishing.errors import LinkNotGood
from nhipcau.publishing.forms import LinkDecisionForm
from nhipcau.publishing.models import ApprovalLink
from nhipcau.publishing.queries.clearances import findings_of, look_of
from nhipcau.publishing.queries.links import standing_link
from nhipcau.publishing.queries.pins import changed_under_review, shelf_of

Page = Callable[[HttpRequest, str], HttpResponse]


def _kept_by_nobody(page: Page) -> Page:
    @wraps(page)
    def closed(request: HttpRequest, secret: str) -> HttpResponse:
        response = page(request, secret)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "no-referrer"
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
    look, cannot_look = look_of(item, shelf=shelf, inline=True)
    return render(
        request,
        "publishing/link.html",
        {
            "link": link,
            "item": item,
            "look": look,
            "cannot_look": cannot_look,
            "findings": findings_of(item),
            "changed": changed_under_review(item, shelf=shelf),
            "form": form,
            "trouble": trouble,
        },
        status=status,
    )
