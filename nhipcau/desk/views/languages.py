"""Content languages: which are in use, how they are written, where they are spoken."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.desk.forms.places import LanguageFilterForm
from nhipcau.desk.queries import places
from nhipcau.desk.views.access import (
    may_change_registry,
    may_read_history,
    person_of,
    those_with,
)
from nhipcau.people.enums import Permission
from nhipcau.registry.actions.languages import use_language
from nhipcau.registry.enums import LanguageRole
from nhipcau.registry.models import Language
from nhipcau.registry.queries.sources import source_named


@those_with(Permission.REGISTRY_READ)
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Languages in use, or every one on record."""
    form = LanguageFilterForm(request.GET)
    form.is_valid()  # a filter that cannot be is left out, and said beside its field
    given = form.cleaned_data
    return render(
        request,
        "desk/languages.html",
        {
            "form": form,
            "lines": places.languages_listed(
                words=given.get("q") or "",
                mode=given.get("mode") or "",
                every=bool(given.get("all")),
            ),
            "is_narrowed": any(given.values()),
            "may_change": may_change_registry(request),
            "tab": "languages",
        },
    )


@those_with(Permission.REGISTRY_READ)
@require_GET
def language(request: HttpRequest, tag: str) -> HttpResponseBase:
    """One language: script, fonts, mode, and of which areas it is told."""
    shown = get_object_or_404(Language, tag=tag)
    spoken = places.areas_of_language(shown)
    return render(
        request,
        "desk/language.html",
        {
            "language": shown,
            "spoken": [(role.label, spoken[role]) for role in LanguageRole if role in spoken],
            "history": places.history_of_row(shown) if may_read_history(request) else [],
            "source": source_named(shown.source),
            "may_change": may_change_registry(request),
            "tab": "languages",
        },
    )


@those_with(Permission.REGISTRY_CHANGE)
@require_POST
def use(request: HttpRequest, tag: str) -> HttpResponseBase:
    """Offer the language for new work, or no longer."""
    shown = get_object_or_404(Language, tag=tag)
    in_use = request.POST.get("in_use") == "yes"
    use_language(language=shown, in_use=in_use, by=person_of(request), at=timezone.now())
    said = (
        _("%(language)s is offered for new work.")
        if in_use
        else _("%(language)s is no longer offered for new work; what exists in it stays.")
    )
    messages.success(request, said % {"language": shown.name})
    return redirect("desk:language", shown.tag)
