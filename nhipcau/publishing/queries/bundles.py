"""Bundles as actions need them: locked, and by somebody who may."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.publishing.enums import BundleState
from nhipcau.publishing.errors import NotPossible, NotYours
from nhipcau.publishing.models import Bundle
from nhipcau.publishing.permissions import may_release


def only_publishers(unit_id: int, *, by: Person, at: datetime) -> None:
    """Raises NotYours for whoever may not release for the unit. Two queries."""
    if not may_release(rights_of(by, on=timezone.localdate(at)), unit_id=unit_id):
        raise NotYours(_("Only a publisher of the unit releases its works."))


def locked_bundle(bundle: Bundle, states: frozenset[BundleState]) -> Bundle:
    """The bundle, locked, when it is in one of these states; else NotPossible. One query."""
    fresh = Bundle.objects.select_for_update().select_related("unit").get(pk=bundle.pk)
    if fresh.state not in states:
        raise NotPossible(
            _("“%(bundle)s” is “%(state)s” now; this cannot be done with it.")
            % {"bundle": fresh, "state": fresh.get_state_display()}
        )
    return fresh
