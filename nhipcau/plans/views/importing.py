"""Bringing a file, watching it being read, reviewing and accepting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.outbox.queries import workers_present
from nhipcau.people.enums import Permission
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of_user, units_where
from nhipcau.plans.actions import accepting, importing
from nhipcau.plans.enums import TO_BE_READ, ImportState
from nhipcau.plans.errors import FileRefused, NotReadyToAccept
from nhipcau.plans.forms import BringForm
from nhipcau.plans.models import Plan, PlanImport
from nhipcau.plans.permissions import may_accept, may_make_units
from nhipcau.plans.phrases import obstacle_sentences, review_phrases, waiting_sentence
from nhipcau.plans.queries.comparing import PAGE, differences, side_by_side
from nhipcau.plans.queries.reviews import (
    files_before,
    languages_to_choose,
    likely_plan,
    newest_version,
    plans_to_renew,
    standing_obstacles,
    unfinished_imports,
)
from nhipcau.plans.rules.periods import said
from nhipcau.plans.views.access import (
    deciders,
    import_of,
    may_decide,
    person_of,
    planners,
)

Action = Callable[..., Any]
LONGEST_NUMBER = 10  # digits


@planners
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponseBase:
    """The upload page; POST keeps the file and goes on to its review, or to what it is already."""
    person = person_of(request)
    units = units_where(person, Permission.PLANS_IMPORT, on=timezone.localdate())
    form = BringForm(request.POST or None, request.FILES or None, units=units)
    wrong = HTTPStatus.BAD_REQUEST
    brought = None
    if request.method == "POST" and form.is_valid():
        try:
            brought = importing.bring_file(
                chunks=form.cleaned_data["file"].chunks(),
                file_name=form.cleaned_data["file"].name,
                unit=form.cleaned_data["unit"],
                by=person,
                at=timezone.now(),
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
            wrong = HTTPStatus.INSUFFICIENT_STORAGE
    if brought is not None:
        if brought.plan is not None:
            messages.info(
                request, _("This file is a plan that the house already has; nothing was changed.")
            )
            address = reverse("plans:outline", args=[brought.plan.uuid])
        else:
            address = _address_of_review(request, brought)
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"address": address})
        return redirect(address)
    if request.headers.get("Accept", "").startswith("application/json") and form.errors:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"sentences": sentences}, status=wrong)
    return render(
        request,
        "plans/bring.html",
        {
            "form": form,
            "imports": [one for one in unfinished_imports() if may_decide(request, one.unit)],
        },
        status=wrong if form.errors else HTTPStatus.OK,
    )


def _address_of_review(request: HttpRequest, brought: importing.Brought) -> str:
    """The review's page; back to the upload, with a sentence, where it is another unit's."""
    plan_import = brought.plan_import
    if plan_import is None:  # bring_file answers an import or a plan
        raise PermissionDenied
    if not brought.is_new and not may_decide(request, plan_import.unit):
        messages.info(
            request,
            _("This file is already under review in another unit; %(person)s brought it.")
            % {"person": plan_import.brought_by.full_name},
        )
        return reverse("plans:bring")
    if not brought.is_new:
        messages.info(request, _("This file is already under review; here it is."))
    return reverse("plans:review", args=[plan_import.uuid])


@deciders
@require_GET
def review_page(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The page of one import: being read, refused, under review, or what became of it."""
    plan_import = import_of(request, uuid)
    if plan_import.state == ImportState.ACCEPTED and plan_import.plan is not None:
        return redirect("plans:outline", plan_import.plan.uuid)
    if plan_import.state != ImportState.REVIEW:
        return render(
            request,
            "plans/waiting.html",
            {
                "plan_import": plan_import,
                "refusal": _refusal(plan_import),
                "words": _how_far(plan_import),
            },
        )
    return render(
        request,
        "plans/review.html",
        {
            "plan_import": plan_import,
            "phrases": review_phrases(languages=languages_to_choose()),
            "warnings": plan_import.warnings,
            "language": get_language() or "vi",
            "plans": [plan for plan in plans_to_renew() if _may_renew(request, plan)],
            "likely_plan": None if plan_import.plan else likely_plan(plan_import),
            "may_make_units": may_make_units(rights_of_user(request.user)),
            "newest_version": newest_version(plan_import.plan),
        },
    )


