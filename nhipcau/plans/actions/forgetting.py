"""Files that were brought as plans and became none are not kept for ever."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, Q

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media.actions import let_go_of_file
from nhipcau.plans.enums import ImportState
from nhipcau.plans.models import PlanImport


def forget_rejected(*, before: datetime, by: Actor, at: datetime) -> int:
    """Imports refused or discarded before this moment, with file and proposals; how many went.

    A refusal has no moment of its own: it counts from when the file was brought. A file that
    anything else names stays, its import goes. Each import in a transaction of its own.
    """
    due = PlanImport.objects.filter(_rejected(before)).order_by("pk")
    return sum(
        _forget(number, before=before, by=by, at=at)
        for number in list(due.values_list("pk", flat=True))
    )


def _rejected(before: datetime) -> Q:
    return Q(state=ImportState.REFUSED, brought_at__lt=before) | Q(
        state=ImportState.DISCARDED, decided_at__lt=before
    )


@transaction.atomic
def _forget(number: int, *, before: datetime, by: Actor, at: datetime) -> bool:
    found = (
        PlanImport.objects.select_for_update(of=("self",))
        .select_related("file")
        .filter(_rejected(before), pk=number)
        .first()
    )
    if found is None:
        return False
    record(
        event="plans.import.forgotten",
        target=found,
        by=by,
        at=at,
        before={"file": found.file.sha256, "state": found.state},
    )
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError:
        return False
    let_go_of_file(file=found.file, by=by, at=at)
    return True
