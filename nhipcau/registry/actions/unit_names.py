"""Taking back a name or an electronic code that was given to a unit by mistake."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.registry.enums import ChangeKind, NameKind
from nhipcau.registry.errors import NameRefused
from nhipcau.registry.models import Unit, UnitChange, UnitCode, UnitName


@transaction.atomic
def take_back_name(*, name: UnitName, by: Actor, at: datetime) -> None:
    """Take a name off the record; the official name that it had ended holds again.

    Raises NameRefused for the only official name, for one that has been followed by another, and
    for one that a renaming gave (then the renaming is taken back); nothing is changed then.
    """
    unit = Unit.objects.select_for_update().get(pk=name.unit_id)
    if name.kind == NameKind.OFFICIAL:
        _hand_back_to_the_one_before(unit, name)
    else:
        name.delete()
    record(
        event="registry.unit.name_taken_back",
        target=unit,
        by=by,
        at=at,
        before={"kind": name.kind, "name": name.text},
        after={"official_name": unit.label},
    )


def _hand_back_to_the_one_before(unit: Unit, name: UnitName) -> None:
    renamings = UnitChange.objects.filter(kind=ChangeKind.RENAME, parts__unit=unit)
    if name.valid_from is not None and renamings.filter(on=name.valid_from).exists():
        raise NameRefused(_("A renaming gave this name: take the renaming back instead."))
    official = unit.names.filter(kind=NameKind.OFFICIAL).exclude(pk=name.pk)
    before = official.filter(valid_to=name.valid_from).first() if name.valid_from else None
    if name.valid_to is not None or before is None:
        raise NameRefused(
            _("“%(name)s” is the unit’s only official name, or another one has followed it.")
            % {"name": name.text}
        )
    name.delete()  # first: a unit bears one official name at a time
    before.valid_to = None
    before.save(update_fields=["valid_to"])
    unit.label = before.text
    unit.save(update_fields=["label"])


@transaction.atomic
def take_back_code(*, code: UnitCode, by: Actor, at: datetime) -> None:
    """Take a code off the record; the code that it had ended holds again, where nobody else has it.

    Raises NameRefused when another code has followed, or another unit bears the one before.
    """
    unit = Unit.objects.select_for_update().get(pk=code.unit_id)
    if code.valid_to is not None:
        raise NameRefused(_("Another code has followed “%(code)s”.") % {"code": code.code})
    code.delete()
    before = unit.codes.filter(valid_to=code.valid_from).first() if code.valid_from else None
    if before is not None:
        if UnitCode.objects.filter(code=before.code, valid_to__isnull=True).exists():
            raise NameRefused(
                _("The code %(code)s has been given to another unit since.") % {"code": before.code}
            )
        before.valid_to = None
        before.save(update_fields=["valid_to"])
    record(
        event="registry.unit.code_taken_back",
        target=unit,
        by=by,
        at=at,
        before={"code": code.code},
        after={"code": before.code if before else ""},
    )