def _refusal(plan_import: PlanImport) -> str:
    in_vietnamese = (get_language() or "vi").startswith("vi")
    return plan_import.refusal_vi if in_vietnamese else plan_import.refusal_en


@deciders
@require_GET
def progress(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far the reading is, for the waiting page; how far the review, for another window."""
    plan_import = import_of(request, uuid)
    return JsonResponse(
        {
            "state": plan_import.state,
            "progress": plan_import.progress,
            "seen": plan_import.steps_done,
            "words": _how_far(plan_import),
        }
    )


def _how_far(plan_import: PlanImport) -> str:
    """What whoever waits for the reading wants to know; nothing once it is read."""
    if plan_import.state not in TO_BE_READ:
        return ""
    return waiting_sentence(
        is_read=plan_import.state == ImportState.READING,
        attempts=plan_import.attempts,
        before=files_before(plan_import),
        somebody_works=bool(workers_present(at=timezone.now())),
    )


@deciders
@require_GET
def compare(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What this file changes in the plan of which it is a new version."""
    plan_import = import_of(request, uuid)
    if plan_import.plan is None:
        raise PermissionDenied
    found = differences(plan_import, plan_import.plan)
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "plans/compare.html",
        {
            "plan_import": plan_import,
            "page": page,
            "rows": side_by_side(page.object_list, found.languages),
            "totals": found.totals,
        },
    )


@planners
@require_POST
def set_plan(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Say that the file is a new version of a plan, or a plan of its own."""
    plan_import = import_of(request, uuid)
    wanted = request.POST.get("plan", "")
    plan = get_object_or_404(Plan, pk=int(wanted)) if wanted.isdecimal() else None
    if plan is not None and not _may_renew(request, plan):
        raise PermissionDenied
    _do(request, importing.set_plan, plan_import=plan_import, plan=plan)
    return redirect("plans:review", uuid)


def _may_renew(request: HttpRequest, plan: Plan) -> bool:
    """A new version replaces the plan of its unit: nobody does that to another unit's plan."""
    return may_accept(rights_of_user(request.user), unit=plan.unit)


@deciders
@require_POST
def accept(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Accept the review; back to it with every obstacle named when something is still open."""
    plan_import = import_of(request, uuid)
    person = person_of(request)
    renewed = plan_import.plan
    if not may_accept(rights_of_user(request.user), unit=plan_import.unit) or (
        renewed is not None and not _may_renew(request, renewed)
    ):
        raise PermissionDenied
    try:
        plan = accepting.accept(
            plan_import=plan_import,
            seen=_number(request, "seen"),
            version_seen=_number(request, "version"),
            by=person,
            at=timezone.now(),
        )
    except NotReadyToAccept as refusal:
        messages.error(request, str(refusal))
        for sentence in obstacle_sentences(standing_obstacles(plan_import)):
            messages.warning(request, sentence)
        return redirect("plans:review", uuid)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:review", uuid)
    _tell_what_was_accepted(request, plan, plan_import, person)
    return redirect("plans:outline", plan.uuid)


def _number(request: HttpRequest, name: str) -> int | None:
    """What the page knew when it was sent; None when it did not say."""
    word = request.POST.get(name, "")
    return int(word) if word.isdecimal() and len(word) < LONGEST_NUMBER else None


def _tell_what_was_accepted(
    request: HttpRequest, plan: Plan, plan_import: PlanImport, person: Person
) -> None:
    """How many tasks there are now; or that somebody else was quicker."""
    plan_import.refresh_from_db(fields=["decided_by", "decided_at"])
    decided_by, decided_at = plan_import.decided_by, plan_import.decided_at
    if decided_by is not None and decided_at is not None and decided_by != person:
        messages.info(
            request,
            _("%(person)s accepted this plan already, at %(moment)s; nothing was changed.")
            % {"person": decided_by.full_name, "moment": said(decided_at)},
        )
        return
    messages.success(
        request,
        _("The plan is accepted: %(count)d tasks.")
        % {"count": plan.tasks.filter(left_the_plan_at__isnull=True).count()},
    )


@planners
@require_POST
def discard(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    plan_import = import_of(request, uuid)
    _do(request, importing.discard, plan_import=plan_import)
    return redirect("plans:bring")


def _do(request: HttpRequest, action: Action, **given: Any) -> None:
    by: Person = person_of(request)
    at: datetime = timezone.now()
    try:
        action(by=by, at=at, **given)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
