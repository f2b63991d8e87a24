"""What people add to the registry: areas, gates, languages, groups, the border trait of an area."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.desk.forms.additions import (
    AddAreaForm,
    AddGateForm,
    AddGroupForm,
    AddLanguageForm,
    TraitForm,
)
from nhipcau.desk.views.access import person_of, those_with
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.registry.actions.areas import create_area, tag_area, untag_area
from nhipcau.registry.actions.gates import create_gate
from nhipcau.registry.actions.groups import create_group
from nhipcau.registry.actions.languages import add_language
from nhipcau.registry.enums import AreaKind
from nhipcau.registry.models import Area, AreaTag
from nhipcau.registry.queries.areas import free_area_key
from nhipcau.registry.queries.units import free_group_key

changers = those_with(Permission.REGISTRY_CHANGE)


def _added(
    request: HttpRequest,
    form: forms.Form,
    add: Callable[[], str],
    *,
    title: str | Promise,
    back: str,
    lead: str | Promise = "",
) -> HttpResponseBase:
    """Do what the form says and go where `add` points; a refusal stands above the form."""
    if request.method == "POST" and form.is_valid():
        try:
            address = add()
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on record, and in the diary."))
            return redirect(address)
    return render(
        request,
        "desk/addition_form.html",
        {"form": form, "title": title, "lead": lead, "back": back},
        status=400 if form.errors else 200,
    )


@changers
@require_http_methods(["GET", "POST"])
def area(request: HttpRequest) -> HttpResponseBase:
    """An area that is not on record yet."""
    form = AddAreaForm(request.POST or None)

    def add() -> str:
        typed = form.cleaned_data
        key = free_area_key(typed["name"], typed["kind"], typed["parent"])
        made = create_area(key=key, **typed, by=person_of(request), at=timezone.now())
        return reverse("desk:area", args=[made.pk])

    return _added(
        request,
        form,
        add,
        title=gettext_lazy("Add an area"),
        lead=gettext_lazy(
            "An area that a merger or split makes is recorded with that change, on the page of "
            "one of those that it follows."
        ),
        back=reverse("desk:areas"),
    )


@changers
@require_http_methods(["GET", "POST"])
def gate(request: HttpRequest) -> HttpResponseBase:
    """A border gate that is not on record yet."""
    form = AddGateForm(request.POST or None)

    def add() -> str:
        typed = form.cleaned_data
        key = free_area_key(typed["name"], AreaKind.BORDER_GATE, typed["parent"])
        made = create_gate(key=key, **typed, by=person_of(request), at=timezone.now())
        return reverse("desk:area", args=[made.area_id])

    return _added(
        request,
        form,
        add,
        title=gettext_lazy("Add a border gate"),
        back=reverse("desk:gates"),
    )


@changers
@require_http_methods(["GET", "POST"])
def language(request: HttpRequest) -> HttpResponseBase:
    """A content language that is not on record yet."""
    form = AddLanguageForm(request.POST or None)

    def add() -> str:
        made = add_language(**form.cleaned_data, by=person_of(request), at=timezone.now())
        return reverse("desk:language", args=[made.tag])

    return _added(
        request,
        form,
        add,
        title=gettext_lazy("Add a language"),
        back=reverse("desk:languages"),
    )


@changers
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest) -> HttpResponseBase:
    """A group of units by its rule."""
    form = AddGroupForm(request.POST or None)

    def add() -> str:
        typed = form.cleaned_data
        made = create_group(
            key=free_group_key(typed["name"]), **typed, by=person_of(request), at=timezone.now()
        )
        return reverse("desk:group", args=[made.pk])

    return _added(
        request,
        form,
        add,
        title=gettext_lazy("Add a group of units"),
        lead=gettext_lazy(
            "The rule says who belongs to the group on any day; plans that were accepted keep "
            "the members of their day."
        ),
        back=reverse("desk:groups"),
    )


@changers
@require_http_methods(["GET", "POST"])
def trait(request: HttpRequest, key: int) -> HttpResponseBase:
    """Mark that an area lies at the border."""
    marked = get_object_or_404(Area, pk=key)
    form = TraitForm(request.POST or None)
    address = reverse("desk:area", args=[marked.pk])

    def add() -> str:
        tag_area(area=marked, **form.cleaned_data, by=person_of(request), at=timezone.now())
        return address

    return _added(
        request,
        form,
        add,
        title=_("Lies at the border: %(area)s") % {"area": marked.label},
        lead=gettext_lazy("Groups such as the border communes follow from these marks."),
        back=address,
    )


@changers
@require_POST
def take_back_trait(request: HttpRequest, key: int, tag: int) -> HttpResponseBase:
    """A mark that was set by mistake."""
    untag_area(
        tag=get_object_or_404(AreaTag, pk=tag, area=key),
        by=person_of(request),
        at=timezone.now(),
    )
    messages.success(request, _("Taken back, and recorded in the diary."))
    return redirect("desk:area", key)
