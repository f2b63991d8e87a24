"""One work: its page, what is asked of it, who has it in hand, its languages, the trash."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.people.queries import people_who_may, rights_of_user
from nhipcau.plans.queries.tables import tasks_of_units
from nhipcau.registry.queries.units import unit_succession
from nhipcau.translation.actions import start_version
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.actions import assign, change_work, restore_work, trash_work
from nhipcau.works.enums import Ask, Audience
from nhipcau.works.forms import AboutForm, AddLanguageForm, AssignForm
from nhipcau.works.models import Work
from nhipcau.works.permissions import (
    may_assign,
    may_change,
    may_keep_template,
    may_start,
    may_write_words,
)
from nhipcau.works.queries import facts_of, version_lines
from nhipcau.works.rules.kinds import spec_of
from nhipcau.works.views.access import (
    authors,
    found,
    givers,
    own_work,
    person_of,
    readers,
    work_to_give,
    work_to_translate,
    writers,
)

MOST_TASKS = 500  # of a unit, offered to be added


@readers
@require_GET
def work(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The page of a work, with what rooms above add to it."""
    shown = found(uuid)
    rights = rights_of_user(request.user)
    unit = shown.unit.pk
    stays = not shown.is_in_trash
    asks = spec_of(shown.kind).asks
    return render(
        request,
        "works/work.html",
        {
            "work": shown,
            "lines": version_lines(shown, rights, at=timezone.now()),
            "facts": facts_of(shown),
            "tasks": shown.tasks.select_related("plan").order_by("plan_id", "order"),
            "audiences": [Audience(code).label for code in shown.audiences],
            "given": shown.assignments.select_related("to", "by")[:5],
            "asks_permit": Ask.PERMIT in asks,
            "may_change": stays and may_change(rights, unit_id=unit),
            "may_restore": shown.is_in_trash and may_change(rights, unit_id=unit),
            "may_assign": stays and may_assign(rights, unit_id=unit),
            "may_translate": stays and may_write_words(rights, unit_id=unit, is_translation=True),
            "may_keep": stays and may_keep_template(rights, unit_id=unit),
            "may_duplicate": stays and may_start(rights, unit_id=None),
            "panels": [import_string(panel)(request, shown) for panel in settings.WORK_PANELS],
            "today": timezone.localdate(),
        },
    )


@authors
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What is asked of the work beside its words."""
    shown = own_work(request, uuid)
    today = timezone.localdate()
    unit = [shown.unit.pk]
    form = AboutForm(
        request.POST or None,
        instance=shown,
        on=today,
        unit_tasks=tasks_of_units(unit, forebears=unit_succession(on=today).forebears(unit)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_work(
                work=Work.objects.get(pk=shown.pk),
                by=person_of(request),
                at=timezone.now(),
                changes=form.changes(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("works:work", uuid)
    return _form(request, shown, form, heading=_("About this work"), submit=_("Save"))


@writers
@require_http_methods(["GET", "POST"])
def add_language(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Begin the work's words in another language, from an approved text or anew."""
    shown = work_to_translate(request, uuid)
    if shown.is_in_trash:
        messages.error(request, _("“%(work)s” is in the trash.") % {"work": shown})
        return redirect("works:work", uuid)
    sources = LanguageVersion.objects.filter(
        subject=shown.subject, approved_revision__isnull=False
    ).select_related("language", "subject")
    first = sources.filter(language=shown.original_language).first() or sources.first()
    form = AddLanguageForm(request.POST or None, sources=sources, initial={"source": first})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        source = given["source"]
        is_translation = source is not None
        if not may_write_words(
            rights_of_user(request.user), unit_id=shown.unit.pk, is_translation=is_translation
        ):
            form.add_error("source", _("Only authors write anew; choose what is translated."))
            return _add_language_page(request, shown, form)
        words: dict[str, Any] = {"title": given["title"], "title_vi": given["title_vi"]}
        try:
            version = start_version(
                subject=shown.subject,
                language=given["language"],
                mode=given["mode"],
                source=source,
                by=person_of(request),
                at=timezone.now(),
                **words,
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("%(language)s has been added.") % {"language": version.language}
            )
            return redirect("words:edit", version.pk)
    return _add_language_page(request, shown, form)


def _add_language_page(
    request: HttpRequest, shown: Work, form: AddLanguageForm
) -> HttpResponseBase:
    return _form(
        request,
        shown,
        form,
        heading=_("Add a language"),
        submit=_("Add"),
        lead=_("A language that is missing stays missing until somebody writes it."),
    )


@givers
@require_http_methods(["GET", "POST"])
def hand_on(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Give the work to somebody, or back, with a word and a day."""
    shown = work_to_give(request, uuid)
    persons = people_who_may(Permission.WORKS_READ, shown.unit, on=timezone.localdate())
    form = AssignForm(request.POST or None, persons=persons, initial={"due_on": shown.due_on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            assign(
                work=shown,
                to=given["to"],
                due_on=given["due_on"],
                words=given["words"],
                link=request.build_absolute_uri(reverse("works:work", args=[uuid])),
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The work is in the hands of %(person)s.") % {"person": given["to"]}
            )
            return redirect("works:work", uuid)
    return _form(
        request,
        shown,
        form,
        heading=_("Hand on"),
        submit=_("Hand on"),
        lead=_("Whoever gets it is told by mail."),
    )


@authors
@require_POST
def put_away(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Put the work into the trash, or take it out again (`restore`)."""
    shown = own_work(request, uuid)
    action, sentence = trash_work, _("“%(work)s” is in the trash; it can be taken out again.")
    if "restore" in request.POST:
        action, sentence = restore_work, _("“%(work)s” is back.")
    try:
        action(work=shown, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence % {"work": shown})
    return redirect("works:work", uuid)


def _form(
    request: HttpRequest,
    shown: Work,
    form: forms.BaseForm,
    *,
    heading: str,
    submit: str,
    lead: str = "",
) -> HttpResponse:
    return render(
        request,
        "works/form.html",
        {"form": form, "work": shown, "heading": heading, "lead": lead, "submit": submit},
        status=400 if form.errors else 200,
    )
