"""Every write of the portal."""

from nhipcau.website.actions.old_addresses import bring_old_addresses
from nhipcau.website.actions.opening import open_portal
from nhipcau.website.actions.surroundings import (
    close_account,
    end_alarm,
    list_account,
    raise_alarm,
    set_gate_hours,
)
from nhipcau.website.actions.telling import note_page, tell_pages

__all__ = [
    "bring_old_addresses",
    "close_account",
    "end_alarm",
    "list_account",
    "note_page",
    "open_portal",
    "raise_alarm",
    "set_gate_hours",
    "tell_pages",
]
