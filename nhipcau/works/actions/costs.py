"""Money, permits and print runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.people.models import Person
from nhipcau.plans.models import Task
from nhipcau.works.errors import NotPossible
from nhipcau.works.models import CostLine, Permit, PrintRun, Programme, SpendingItem, Work


@transaction.atomic
def note_cost(
    *,
    work: Work,
    item: SpendingItem,
    amount: int,
    origin: str,
    state: str,
    by: Person,
    at: datetime,
    task: Task | None = None,
    programme: Programme | None = None,
    words: str = "",
) -> CostLine:
    """Note a sum in whole đồng. A task that pays must have ordered the work."""
    if amount <= 0:
        raise NotPossible(_("Write an amount of at least one đồng."))
    if task is not None and not work.tasks.filter(pk=task.pk).exists():
        raise NotPossible(_("This task has not ordered the work; add it to the work first."))
    line = CostLine.objects.create(
        work=work,
        task=task,
        item=item,
        programme=programme,
        origin=origin,
        state=state,
        amount=amount,
        words=words[:300],
        noted_at=at,
    )
    record(
        event="works.cost.noted",
        target=work,
        by=by,
        at=at,
        after={"line": line.pk, "item": item.key, "amount": amount, "state": state},
    )
    return line


@transaction.atomic
def change_cost(*, line: CostLine, by: Person, at: datetime, changes: Mapping[str, Any]) -> None:
    """Correct a cost line, or say that it was allocated, spent or settled."""
    if changes.get("amount", 1) <= 0:
        raise NotPossible(_("Write an amount of at least one đồng."))
    fresh = CostLine.objects.select_for_update().get(pk=line.pk)
    before = {name: getattr(fresh, name) for name in changes if name in {"amount", "state"}}
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(changes))
    record(
        event="works.cost.changed",
        target=fresh.work,
        by=by,
        at=at,
        before=before,
        after={name: changes[name] for name in before},
    )
    line.refresh_from_db()


@transaction.atomic
def drop_cost(*, line: CostLine, by: Person, at: datetime) -> None:
    """Take back a cost line that was noted by mistake; the diary keeps it."""
    record(
        event="works.cost.dropped",
        target=line.work,
        by=by,
        at=at,
        before={"item": line.item.key, "amount": line.amount, "state": line.state},
    )
    line.delete()


@transaction.atomic
def note_permit(
    *,
    work: Work,
    number: str,
    issuer: str,
    issued_on: date,
    by: Person,
    at: datetime,
    valid_to: date | None = None,
    copies: int | None = None,
) -> Permit:
    """Note a permit; the same number again on the same work corrects it."""
    if valid_to is not None and valid_to < issued_on:
        raise NotPossible(_("The permit ends before it begins."))
    permit, _new = Permit.objects.update_or_create(
        work=work,
        number=number.strip(),
        defaults={
            "issuer": issuer,
            "issued_on": issued_on,
            "valid_to": valid_to,
            "copies": copies,
        },
    )
    record(
        event="works.permit.noted",
        target=work,
        by=by,
        at=at,
        after={"number": permit.number, "issued_on": issued_on, "copies": copies},
    )
    return permit


@transaction.atomic
def note_print_run(
    *,
    work: Work,
    printer: str,
    ordered: int,
    by: Person,
    at: datetime,
    permit: Permit | None = None,
    delivered: int | None = None,
    printed_on: date | None = None,
    size: str = "",
    pages: int | None = None,
) -> PrintRun:
    """Note a print run; all runs under a permit stay within the copies that it allows."""
    if permit is not None:
        if permit.work_id != work.pk:
            raise NotPossible(_("This permit belongs to another work."))
        before = sum(permit.print_runs.values_list("ordered", flat=True))
        if permit.copies is not None and before + ordered > permit.copies:
            raise NotPossible(
                _("The permit allows %(copies)d copies; %(before)d are ordered already.")
                % {"copies": permit.copies, "before": before}
            )
    run = PrintRun.objects.create(
        work=work,
        permit=permit,
        printer=printer,
        ordered=ordered,
        delivered=delivered,
        printed_on=printed_on,
        size=size,
        pages=pages,
    )
    record(
        event="works.print_run.noted",
        target=work,
        by=by,
        at=at,
        after={"ordered": ordered, "delivered": delivered},
    )
    return run
