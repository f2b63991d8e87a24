"""What units and areas are called and known by: names and codes, each from a day on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import unaccented
from nhipcau.registry.actions.kin import Fact, Kin, Named
from nhipcau.registry.enums import ChangeKind, Grade, NameKind
from nhipcau.registry.errors import NameRefused
from nhipcau.registry.models import AreaCode, AreaName, Unit, UnitCode, UnitName
from nhipcau.registry.rules.naming import is_area_code, is_electronic_code


@transaction.atomic
def give_name(
    *,
    to: Named,
    text: str,
    kind: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> UnitName | AreaName:
    """Add a name. A new official name ends the one before it on the same day.

    Raises NameRefused when the name is empty or on record, or would begin before the official
    name it follows.
    """
    text = Fact.named(text)
    kin = Kin.of(to)
    row = kin.rows.select_for_update().get(pk=to.pk)
    if row.names.filter(kind=kind, text=text, valid_from=valid_from).exists():
        raise NameRefused(_("The name “%(name)s” is on record already.") % {"name": text})
    before = {}
    if kind == NameKind.OFFICIAL and valid_to is None:
        open_name = row.names.filter(kind=NameKind.OFFICIAL, valid_to__isnull=True).first()
        if open_name is not None:
            begun = open_name.valid_from
            if valid_from is None or (begun is not None and valid_from <= begun):
                raise NameRefused(
                    _("The new name has to begin after the name “%(name)s” began.")
                    % {"name": open_name.text}
                )
            Fact.end(open_name, valid_from)
            before = {"official_name": open_name.text}
        row.label = text
        row.save(update_fields=["label"])
    name: UnitName | AreaName = row.names.create(
        kind=kind,
        text=text,
        folded=unaccented(text),
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
        grade=grade,
    )
    record(
        event=f"registry.{kin.member}.named",
        target=row,
        by=by,
        at=at,
        before=before,
        after={"kind": kind, "name": text},
    )
    return name


@transaction.atomic
def give_code(
    *, to: Named, code: str, valid_from: date | None, source: str = "", by: Actor, at: datetime
) -> UnitCode | AreaCode:
    """Give a unit or area its code from a day on; the code before it ends on that day.

    Raises NameRefused when the code is malformed, another one's, or would begin before the code
    it follows: the electronic code of a unit (Decision 20/2020/QĐ-TTg), the administrative code of
    an area (Decisions 124/2004/QĐ-TTg and 19/2025/QĐ-TTg).
    """
    kin = Kin.of(to)
    row = kin.rows.select_for_update().get(pk=to.pk)
    text = _code_in_form(row, code)
    codes: Any = row.codes.model._default_manager.filter(valid_to__isnull=True)
    holder: UnitCode | AreaCode | None = codes.filter(code=text).select_related(kin.member).first()
    if holder is not None:
        bearer = getattr(holder, kin.member)
        if bearer.pk == row.pk:
            return holder
        raise NameRefused(
            _("The code %(code)s belongs to “%(unit)s”.") % {"code": text, "unit": bearer.label}
        )
    before = codes.filter(**{kin.member: row}).first()
    if before is not None:
        if valid_from is None or (before.valid_from and valid_from <= before.valid_from):
            raise NameRefused(
                _("The new code has to begin after the code %(code)s began.")
                % {"code": before.code}
            )
        Fact.end(before, valid_from)
    given: UnitCode | AreaCode = row.codes.create(code=text, valid_from=valid_from, source=source)
    record(
        event=f"registry.{kin.member}.coded",
        target=row,
        by=by,
        at=at,
        before={"code": before.code} if before else {},
        after={"code": given.code},
    )
    return given


def _code_in_form(row: Named, code: str) -> str:
    text = code.strip().upper()
    if isinstance(row, Unit):
        if is_electronic_code(text):
            return text
        raise NameRefused(
            _("“%(code)s” is no electronic code: a letter and two digits, then groups after dots.")
            % {"code": code}
        )
    if is_area_code(text, row.kind):
        return text
    raise NameRefused(
        _(
            "“%(code)s” is no code of this area: a province has two digits, a commune five, a "
            "district had three; other areas have none."
        )
        % {"code": code}
    )


@transaction.atomic
def take_back_name(*, name: UnitName | AreaName, by: Actor, at: datetime) -> None:
    """Take a name off the record; the official name that it had ended holds again.

    Raises NameRefused for the only official name, for one that has been followed by another, and
    for one that a renaming gave (then the renaming is taken back); nothing is changed then.
    """
    bearer: Named = name.unit if isinstance(name, UnitName) else name.area
    kin = Kin.of(bearer)
    row = kin.rows.select_for_update().get(pk=bearer.pk)
    if name.kind == NameKind.OFFICIAL:
        renamings = row.changes.filter(change__kind=ChangeKind.RENAME, change__on=name.valid_from)
        if name.valid_from is not None and renamings.exists():
            raise NameRefused(_("A renaming gave this name: take the renaming back instead."))
        Fact.hand_back_to_the_one_before(row, name)
    else:
        Fact.take_off(name)
    record(
        event=f"registry.{kin.member}.name_taken_back",
        target=row,
        by=by,
        at=at,
        before={"kind": name.kind, "name": name.text},
        after={"official_name": row.label},
    )


@transaction.atomic
def take_back_code(*, code: UnitCode | AreaCode, by: Actor, at: datetime) -> None:
    """Take a code off the record; the code that it had ended holds again, where nobody else has it.

    Raises NameRefused when another code has followed, or somebody else bears the one before.
    """
    bearer: Named = code.unit if isinstance(code, UnitCode) else code.area
    kin = Kin.of(bearer)
    row = kin.rows.select_for_update().get(pk=bearer.pk)
    if code.valid_to is not None:
        raise NameRefused(_("Another code has followed “%(code)s”.") % {"code": code.code})
    before = row.codes.filter(valid_to=code.valid_from).first() if code.valid_from else None
    Fact.take_off(code)
    if before is not None:
        codes: Any = row.codes.model._default_manager
        if codes.filter(code=before.code, valid_to__isnull=True).exists():
            raise NameRefused(
                _("The code %(code)s has been given to another since.") % {"code": before.code}
            )
        Fact.stand_again(before)
    record(
        event=f"registry.{kin.member}.code_taken_back",
        target=row,
        by=by,
        at=at,
        before={"code": code.code},
        after={"code": before.code if before else ""},
    )
