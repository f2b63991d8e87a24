"""Taking back a correction of an area, a gate, a language or a group."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhipcau.audit.models import Entry
from nhipcau.desk.views.access import person_of, those_with
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.registry.actions.corrections import take_back_correction
from nhipcau.registry.models import Area, BorderGate, Language, UnitGroup

Row = Area | BorderGate | Language | UnitGroup
ROWS: dict[str, Any] = {
    "registry.area": Area,
    "registry.bordergate": BorderGate,
    "registry.language": Language,
    "registry.unitgroup": UnitGroup,
}


@those_with(Permission.REGISTRY_CHANGE)
@require_POST
def undo(request: HttpRequest, key: int) -> HttpResponseBase:
    """Take back the correction that the line of the diary tells; back to the row's page."""
    entry = get_object_or_404(Entry, pk=key)
    if entry.target_kind not in ROWS:
        raise Http404
    row: Row = get_object_or_404(ROWS[entry.target_kind], pk=entry.target_key)
    try:
        take_back_correction(target=row, entry=entry, by=person_of(request), at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back, and recorded in the diary."))
    if isinstance(row, Language):
        return redirect("desk:language", row.tag)
    if isinstance(row, UnitGroup):
        return redirect("desk:group", row.pk)
    return redirect("desk:area", row.area_id if isinstance(row, BorderGate) else row.pk)
