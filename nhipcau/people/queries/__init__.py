"""What others ask the people room. Each module tells its price in queries."""

from nhipcau.people.permissions import Rights, roles_with
from nhipcau.people.queries.copies import personal_data_of
from nhipcau.people.queries.invitations import (
    Letter,
    invitation_behind,
    invitation_letter,
    invitation_token,
    letter_of,
)
from nhipcau.people.queries.persons import (
    Contact,
    DirectoryRow,
    HeldRole,
    contact_of,
    delegations_of,
    directory,
    may_take_address,
    open_responsibilities,
    persons_listed,
    roles_held,
    sessions_of,
)
from nhipcau.people.queries.rights import (
    charge_of,
    demanded_second_factor,
    may,
    may_clear,
    people_who_may,
    persons_in_charge,
    rights_of,
    rights_of_user,
    units_of,
    units_where,
)

__all__ = [
    "Contact",
    "DirectoryRow",
    "HeldRole",
    "Letter",
    "Rights",
    "charge_of",
    "contact_of",
    "delegations_of",
    "demanded_second_factor",
    "directory",
    "invitation_behind",
    "invitation_letter",
    "invitation_token",
    "letter_of",
    "may",
    "may_clear",
    "may_take_address",
    "open_responsibilities",
    "people_who_may",
    "personal_data_of",
    "persons_in_charge",
    "persons_listed",
    "rights_of",
    "rights_of_user",
    "roles_held",
    "roles_with",
    "sessions_of",
    "units_of",
    "units_where",
]
