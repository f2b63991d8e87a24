"""Who sits at the desk, and whose affairs he or she looks after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.people import queries
from nhipcau.people.enums import Permission, PersonKind
from nhipcau.people.models import Person, User
from nhipcau.people.phrases import lines_of_copy
from nhipcau.registry.models import Unit

MANAGE = Permission.PEOPLE_MANAGE


class Desk:
    """The person at the desk, and what he or she may do to whom today."""

    def __init__(self, request: HttpRequest) -> None:
        if not isinstance(request.user, User):
            raise PermissionDenied
        self.person = request.user.person
        self.rights = queries.rights_of_user(request.user)
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)

    def need(self, *, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied

    @property
    def everywhere(self) -> bool:
        return self.rights.reaches_every_unit(MANAGE)

    def units(self) -> QuerySet[Unit]:
        """The units whose people this person looks after."""
        here = Unit.objects.current(on=self.today).order_by("label")
        return here if self.everywhere else here.filter(pk__in=self.rights.unit_ids(MANAGE))

    def may_manage(self, person: Person) -> bool:
        """Everybody, or somebody who works in no other units than those looked after.

        Whoever comes from outside and never held a role belongs to no unit: any of those who look
        after people may.
        """
        if self.everywhere:
            return True
        theirs = {grant.unit_id for grant in queries.rights_of(person, on=self.today).grants}
        theirs |= set(person.invitations.values_list("unit", flat=True))
        if not theirs and person.kind != PersonKind.STAFF and not person.memberships.exists():
            return self.rights.may(MANAGE)
        return bool(theirs) and theirs <= self.rights.unit_ids(MANAGE)


def copy_sheet(copy: Mapping[str, Any]) -> HttpResponseBase:
    """The copy of what is kept about a person, as a table that needs no explaining."""
    return xlsx_response(
        name="du-lieu-ca-nhan",
        headings=[_("Part"), _("No."), _("What"), _("Value")],
        rows=list(lines_of_copy(copy)),
    )
