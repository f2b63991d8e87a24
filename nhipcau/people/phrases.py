"""What is kept about a person, said to people: parts, names of values, values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from nhipcau.people.enums import PersonKind, Reach, Role

PARTS: Mapping[str, str | Promise] = {
    "person": gettext_lazy("Person"),
    "account": gettext_lazy("Account"),
    "memberships": gettext_lazy("Roles"),
    "charges": gettext_lazy("Person in charge"),
    "delegations_given": gettext_lazy("Delegations given"),
    "delegations_received": gettext_lazy("Delegations received"),
    "invitations": gettext_lazy("Invitations"),
    "sign_ins": gettext_lazy("Sign-ins"),
    "second_factors": gettext_lazy("Second factor"),
    "diary": gettext_lazy("Diary"),
}
NAMES: Mapping[str, str | Promise] = {
    "kind": gettext_lazy("Kind"),
    "full_name": gettext_lazy("Full name"),
    "affiliation": gettext_lazy("Where the person works"),
    "email": gettext_lazy("E-mail address"),
    "email_verified_at": gettext_lazy("Address verified on"),
    "left_on": gettext_lazy("Left on"),
    "may_sign_in": gettext_lazy("May sign in"),
    "opened_at": gettext_lazy("Opened on"),
    "last_sign_in": gettext_lazy("Last sign-in"),
    "unit": gettext_lazy("Unit"),
    "role": gettext_lazy("Role"),
    "roles": gettext_lazy("Roles"),
    "reach": gettext_lazy("Counts for"),
    "valid_from": gettext_lazy("From"),
    "valid_to": gettext_lazy("Up to (excluded)"),
    "sent_at": gettext_lazy("Sent on"),
    "since": gettext_lazy("Since"),
    "last_seen": gettext_lazy("Last seen"),
    "last_used": gettext_lazy("Last used"),
    "address": pgettext_lazy("network", "Address"),
    "browser": gettext_lazy("Browser"),
    "own_lines": gettext_lazy("Lines that name the person as the one who acted"),
}
_WORDS = {
    **dict(PersonKind.choices),
    **dict(Role.choices),
    **dict(Reach.choices),
    "totp": gettext_lazy("App on the phone"),
    "webauthn": gettext_lazy("Passkey or security key"),
    "recovery_codes": gettext_lazy("Recovery codes"),
}
_NAMED = {"kind", "role", "roles", "reach"}  # their values are ours and have words


def lines_of_copy(copy: Mapping[str, Any]) -> Iterator[tuple[str, int, str, str]]:
    """Part, number within the part, name and value, line by line; what is empty is left out."""
    for part, kept in copy.items():
        rows = kept if isinstance(kept, list) else [kept or {}]
        for number, row in enumerate(rows, 1):
            for name, value in row.items():
                if value not in {None, ""} if not isinstance(value, list) else value:
                    yield str(PARTS[part]), number, str(NAMES[name]), _said(name, value)


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(_said(name, each) for each in value)
    return str(_WORDS.get(value, value)) if name in _NAMED else str(value)
