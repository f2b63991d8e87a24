"""The history of a version: its texts, two of them compared, and taking one back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.queries import rights_of_user
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.actions import take_earlier_words
from nhipcau.works.permissions import may_see_history, may_write_words
from nhipcau.works.queries import earlier_texts, revisions_of, texts_compared
from nhipcau.works.views.access import historians, person_of, version_to_read, writers

PAGE = 50


def _own(request: HttpRequest, pk: int) -> tuple[LanguageVersion, bool]:
    """The version, and whether the person may write it; for whoever may see how it came about."""
    version = version_to_read(request, pk)
    rights = rights_of_user(request.user)
    unit, is_translation = version.subject.unit_id, version.source_id is not None
    if not may_see_history(rights, unit_id=unit, is_translation=is_translation):
        raise PermissionDenied
    return version, version.state != VersionState.STOPPED and may_write_words(
        rights, unit_id=unit, is_translation=is_translation
    )


@historians
@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every text that the version has had, the newest first; two of them can be compared.

    What was stopped is for the unit's secrecy reviewers alone.
    """
    version, may_write = _own(request, pk)
    page = Paginator(revisions_of(version), PAGE).get_page(request.GET.get("p"))
    # One more than is shown, so that the last line knows what stood before it.
    after = list(revisions_of(version)[page.end_index() : page.end_index() + 1])
    shown = list(page.object_list)
    texts = earlier_texts(version, [*shown, *after])[: len(shown)]
    return render(
        request,
        "works/history.html",
        {
            "version": version,
            "work": version.subject.work,
            "page": page,
            "texts": texts,
            "may_write": may_write,
            "may_take": may_write and not version.subject.work.is_in_trash,
        },
    )


@historians
@require_GET
def compared(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What changed between two texts (`a`, `b`, in any order); `?only=1` leaves out the rest."""
    version, may_write = _own(request, pk)
    keys = [request.GET.get(name, "") for name in ("a", "b")]
    found = texts_compared(version, [int(key) for key in keys if _is_key(key)])
    if found is None:
        messages.info(request, _("Choose two different texts to compare."))
        return redirect("works:history", pk)
    (earlier, later), difference = found
    return render(
        request,
        "works/compared.html",
        {
            "version": version,
            "work": version.subject.work,
            "earlier": earlier,
            "later": later,
            "difference": difference,
            "only": "only" in request.GET,
            "may_take": may_write
            and not version.subject.work.is_in_trash
            and earlier.pk != version.latest_revision_id,
        },
    )


@writers
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take an earlier text (`text`) back as a new one; `seen` is the newest that was known."""
    version, may_write = _own(request, pk)
    if not may_write:
        raise PermissionDenied
    key, seen = request.POST.get("text", ""), request.POST.get("seen", "")
    revision = get_object_or_404(version.revisions, pk=int(key) if _is_key(key) else 0)
    try:
        take_earlier_words(
            version=version,
            revision=revision,
            seen=int(seen) if _is_key(seen) else None,
            by=person_of(request),
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _(
                "The earlier text is the newest draft now. The one that it replaced stands below "
                "and can be taken back in the same way."
            ),
        )
    return redirect("works:history", pk)


def _is_key(given: str) -> bool:
    return given.isdecimal() and len(given) < 19
