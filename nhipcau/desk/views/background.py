"""Work in the background: what waits, what runs, what was given up, and who works it off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhipcau.desk.views.access import person_of, those_with
from nhipcau.kernel.errors import RuleBroken
from nhipcau.outbox import actions, queries
from nhipcau.outbox.models import Consumer, Handover, TaskTrouble
from nhipcau.people.enums import Permission

LONGEST_KEY = 18  # digits that every database takes for a number


@those_with(Permission.OPERATIONS_WATCH)
@require_http_methods(["GET", "POST"])
def background(request: HttpRequest) -> HttpResponseBase:
    """What `nhipcau outbox status` says, and a way to have tried again what was given up."""
    if request.method == "POST":
        try:
            _try_again(request)
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        return redirect("desk:background")
    now = timezone.now()
    before = _number(request.GET.get("before", ""))
    lost = queries.given_up(before=before)
    return render(
        request,
        "desk/background.html",
        {
            "now": now,
            "workers": queries.workers_present(at=now),
            "board": queries.consumers_board(at=now),
            "lost": lost,
            "before": before,
            "older": lost[-1].pk if len(lost) == queries.PAGE else None,
            "tasks": queries.task_queue(at=now),
        },
    )


def _try_again(request: HttpRequest) -> None:
    by, at = person_of(request), timezone.now()
    wish, row = request.POST.get("do", ""), _number(request.POST.get("row", "")) or 0
    match wish:
        case "message":
            found = get_object_or_404(Handover.objects.select_related("message"), pk=row)
            actions.retry(handover=found, by=by, at=at)
            messages.success(request, _("The message is tried again."))
        case "task":
            actions.retry_task(trouble=get_object_or_404(TaskTrouble, pk=row), by=by, at=at)
            messages.success(request, _("The task is run again."))
        case "consumer":
            consumer = get_object_or_404(Consumer, name=request.POST.get("name", ""))
            count = actions.retry_all(consumer=consumer, by=by, at=at)
            said = ngettext(
                "%(count)d message is tried again.", "%(count)d messages are tried again.", count
            )
            messages.success(request, said % {"count": count})


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_KEY else None
