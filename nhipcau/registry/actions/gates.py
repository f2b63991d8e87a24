"""Bringing border gates on record and changing their kind."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.areas import create_area
from nhipcau.registry.actions.kin import Fact
from nhipcau.registry.enums import AreaKind, GateKind, Grade
from nhipcau.registry.errors import ChangeRefused
from nhipcau.registry.models import Area, BorderGate, GateStanding


@transaction.atomic
def create_gate(
    *,
    key: str,
    name: str,
    kind: str,
    parent: Area,
    valid_from: date | None = None,
    neighbour_country: str = "",
    neighbour_area: str = "",
    neighbour_gate: str = "",
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> BorderGate:
    """Bring a gate on record as an area with its kind and whom it faces.

    Raises NameRefused like create_area; nothing is changed then.
    """
    area = create_area(
        key=key,
        kind=AreaKind.BORDER_GATE,
        name=name,
        parent=parent,
        valid_from=valid_from,
        source=source,
        grade=grade,
        by=by,
        at=at,
    )
    gate = BorderGate.objects.create(
        area=area,
        neighbour_country=neighbour_country.upper(),
        neighbour_area=neighbour_area,
        neighbour_gate=neighbour_gate,
    )
    GateStanding.objects.create(
        gate=gate, kind=kind, valid_from=valid_from, source=source, grade=grade
    )
    return gate


@transaction.atomic
def change_gate_kind(
    *,
    gate: BorderGate,
    kind: str,
    on: date,
    part_of: BorderGate | None = None,
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> GateStanding:
    """Tell that the gate is of another kind from the day on; the kind before ends on that day.

    Raises ChangeRefused when the kind before began on that day or later, and when another gate
    is named for a gate that is no clearance route; nothing is changed then.
    """
    if part_of is not None and (kind != GateKind.CLEARANCE_ROUTE or part_of.pk == gate.pk):
        raise ChangeRefused(_("Only a clearance route belongs to another gate."))
    before = gate.standings.select_for_update().filter(valid_to__isnull=True).first()
    if before is not None:
        if before.valid_from is not None and on <= before.valid_from:
            raise ChangeRefused(
                _("The new kind has to begin after %(day)s, when the kind before began.")
                % {"day": f"{before.valid_from:%d/%m/%Y}"}
            )
        Fact.end(before, on)
    standing = GateStanding.objects.create(
        gate=gate, kind=kind, part_of=part_of, valid_from=on, source=source, grade=grade
    )
    record(
        event="registry.gate.kind_changed",
        target=gate,
        by=by,
        at=at,
        before={"kind": before.kind} if before else {},
        after={"kind": kind, "on": on.isoformat()},
    )
    return standing
