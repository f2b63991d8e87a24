"""The copy of what is kept about a person, which he or she may ask for."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from nhipcau.audit.models import Entry
from nhipcau.people.models import Charge, Delegation, Membership, Person


def personal_data_of(person: Person) -> dict[str, Any]:
    """Everything that this room keeps about the person, for a copy on demand. Days as ISO text.

    A person may ask for it under the Law on Personal Data Protection 91/2025/QH15. Of the diary,
    which names the person in every line of his or her own, it tells how many lines there are.
    At most twelve queries.
    """
    user = getattr(person, "user", None)
    return {
        "person": {
            "kind": person.kind,
            "full_name": person.full_name,
            "affiliation": person.affiliation,
            "email": person.email,
            "email_verified_at": _iso(person.email_verified_at),
            "left_on": _iso(person.left_on),
        },
        "account": None
        if user is None
        else {
            "email": user.email,
            "may_sign_in": user.is_active,
            "opened_at": _iso(user.date_joined),
            "last_sign_in": _iso(user.last_login),
        },
        "memberships": [
            {"unit": row.unit.label, "role": row.role, "reach": row.reach, **_days(row)}
            for row in person.memberships.select_related("unit").order_by("valid_from", "pk")
        ],
        "charges": [
            {"unit": row.unit.label, **_days(row)}
            for row in person.charges.select_related("unit").order_by("valid_from", "pk")
        ],
        "delegations_given": [_delegation(row) for row in _delegations(person, "giver")],
        "delegations_received": [_delegation(row) for row in _delegations(person, "taker")],
        "invitations": [
            {"unit": row.unit.label, "roles": row.roles, "sent_at": _iso(row.sent_at)}
            for row in person.invitations.select_related("unit").order_by("pk")
        ],
        "sign_ins": [
            {
                "since": _iso(row.created_at),
                "last_seen": _iso(row.last_seen_at),
                "address": row.ip,
                "browser": row.user_agent,
            }
            for row in UserSession.objects.filter(user__person=person).order_by("pk")
        ],
        "second_factors": [
            {
                "kind": row.type,
                "since": _iso(row.created_at),
                "last_used": _iso(row.last_used_at),
            }
            for row in Authenticator.objects.filter(user__person=person).order_by("pk")
        ],
        "diary": {"own_lines": Entry.objects.filter(by_key=person.actor_key).count()},
    }


def _delegations(person: Person, side: str) -> QuerySet[Delegation]:
    return (
        Delegation.objects.filter(**{side: person})
        .select_related("unit")
        .prefetch_related("roles")
        .order_by("valid_from", "pk")
    )


def _delegation(row: Delegation) -> dict[str, Any]:
    # The other person's name is that person's datum, not this one's.
    return {
        "unit": row.unit.label,
        "roles": sorted(each.role for each in row.roles.all()),
        **_days(row),
    }


def _days(row: Membership | Charge | Delegation) -> dict[str, str | None]:
    return {"valid_from": _iso(row.valid_from), "valid_to": _iso(row.valid_to)}


def _iso(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()
