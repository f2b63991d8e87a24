"""The list of words that mean the same: read by those who keep it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.spreadsheets import KIND, workbook
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of_user
from nhipcau.search.actions import drop_synonyms, keep_synonyms
from nhipcau.search.errors import NotSynonyms
from nhipcau.search.forms import SynonymsForm
from nhipcau.search.models import SynonymGroup
from nhipcau.search.permissions import may_keep_synonyms
from nhipcau.search.queries import synonyms_listed

View = Callable[..., HttpResponseBase]


def those_who_keep_words(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_keep_synonyms(rights_of_user(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _person(request: HttpRequest) -> Person:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.person


@those_who_keep_words
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The groups; with `q` those that hold the words."""
    words = request.GET.get("q", "")[:200]
    context = {"groups": synonyms_listed(words), "q": words}
    return render(request, "search/synonyms.html", context)


@those_who_keep_words
@require_GET
def as_spreadsheet(request: HttpRequest) -> HttpResponseBase:
    """The list as .xlsx."""
    headings = [_("Wordings"), _("Language"), _("Why, where from")]
    rows = [
        ["; ".join(group.listed), group.language.name if group.language else "", group.note]
        for group in synonyms_listed()
    ]
    answer = StreamingHttpResponse(workbook(headings=headings, rows=rows), content_type=KIND)
    answer["Content-Disposition"] = 'attachment; filename="words-that-mean-the-same.xlsx"'
    return answer


@those_who_keep_words
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    return _edited(request, None)


@those_who_keep_words
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: int) -> HttpResponseBase:
    return _edited(request, get_object_or_404(SynonymGroup, pk=key))


@those_who_keep_words
@require_POST
def drop(request: HttpRequest, key: int) -> HttpResponseBase:
    group = get_object_or_404(SynonymGroup, pk=key)
    shown = str(group)
    drop_synonyms(group=group, by=_person(request), at=timezone.now())
    messages.success(request, _("Struck from the list: %(words)s") % {"words": shown})
    return redirect("search:synonyms")


def _edited(request: HttpRequest, group: SynonymGroup | None) -> HttpResponseBase:
    form = SynonymsForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        fresh = get_object_or_404(SynonymGroup, pk=group.pk) if group else None
        try:
            kept = keep_synonyms(
                wordings=told["wordings"].splitlines(),
                language=told["language"],
                note=told["note"],
                group=fresh,
                by=_person(request),
                at=timezone.now(),
            )
        except NotSynonyms as refusal:
            form.add_error("wordings", str(refusal))
        else:
            messages.success(
                request, _("Readers who ask for one find the others: %(words)s") % {"words": kept}
            )
            return redirect("search:synonyms")
    status = 400 if form.errors else 200
    return render(
        request, "search/synonyms_form.html", {"form": form, "group": group}, status=status
    )
