"""Every change to works and their lists."""

from nhipcau.works.actions.bringing import Taken, bring_words
from nhipcau.works.actions.costs import (
    change_cost,
    drop_cost,
    note_cost,
    note_permit,
    note_print_run,
)
from nhipcau.works.actions.earlier import take_earlier_words
from nhipcau.works.actions.lists import load_lists
from nhipcau.works.actions.record_sheets import (
    accept_sheet,
    bring_in,
    bring_sheet,
    give_up_sheet,
    look_through,
)
from nhipcau.works.actions.sheets import SheetReport, bring_records
from nhipcau.works.actions.showing import note_not_public, note_public
from nhipcau.works.actions.stopping import decide_on_stop
from nhipcau.works.actions.templates import (
    keep_as_template,
    offer_template_again,
    retire_template,
    start_from_template,
)
from nhipcau.works.actions.works import (
    assign,
    change_work,
    duplicate_work,
    restore_work,
    start_work,
    trash_work,
)

__all__ = [
    "SheetReport",
    "Taken",
    "accept_sheet",
    "assign",
    "bring_in",
    "bring_records",
    "bring_sheet",
    "bring_words",
    "change_cost",
    "change_work",
    "decide_on_stop",
    "drop_cost",
    "duplicate_work",
    "give_up_sheet",
    "keep_as_template",
    "load_lists",
    "look_through",
    "note_cost",
    "note_not_public",
    "note_permit",
    "note_print_run",
    "note_public",
    "offer_template_again",
    "restore_work",
    "retire_template",
    "start_from_template",
    "start_work",
    "take_earlier_words",
    "trash_work",
]
