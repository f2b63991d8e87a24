"""What is shown in place of words that were stopped, at every door; the decision on a stop."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.queries import rights_of_user
from nhipcau.translation.errors import TextStopped
from nhipcau.translation.queries import standing_stop, versions_of, writers_of_subject
from nhipcau.works.actions import decide_on_stop
from nhipcau.works.enums import StopDecision
from nhipcau.works.forms import StopForm
from nhipcau.works.models import Work
from nhipcau.works.permissions import may_see_stopped
from nhipcau.works.queries import work_of
from nhipcau.works.views.access import person_of, secrecy_reviewers

LOCKED = 423


def procedure(
    request: HttpRequest, subject: int, form: StopForm | None = None, *, status: int = LOCKED
) -> HttpResponse:
    """That the work was stopped and what is to be done; to its secrecy reviewers also the words.

    No word of the text stands here, nor anything that was noted about it.
    """
    work = get_object_or_404(Work.objects.select_related("subject__unit"), pk=subject)
    may_see = may_see_stopped(
        rights_of_user(request.user),
        unit_id=work.unit.pk,
        written_by=writers_of_subject(subject),
    )
    answer = render(
        request,
        "works/stopped.html",
        {
            "work": work,
            "stop": standing_stop(subject),
            "texts": versions_of(work.subject) if may_see else [],
            "may_see": may_see,
            "form": form or StopForm(),
        },
        status=status,
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


class StoppedMiddleware:
    """Answers every TextStopped that a view lets through with the page of the procedure.

    So that a door has only to ask, and a new one cannot answer in another way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, TextStopped):
            return procedure(request, trouble.subject)
        return None


@secrecy_reviewers
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The stop of a work before its reviewer; POST lifts it with a reason, or confirms it."""
    work = get_object_or_404(work_of(uuid))
    if standing_stop(work.pk) is None:
        raise Http404
    if request.method != "POST":
        return procedure(request, work.pk, status=200)
    form = StopForm(request.POST)
    if not form.is_valid():
        return procedure(request, work.pk, form, status=400)
    is_false_alarm = form.cleaned_data["decision"] == StopDecision.LIFT
    try:
        decide_on_stop(
            work=work,
            is_false_alarm=is_false_alarm,
            reason=form.cleaned_data["reason"],
            by=person_of(request),
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return procedure(request, work.pk, form, status=409)
    if is_false_alarm:
        messages.success(request, _("The stop is lifted; the texts are drafts again."))
    else:
        messages.success(request, _("The stop is confirmed; the words stay locked."))
    return redirect("works:work", uuid)
