"""Beginning a work: its kind, then its first words; and a copy of one that exists."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user, units_where
from nhipcau.plans.models import Task
from nhipcau.registry.models import Language
from nhipcau.works.actions import duplicate_work, start_from_template, start_work
from nhipcau.works.enums import WorkKind
from nhipcau.works.errors import NotPossible
from nhipcau.works.forms import DuplicateForm, StartForm
from nhipcau.works.models import WorkTemplate
from nhipcau.works.permissions import may_start
from nhipcau.works.phrases import PURPOSES
from nhipcau.works.queries import gaps_of, templates_by_kind, templates_for, words_of_template
from nhipcau.works.rules.kinds import kinds_for
from nhipcau.works.views.access import authors, found, person_of


def _task(given: str | UUID | None) -> Task | None:
    """The task of the address; None for none and for what is no task."""
    try:
        uuid = UUID(str(given))
    except ValueError:
        return None
    return Task.objects.filter(uuid=uuid).select_related("plan").first()


@authors
@require_GET
def start(request: HttpRequest) -> HttpResponseBase:
    """The kinds of works as cards; those that a task asks for stand first."""
    task = _task(request.GET.get("task"))
    ordered: list[WorkKind] = []
    if task is not None:
        for product in task.products.order_by("order").values_list("kind", flat=True):
            ordered += [kind for kind in kinds_for(product) if kind not in ordered]
    today = timezone.localdate()
    units = units_where(person_of(request), Permission.WORKS_WRITE, on=today)
    offered = templates_by_kind(units=units, on=today)
    cards = [(kind, PURPOSES[kind], offered.get(kind, 0)) for kind in WorkKind]
    return render(
        request,
        "works/start.html",
        {
            "task": task,
            "ordered": [card for card in cards if card[0] in ordered],
            "cards": [card for card in cards if card[0] not in ordered],
        },
    )


@authors
@require_http_methods(["GET", "POST"])
def start_kind(request: HttpRequest, kind: str) -> HttpResponseBase:
    """What a new work of this kind starts from, its title, unit and language; POST makes it."""
    if kind not in WorkKind.values:
        raise Http404
    person = person_of(request)
    today = timezone.localdate()
    task = _task(request.POST.get("task") or request.GET.get("task"))
    units = units_where(person, Permission.WORKS_WRITE, on=today)
    templates = templates_for(kind=kind, units=units, on=today)
    asked = request.POST.get("template") or request.GET.get("template", "")
    chosen = next((each for each in templates if str(each.pk) == asked), None)
    form = StartForm(
        request.POST or None,
        units=units,
        initial={
            "task": task and task.uuid,
            "template": chosen and chosen.pk,
            "title": chosen.title if chosen else "",
            "unit": chosen and chosen.unit_id,
            "language": chosen and Language.objects.filter(tag=chosen.language).first(),
        },
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not may_start(rights_of_user(request.user), unit_id=given["unit"].pk):
            raise PermissionDenied
        tasks = [task] if task is not None else []
        try:
            if given["template"] is not None:
                work = start_from_template(
                    template=_offered(templates, given["template"]),
                    unit=given["unit"],
                    language=given["language"],
                    title=given["title"],
                    tasks=tasks,
                    by=person,
                    at=timezone.now(),
                )
            else:
                work = start_work(
                    kind=kind,
                    unit=given["unit"],
                    language=given["language"],
                    mode=given["mode"],
                    title=given["title"],
                    title_vi=given["title_vi"],
                    tasks=tasks,
                    by=person,
                    at=timezone.now(),
                )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("words:edit", work.subject.versions.get().pk)
    words = None if chosen is None else words_of_template(chosen)
    return render(
        request,
        "works/start_kind.html",
        {
            "form": form,
            "kind": kind,
            "heading": WorkKind(kind).label,
            "lead": PURPOSES[WorkKind(kind)],
            "task": task,
            "templates": templates,
            "chosen": chosen,
            "words": words,
            "gaps": 0 if words is None else gaps_of(words),
        },
        status=400 if form.errors else 200,
    )


def _offered(templates: Sequence[WorkTemplate], pk: int) -> WorkTemplate:
    for template in templates:
        if template.pk == pk:
            return template
    raise NotPossible(_("This template is not offered any more; choose another one."))


@authors
@require_http_methods(["GET", "POST"])
def duplicate(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A copy of a work with its words, for a unit of the person."""
    work = found(uuid)
    person = person_of(request)
    form = DuplicateForm(
        request.POST or None,
        units=units_where(person, Permission.WORKS_WRITE, on=timezone.localdate()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            copy = duplicate_work(
                work=work, unit=form.cleaned_data["unit"], by=person, at=timezone.now()
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This is the copy; nothing of it is cleared."))
            return redirect("works:work", copy.subject.uuid)
    return render(
        request,
        "works/form.html",
        {
            "form": form,
            "work": work,
            "heading": _("Duplicate “%(work)s”") % {"work": work},
            "lead": _(
                "The copy has the words in all languages, topics and areas; no tasks, no money, "
                "no clearance."
            ),
            "submit": _("Make a copy"),
        },
        status=400 if form.errors else 200,
    )
