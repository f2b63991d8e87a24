"""Bringing a file, watching it being read, reviewing and accepting it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.people.models import Person
from nhipcau.people.queries import units_where
from nhipcau.plans.actions import accepting, importing, review
from nhipcau.plans.enums import ImportState
from nhipcau.plans.errors import NotPossible, ReviewMovedOn
from nhipcau.plans.forms import BringForm
from nhipcau.plans.models import Plan, PlanImport
from nhipcau.plans.permissions import may_accept, may_import
from nhipcau.plans.phrases import obstacle_sentences, review_phrases
from nhipcau.plans.queries.reviews import (
    comparison,
    review_state,
    standing_obstacles,
    unfinished_imports,
)
from nhipcau.plans.queries.units import units_by_words
from nhipcau.plans.rules import versions
from nhipcau.plans.views.access import person_of, planners

Step = Callable[..., Any]
MOST_STEP_BYTES = 2_000_000


@planners
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponseBase:
    """The upload page; POST keeps the file and goes on to its review, or to what it is already."""
    person = person_of(request)
    units = units_where(person, Permission.PLANS_IMPORT, on=timezone.localdate())
    form = BringForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        brought = importing.bring_file(
            chunks=form.cleaned_data["file"].chunks(),
            file_name=form.cleaned_data["file"].name,
            unit=form.cleaned_data["unit"],
            by=person,
            at=timezone.now(),
        )
        if brought.plan is not None:
            messages.info(
                request, _("This file is a plan that the house already has; nothing was changed.")
            )
            address = reverse("plans:outline", args=[brought.plan.uuid])
        else:
            if not brought.is_new:
                messages.info(request, _("This file is already under review; here it is."))
            address = reverse("plans:review", args=[_uuid(brought.plan_import)])
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"address": address})
        return redirect(address)
    if request.headers.get("Accept", "").startswith("application/json") and form.errors:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"sentences": sentences}, status=400)
    return render(
        request,
        "plans/bring.html",
        {"form": form, "imports": unfinished_imports()},
        status=400 if form.errors else 200,
    )


def _uuid(plan_import: PlanImport | None) -> UUID:
    if plan_import is None:  # bring_file answers an import or a plan
        raise PermissionDenied
    return plan_import.uuid


def _import(request: HttpRequest, uuid: UUID) -> PlanImport:
    """The import, for people who may decide for its unit."""
    plan_import = get_object_or_404(
        PlanImport.objects.select_related("unit", "plan", "brought_by"), uuid=uuid
    )
    if not may_import(person_of(request), unit=plan_import.unit, on=timezone.localdate()):
        raise PermissionDenied
    return plan_import


@planners
@require_GET
def review_page(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The page of one import: being read, refused, under review, or what became of it."""
    plan_import = _import(request, uuid)
    if plan_import.state == ImportState.ACCEPTED and plan_import.plan is not None:
        return redirect("plans:outline", plan_import.plan.uuid)
    if plan_import.state != ImportState.REVIEW:
        return render(
            request,
            "plans/waiting.html",
            {"plan_import": plan_import, "refusal": _refusal(plan_import)},
        )
    return render(
        request,
        "plans/review.html",
        {
            "plan_import": plan_import,
            "phrases": review_phrases(),
            "warnings": plan_import.warnings,
            "language": get_language() or "vi",
            "plans": Plan.objects.order_by("-pk").only("pk", "title")[:50],
        },
    )


def _refusal(plan_import: PlanImport) -> str:
    in_vietnamese = (get_language() or "vi").startswith("vi")
    return plan_import.refusal_vi if in_vietnamese else plan_import.refusal_en


