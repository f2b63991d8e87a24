"""The words of a draft in each form: for the editor's preview, and as a page. Never public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from nhipcau.kernel.errors import RuleBroken
from nhipcau.publishing.queries.drafts import FIRST, Look, look_at
from nhipcau.publishing.views.access import readers
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion


def preview(request: HttpRequest, version: LanguageVersion, form: str) -> HttpResponse:
    """What the editor holds, saved or not, in this form; a refusal of the form is said instead."""
    return _drawn(request, version, version.serializable_data(), form)


@readers
@require_GET
def looks(request: HttpRequest, pk: int) -> HttpResponse:
    """The saved words of a version in one of its forms (`form`), at the width of `width`."""
    version = _version(pk)
    forms = version.preview_modes
    asked = request.GET.get("form", "")
    return _private(
        render(
            request,
            "publishing/looks.html",
            {
                "version": version,
                "work": version.subject.work,
                "forms": forms,
                "form": asked if asked in dict(forms) else FIRST,
                "is_narrow": request.GET.get("width") == "phone",
            },
        )
    )


@readers
@require_GET
def drawn(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame of `looks`: the saved words in the form, drawn now and kept nowhere."""
    version = _version(pk)
    form = request.GET.get("form", "")
    if form not in dict(version.preview_modes) or version.latest_revision is None:
        raise Http404
    return _drawn(request, version, version.latest_revision.content, form)


def _version(pk: int) -> LanguageVersion:
    """A version of a work; 404 for what was stopped, which no form is ever made of."""
    return get_object_or_404(
        LanguageVersion.objects.filter(subject__work__isnull=False)
        .exclude(state=VersionState.STOPPED)
        .select_related(
            "subject__work", "subject__unit", "language", "latest_revision", "source__language"
        ),
        pk=pk,
    )


def _drawn(
    request: HttpRequest, version: LanguageVersion, content: Mapping[str, Any], form: str
) -> HttpResponse:
    look, refusal = Look(), ""
    try:
        look = look_at(version, content, slug=form or FIRST)
    except RuleBroken as trouble:
        refusal = str(trouble)
    return _private(
        render(
            request,
            "publishing/preview.html",
            {"look": look, "refusal": refusal, "version": version, "form": form},
        )
    )


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
