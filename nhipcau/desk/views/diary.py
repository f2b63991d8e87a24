"""The diary, for whoever has the right to read it: searched, a page at a time, or as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.audit.queries import search
from nhipcau.audit.sentences import who_did
from nhipcau.desk.forms.diary import DiaryForm
from nhipcau.desk.queries.diary import DiaryLine, lines_of
from nhipcau.desk.views.access import those_with
from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user
from nhipcau.registry.models import Unit

BATCH = 1_000  # lines that are read at once while a table is sent
LONGEST = 100_000  # lines of a table; more do not fit what people open
LONGEST_KEY = 18  # digits that every database takes for a number


@those_with(Permission.AUDIT_READ)
@require_GET
def diary(request: HttpRequest) -> HttpResponseBase:
    """Lines, newest first; whoever keeps one unit reads what was done on its behalf."""
    rights = rights_of_user(request.user)
    everywhere = rights.reaches_every_unit(Permission.AUDIT_READ)
    units = Unit.objects.order_by("label", "pk")
    if not everywhere:
        units = units.filter(pk__in=rights.unit_ids(Permission.AUDIT_READ))
    form = DiaryForm(
        request.GET, units=list(units.values_list("key", "label")), everywhere=everywhere
    )
    wanted = form.wanted()
    if request.GET.get("export") == "xlsx":
        return _sheet(wanted)
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isdecimal() and len(typed) <= LONGEST_KEY else None
    page = search(**wanted, before=before)
    return render(
        request,
        "desk/diary.html",
        {
            "form": form,
            "lines": lines_of(page.entries, is_searched=bool(wanted.get("words"))),
            "older": page.older,
            "before": before,
            "event": form.cleaned_data.get("event"),
            "is_narrowed": any(request.GET.get(name) for name in form.fields),
        },
    )


def _sheet(wanted: dict[str, Any]) -> HttpResponseBase:
    return xlsx_response(
        name="nhat-ky",
        headings=[
            _("Day"),
            _("Time"),
            _("Who"),
            _("Unit"),
            _("What happened"),
            _("Event"),
            _("Changed"),
            _("Request"),
        ],
        rows=_rows(wanted, language=get_language()),
    )


def _rows(wanted: dict[str, Any], *, language: str | None) -> Iterator[list[object]]:
    """Rows, a batch at a time, in the language of whoever asked. Two queries a batch."""
    before, sent = None, 0
    while sent < LONGEST:
        page = search(**wanted, before=before, size=BATCH)
        with override(language):
            lines = lines_of(page.entries, is_searched=bool(wanted.get("words")))
            rows = [_cells(line) for line in lines]
        yield from rows
        sent += len(page.entries)
        before = page.older
        if before is None:
            return
    with override(language):
        rest = _("Older lines are left out here: narrow the days.")
    yield [rest]


def _cells(line: DiaryLine) -> list[object]:
    entry, at = line.entry, timezone.localtime(line.entry.at)
    return [
        at.date(),
        f"{at:%H:%M:%S}",
        who_did(entry),
        entry.unit_name,
        line.sentence,
        entry.event,
        "; ".join(f"{name}: {before} → {after}" for name, before, after in line.changes),
        entry.request_id,
    ]
