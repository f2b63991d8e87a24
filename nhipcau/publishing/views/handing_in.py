"""An author's side of clearance: what the checks say, handing in, taking back, corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.queries import rights_of_user
from nhipcau.publishing.actions import (
    ask_for_correction,
    hand_in_for_clearance,
    take_back_from_clearance,
)
from nhipcau.publishing.forms import CorrectionForm, HandInForm
from nhipcau.publishing.models import ClearanceItem
from nhipcau.publishing.permissions import may_hand_in
from nhipcau.publishing.queries.inspection import Inspection, inspections_of, links_not_visited
from nhipcau.publishing.queries.obstacles import permit_ended_of
from nhipcau.publishing.queries.reasons import right_for, roles_for
from nhipcau.publishing.queries.standing import standings_of
from nhipcau.publishing.tasks import visit_links
from nhipcau.publishing.views.access import person_of, posted, readers, writers
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.proofreading.contract import Severity
from nhipcau.translation.proofreading.links import Fault, parsed
from nhipcau.works.models import Work
from nhipcau.works.queries import in_sight, work_of

ANSWER = "answer:"
VISITS_WAIT = 30  # seconds before the worker is asked again to visit the links of a text


@writers
@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What the checks say of some texts of a work, and handing them in with the answers."""
    work = _own(request, uuid)
    offered = [
        each.version
        for each in standings_of(work.subject, at=timezone.now())
        if each.may_be_handed_in
    ]
    if not offered:
        messages.info(request, _("No text of this work can be handed in now."))
        return redirect("works:work", uuid)
    posted = request.method == "POST"
    form = HandInForm(request.POST if posted else _chosen(request, offered), versions=offered)
    form.is_valid()
    answers = _answers(request)
    if not posted or form.errors or "check" in request.POST:
        status = 422 if posted and form.errors else 200
        return _page(request, work, form, answers, status=status)
    try:
        done = hand_in_for_clearance(
            versions=form.cleaned_data["v"],
            by=person_of(request),
            at=timezone.now(),
            answers=answers,
            words=form.cleaned_data["words"],
            planned_for=form.cleaned_data["planned_for"],
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return _page(request, work, form, answers, status=409)
    if done.clearance is None:
        messages.error(
            request,
            _(
                "The text bears a mark of secrecy. It has been locked and taken out of search; "
                "nothing was handed in. Go on by the offline procedure."
            ),
        )
    else:
        messages.success(request, _("The texts are on their way to the reviewers."))
        if unvisited := links_not_visited(done.clearance):
            messages.info(
                request,
                ngettext(
                    "%(count)d link was not visited yet. It does not stop the text: the reviewers "
                    "see it, and you get a letter if it leads nowhere.",
                    "%(count)d links were not visited yet. They do not stop the text: the "
                    "reviewers see it, and you get a letter about those that lead nowhere.",
                    unvisited,
                )
                % {"count": unvisited},
            )
    return redirect("works:work", uuid)


def _own(request: HttpRequest, uuid: UUID) -> Work:
    work = in_sight(get_object_or_404(work_of(uuid)))
    if not may_hand_in(rights_of_user(request.user), unit_id=work.subject.unit_id):
        raise PermissionDenied
    return work


def _chosen(request: HttpRequest, offered: Sequence[LanguageVersion]) -> dict[str, Any]:
    """What the address names, or everything that is offered."""
    return {"v": request.GET.getlist("v") or [version.pk for version in offered]}


def _answers(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix(ANSWER): words[:2000]
        for name, words in request.POST.items()
        if name.startswith(ANSWER) and isinstance(words, str) and words.strip()
    }


def _page(
    request: HttpRequest,
    work: Work,
    form: HandInForm,
    answers: Mapping[str, str],
    *,
    status: int,
) -> HttpResponseBase:
    chosen = form.cleaned_data.get("v") or []
    planned = form.cleaned_data.get("planned_for")
    today = timezone.localdate()
    inspected = inspections_of(chosen, on=today, planned=planned)
    return render(
        request,
        "publishing/hand_in.html",
        {
            "work": work,
            "form": form,
            "ended_permit": permit_ended_of(work, on=planned or today),
            "leaves_on": planned or today,
            "texts": [
                {
                    "version": version,
                    "findings": [
                        {
                            "sentence": finding.sentence,
                            "severity": finding.severity,
                            "label": Severity(finding.severity).label,
                            "quotation": finding.quotation,
                            "name": ANSWER + finding.key,
                            "answer": answers.get(finding.key, ""),
                            "takes_answer": finding.severity == Severity.MUST_BE_ANSWERED,
                            "confirmed_by": roles_for(right_for(finding)),
                        }
                        for finding in inspected[version.pk].report.findings
                    ],
                    "failed": inspected[version.pk].report.failed,
                    "visiting": _have_visited(version, inspected[version.pk]),
                }
                for version in chosen
            ],
        },
        status=status,
    )


def _have_visited(version: LanguageVersion, inspection: Inspection) -> int:
    """How many links of the text the worker is on its way to; it is asked once in a while."""
    wanted = [url for url in inspection.unvisited if not isinstance(parsed(url), Fault)]
    if wanted and cache.add(f"publishing.visits:{version.pk}", 1, VISITS_WAIT):
        visit_links.enqueue(version.pk)
    return len(wanted)


@writers
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one text out of clearance."""
    item = get_object_or_404(
        ClearanceItem.objects.select_related("version__subject", "version__language"), pk=pk
    )
    try:
        take_back_from_clearance(item=item, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The text in %(language)s is back.") % {"language": item.version.language}
        )
    return redirect("works:work", item.version.subject.uuid)


@readers
@require_http_methods(["GET", "POST"])
def ask_correction(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Say what is wrong in public texts of a work."""
    work = in_sight(get_object_or_404(work_of(uuid)))
    public = [each.version for each in standings_of(work.subject, at=timezone.now()) if each.public]
    if not public:
        messages.info(request, _("Nothing of this is public."))
        return redirect("works:work", uuid)
    form = CorrectionForm(
        posted(request), versions=public, initial={"v": [version.pk for version in public]}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            ask_for_correction(
                versions=given["v"],
                words=given["words"],
                link=request.build_absolute_uri(reverse("works:work", args=[uuid])),
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Those who write have been told."))
            return redirect("works:work", uuid)
    return render(
        request,
        "publishing/form.html",
        {
            "work": work,
            "form": form,
            "heading": _("Ask for a correction"),
            "lead": _(
                "What is public stays as it is until the corrected text is cleared and released; "
                "then the public is told what was changed."
            ),
            "submit": _("Tell those who write"),
        },
        status=422 if form.errors else 200,
    )