@planners
@require_GET
def progress(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far the reading is, for the waiting page."""
    plan_import = _import(request, uuid)
    return JsonResponse({"state": plan_import.state, "progress": plan_import.progress})


@planners
@require_GET
def state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Text, proposals and warnings of a review, as the page's script reads them."""
    plan_import = _import(request, uuid)
    answer = review_state(plan_import).as_json(plan_import)
    answer["text"] = plan_import.text
    answer["warnings"] = plan_import.warnings
    return JsonResponse(answer)


STEPS: dict[str, tuple[Step, tuple[str, ...]]] = {
    "edit": (review.edit_task, ("key", "title", "body")),
    "merge": (review.merge_tasks, ("keys",)),
    "split": (review.split_task, ("key", "titles")),
    "move": (review.move_task, ("key", "parent", "after")),
    "add": (review.add_task, ("title", "after", "span")),
    "decide": (review.decide_tasks, ("keys", "keep")),
    "name": (review.choose_name, ("words", "name")),
    "names_as_written": (review.keep_names_as_written, ()),
    "header": (review.edit_header, ("values",)),
    "undo": (review.undo, ()),
    "redo": (review.redo, ()),
}


@planners
@require_POST
def step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one step of the review; answers the new state, or one sentence and status 409 or 400."""
    plan_import = _import(request, uuid)
    try:
        action, given = _understood(request)
        action(
            plan_import=plan_import,
            by=person_of(request),
            at=timezone.now(),
            **given,
        )
    except ReviewMovedOn as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=409)
    except RuleBroken as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=400)
    plan_import.refresh_from_db()
    return JsonResponse(review_state(plan_import).as_json(plan_import))


def _understood(request: HttpRequest) -> tuple[Step, dict[str, Any]]:
    """The action and its arguments; NotPossible when the request is not one of the page's."""
    sentence = _("The page sent something that could not be understood; please load it again.")
    if len(request.body) > MOST_STEP_BYTES:
        raise NotPossible(sentence)
    try:
        wanted = json.loads(request.body)
        action, names = STEPS[wanted["kind"]]
        given = {name: wanted[name] for name in names}
        given["seen"] = int(wanted["seen"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotPossible(sentence) from error
    if not _is_well_formed(given):
        raise NotPossible(sentence)
    return action, given


def _is_well_formed(given: dict[str, Any]) -> bool:
    """Whether each argument has the type that its action expects."""

    def whole(value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    expected: dict[str, Callable[[Any], bool]] = {
        "key": whole,
        "keys": lambda value: isinstance(value, list) and all(map(whole, value)),
        "parent": lambda value: value is None or whole(value),
        "after": lambda value: value is None or whole(value),
        "title": lambda value: isinstance(value, str),
        "titles": lambda value: (
            isinstance(value, list) and all(isinstance(title, str) for title in value)
        ),
        "body": lambda value: isinstance(value, dict),
        "name": lambda value: isinstance(value, dict),
        "values": lambda value: isinstance(value, dict),
        "words": lambda value: isinstance(value, str),
        "keep": lambda value: isinstance(value, bool),
        "span": lambda value: (
            value is None
            or (isinstance(value, list) and len(value) == 2 and all(map(whole, value)))
        ),
        "seen": whole,
    }
    return all(expected[name](value) for name, value in given.items())


@planners
@require_GET
def compare(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What this file changes in the plan of which it is a new version."""
    plan_import = _import(request, uuid)
    if plan_import.plan is None:
        raise PermissionDenied
    told = comparison(plan_import, plan_import.plan)
    old = plan_import.plan.tasks.in_bulk([match.old for match in told if match.old is not None])
    new = plan_import.tasks.in_bulk([match.new for match in told if match.new is not None])
    rows = [(match.change, old.get(match.old or 0), new.get(match.new or 0)) for match in told]
    return render(
        request,
        "plans/compare.html",
        {"plan_import": plan_import, "rows": rows, "totals": versions.count(told)},
    )


@planners
@require_POST
def set_plan(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Say that the file is a new version of a plan, or a plan of its own."""
    plan_import = _import(request, uuid)
    wanted = request.POST.get("plan", "")
    plan = get_object_or_404(Plan, pk=int(wanted)) if wanted.isdecimal() else None
    _do(request, importing.set_plan, plan_import=plan_import, plan=plan)
    return redirect("plans:review", uuid)


@planners
@require_POST
def accept(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Accept the review; back to it with every obstacle named when something is still open."""
    plan_import = _import(request, uuid)
    person = person_of(request)
    if not may_accept(person, unit=plan_import.unit, on=timezone.localdate()):
        raise PermissionDenied
    try:
        plan = accepting.accept(plan_import=plan_import, by=person, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        for sentence in obstacle_sentences(standing_obstacles(plan_import)):
            messages.warning(request, sentence)
        return redirect("plans:review", uuid)
    messages.success(
        request,
        _("The plan is accepted: %(count)d tasks.")
        % {"count": plan.tasks.filter(left_the_plan_at__isnull=True).count()},
    )
    return redirect("plans:outline", plan.uuid)


@planners
@require_POST
def discard(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    plan_import = _import(request, uuid)
    _do(request, importing.discard, plan_import=plan_import)
    return redirect("plans:bring")


@planners
@require_GET
def unit_search(request: HttpRequest) -> HttpResponse:
    """Units and groups whose name holds the typed words, for the choice of a unit; 12 at most."""
    typed = request.GET.get("q", "")[:200]
    found = units_by_words(typed, on=timezone.localdate(), limit=12)
    return JsonResponse(
        {"units": [{"kind": kind, "id": pk, "label": label} for kind, pk, label in found]}
    )


def _do(request: HttpRequest, action: Step, **given: Any) -> None:
    by: Person = person_of(request)
    at: datetime = timezone.now()
    try:
        action(by=by, at=at, **given)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
