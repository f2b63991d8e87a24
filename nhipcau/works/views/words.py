"""Reading a version, what is said about it, and going on from a newer source."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.queries import rights_of_user
from nhipcau.translation.actions import follow_source, remark, settle_remark
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion, Remark
from nhipcau.translation.rules.states import may_write
from nhipcau.works.permissions import may_see_history, may_write_words
from nhipcau.works.queries import source_words, threads_of, words_of
from nhipcau.works.views.access import (
    person_of,
    readers,
    version_of_work,
    version_to_read,
    writers,
)


def _may_write(request: HttpRequest, version: LanguageVersion) -> bool:
    return may_write_words(
        rights_of_user(request.user),
        unit_id=version.subject.unit_id,
        is_translation=version.source_id is not None,
    )


@readers
@require_GET
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest words of a version, its source beside it, and the remarks.

    Words that were stopped are for the unit's secrecy reviewers alone.
    """
    version = version_to_read(request, pk)
    return render(
        request,
        "works/read.html",
        {
            "version": version,
            "work": version.subject.work,
            "words": words_of(version, version.latest_revision),
            "source": source_words(version),
            "threads": threads_of(version),
            "may_write": may_write(version.state) and _may_write(request, version),
            "is_stopped": version.state == VersionState.STOPPED,
            "may_see_history": may_see_history(
                rights_of_user(request.user),
                unit_id=version.subject.unit_id,
                is_translation=version.source_id is not None,
            ),
        },
    )


@readers
@require_POST
def make_remark(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say something about the words, answer (`answers`), or call a remark settled (`settle`)."""
    version = version_of_work(pk)
    person, now = person_of(request), timezone.now()
    given = request.POST.get("answers", "")
    thread = None
    if given:
        thread = get_object_or_404(
            Remark, version=version, pk=int(given) if given.isdecimal() else 0
        )
    text = request.POST.get("text", "")
    try:
        if text.strip() or thread is None or "settle" not in request.POST:
            remark(
                version=version,
                text=text,
                quotation=request.POST.get("quotation", ""),
                answers=thread,
                by=person,
                at=now,
            )
        if thread is not None and "settle" in request.POST:
            settle_remark(remark=thread, by=person, at=now)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("words:edit" if "in_editor" in request.POST else "works:read", pk)


@writers
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The translator has seen what changed and goes on from the newest approved source."""
    version = version_of_work(pk)
    if not _may_write(request, version):
        raise PermissionDenied
    try:
        follow_source(version=version, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The newest approved text stands beside the translation now."))
    return redirect("words:edit", pk)
