"""The tables of the people room."""

from nhipcau.people.models.persons import Invitation, Person, User, UserManager
from nhipcau.people.models.roles import (
    Charge,
    DelegatedRole,
    Delegation,
    Membership,
    SecondFactorRule,
)

__all__ = [
    "Charge",
    "DelegatedRole",
    "Delegation",
    "Invitation",
    "Membership",
    "Person",
    "SecondFactorRule",
    "User",
    "UserManager",
]
