"""Every change to routes, clearances, forms, bundles and releases."""

from nhipcau.publishing.actions.bundles import (
    call_off_bundle,
    choose,
    leave_out,
    make_bundle,
    schedule_bundle,
)
from nhipcau.publishing.actions.correcting import ask_for_correction
from nhipcau.publishing.actions.deciding import assign_step, confirm_reasons, decide
from nhipcau.publishing.actions.handing_in import hand_in_for_clearance, take_back_from_clearance
from nhipcau.publishing.actions.links import (
    decide_by_link,
    make_link,
    send_code,
    withdraw_link,
)
from nhipcau.publishing.actions.mending import mend_lists
from nhipcau.publishing.actions.releasing import release_bundle
from nhipcau.publishing.actions.renditions import make_rendition, order_rendition
from nhipcau.publishing.actions.routes import load_routes, set_route
from nhipcau.publishing.actions.withdrawing import withdraw

__all__ = [
    "ask_for_correction",
    "assign_step",
    "call_off_bundle",
    "choose",
    "confirm_reasons",
    "decide",
    "decide_by_link",
    "hand_in_for_clearance",
    "leave_out",
    "load_routes",
    "make_bundle",
    "make_link",
    "make_rendition",
    "mend_lists",
    "order_rendition",
    "release_bundle",
    "schedule_bundle",
    "send_code",
    "set_route",
    "take_back_from_clearance",
    "withdraw",
    "withdraw_link",
]
