"""Every change to persons, roles and accounts."""

from nhipcau.people.actions.accounts import (
    Hashed,
    accept_invitation,
    cancel_invitation,
    close_account,
    end_sessions,
    invite,
    open_account,
    resend_invitation,
    take_address,
)
from nhipcau.people.actions.departure import (
    erase_person,
    export_person_data,
    hand_over,
    leave,
)
from nhipcau.people.actions.letters import write_to
from nhipcau.people.actions.persons import add_person, change_person, verify_contact
from nhipcau.people.actions.roles import (
    delegate,
    demand_second_factor,
    end_charge,
    end_delegation,
    end_role,
    give_role,
    put_in_charge,
    stop_demanding_second_factor,
)

__all__ = [
    "Hashed",
    "accept_invitation",
    "add_person",
    "cancel_invitation",
    "change_person",
    "close_account",
    "delegate",
    "demand_second_factor",
    "end_charge",
    "end_delegation",
    "end_role",
    "end_sessions",
    "erase_person",
    "export_person_data",
    "give_role",
    "hand_over",
    "invite",
    "leave",
    "open_account",
    "put_in_charge",
    "resend_invitation",
    "stop_demanding_second_factor",
    "take_address",
    "verify_contact",
    "write_to",
]
