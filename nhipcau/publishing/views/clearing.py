"""Clearance at the desk: what waits, one text under review, and what a reviewer says of it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.paging import LongPaginator
from nhipcau.kernel.spreadsheets import KIND, workbook
from nhipcau.people.queries import rights_of_user
from nhipcau.publishing.actions import assign_step, confirm_reasons, decide, make_link
from nhipcau.publishing.enums import StepKind
from nhipcau.publishing.forms import DecisionForm, PersonForm, StepFilterForm
from nhipcau.publishing.models import Clearance, ClearanceItem, OpenStep
from nhipcau.publishing.queries.clearances import (
    PAGE,
    Scope,
    StepFilter,
    counts_of_waiting,
    items_of,
    review_of,
    steps_shown,
    units_and_languages_waiting,
    who_may_take,
)
from nhipcau.publishing.queries.reviews import steps_waiting_for
from nhipcau.publishing.views.access import person_of, readers
from nhipcau.translation.enums import VersionState
from nhipcau.translation.errors import TextStopped


@readers
@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Steps that wait: for me, all of them, or those past their day; filters in the address."""
    form = StepFilterForm(request.GET)
    form.is_valid()  # a filter that cannot be narrows nothing
    given = form.cleaned_data
    wanted = StepFilter(
        scope=Scope(given.get("scope") or Scope.MINE),
        words=given.get("q") or "",
        kind=given.get("kind") or "",
        language=given.get("language") or "",
        unit=given.get("unit"),
    )
    person, rights, today = person_of(request), rights_of_user(request.user), timezone.localdate()
    steps = steps_shown(wanted, person=person, rights=rights, on=today)
    if request.GET.get("export") == "xlsx":
        return _sheet(steps)
    units, languages = units_and_languages_waiting()
    counts = counts_of_waiting(person=person, rights=rights, on=today)
    is_narrowed = bool(wanted.words or wanted.kind or wanted.language or wanted.unit)
    total = None if is_narrowed else counts[wanted.scope]
    return render(
        request,
        "publishing/clearances.html",
        {
            "page": LongPaginator(steps, PAGE, total=total).get_page(request.GET.get("p")),
            "form": form,
            "wanted": wanted,
            "scopes": [
                (scope.value, label, counts[scope])
                for scope, label in (
                    (Scope.MINE, _("Waiting for me")),
                    (Scope.ALL, _("All that wait")),
                    (Scope.OVERDUE, _("Overdue")),
                )
            ],
            "kinds": StepKind.choices,
            "units": units,
            "languages": languages,
            "is_narrowed": is_narrowed,
            "today": today,
        },
    )


def _sheet(steps: QuerySet[OpenStep]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        workbook(
            headings=[
                _("Title of the text"),
                _("Language"),
                _("Unit"),
                _("Step"),
                _("Given to"),
                _("Due on"),
            ],
            rows=(
                (
                    str(step.item.version),
                    step.item.version.language.name,
                    str(step.item.clearance.subject.unit),
                    step.get_kind_display(),
                    step.assignee.full_name if step.assignee else "",
                    step.due_on,
                )
                for step in steps.iterator(chunk_size=500)
            ),
        ),
        content_type=KIND,
    )
    response["Content-Disposition"] = 'attachment; filename="tham-dinh.xlsx"'
    return response


@readers
@require_GET
def review(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """One clearance; `?text=` chooses its language, else one that waits for me is shown."""
    clearance = _clearance(uuid)
    return _review(request, clearance, DecisionForm())


def _clearance(uuid: UUID) -> Clearance:
    return get_object_or_404(
        Clearance.objects.select_related("subject__unit", "subject__work", "opened_by", "route"),
        uuid=uuid,
    )


def _review(
    request: HttpRequest, clearance: Clearance, form: DecisionForm, *, status: int = 200
) -> HttpResponseBase:
    person, rights = person_of(request), rights_of_user(request.user)
    items = items_of(clearance)
    if any(each.version.state == VersionState.STOPPED for each in items):
        raise TextStopped(clearance.subject_id)
    chosen = request.POST.get("text") or request.GET.get("text") or ""
    item = next((each for each in items if str(each.pk) == chosen), None)
    if item is None and len(items) == 1:
        item = items[0]
    if item is None:
        mine = set(
            steps_waiting_for(person, rights)
            .filter(item__clearance=clearance)
            .values_list("item", flat=True)
        )
        item = next((each for each in items if each.pk in mine), items[0])
    shown = review_of(item, person=person, rights=rights)
    return render(
        request,
        "publishing/review.html",
        {
            "clearance": clearance,
            "items": items,
            "review": shown,
            "form": form,
            "colleagues": (
                who_may_take(shown.step, on=timezone.localdate())
                if shown.step is not None and shown.may_decide
                else []
            ),
            "together": [each for each in items if each.__dict__["waiting"] is not None],
            "today": timezone.localdate(),
        },
        status=status,
    )


@readers
@require_POST
def say(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What the reviewer says of the chosen texts: each stands by itself, all are tried."""
    clearance = _clearance(uuid)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review(request, clearance, form, status=422)
    given = form.cleaned_data
    done = 0
    for step in OpenStep.objects.filter(
        item__clearance=clearance, pk__in=given["steps"]
    ).select_related("item__version__language"):
        try:
            decide(
                step=step,
                verdict=given["verdict"],
                by=person_of(request),
                at=timezone.now(),
                reason=given["reason"],
                back_to=given["back_to"] or 0,
                link=request.build_absolute_uri(
                    reverse("works:work", args=[clearance.subject.uuid])
                ),
            )
        except RuleBroken as refusal:
            form.add_error(None, f"{step.item.version.language}: {refusal}")
        else:
            done += 1
    if form.errors or not done:
        if not form.errors:
            form.add_error(None, _("Somebody has decided at this step already."))
        return _review(request, clearance, form, status=409)
    messages.success(request, _("Your decision is on record."))
    return redirect("publishing:clearances")


@readers
@require_POST
def give(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Give a step to a colleague, or send a leader the link for it."""
    clearance = _clearance(uuid)
    step = get_object_or_404(
        OpenStep.objects.select_related("item__version__subject__unit"),
        item__clearance=clearance,
        pk=request.POST.get("step") if str(request.POST.get("step", "")).isdecimal() else 0,
    )
    form = PersonForm(request.POST, persons=who_may_take(step, on=timezone.localdate()))
    if not form.is_valid():
        messages.error(request, _("Choose somebody who may take this step."))
        return redirect(_address(clearance, step.item))
    person, by, at = form.cleaned_data["person"], person_of(request), timezone.now()
    try:
        if request.POST.get("as") == "link":
            base = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + "/decision/"
            make_link(step=step, person=person, by=by, at=at, base=base)
            words = _("The link was sent to %(person)s.")
        else:
            page = request.build_absolute_uri(_address(clearance, step.item))
            assign_step(step=step, to=person, by=by, at=at, link=page)
            words = _("The step was given to %(person)s.")
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words % {"person": person})
    return redirect(_address(clearance, step.item))


@readers
@require_POST
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Confirm the reasons of one text that wait for a right of whoever is signed in."""
    clearance = _clearance(uuid)
    pk = str(request.POST.get("text", ""))
    item = get_object_or_404(clearance.items, pk=pk if pk.isdecimal() else 0)
    try:
        confirm_reasons(item=item, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your confirmation is on record."))
    return redirect(_address(clearance, item))


def _address(clearance: Clearance, item: ClearanceItem) -> str:
    return f"{reverse('publishing:review', args=[clearance.uuid])}?text={item.pk}"
