"""Every change to subjects, versions and remarks."""

from nhipcau.translation.actions.many import FirstWords, start_many
from nhipcau.translation.actions.remarks import remark, settle_remark
from nhipcau.translation.actions.states import (
    approve,
    give_back,
    hand_in,
    note_going_out,
    take_back,
)
from nhipcau.translation.actions.stopping import confirm_stop, keep_letter_back, lift_stop, stop
from nhipcau.translation.actions.words import (
    copy_words,
    follow_source,
    keep_draft,
    save_words,
    start_subject,
    start_version,
)

__all__ = [
    "FirstWords",
    "approve",
    "confirm_stop",
    "copy_words",
    "follow_source",
    "give_back",
    "hand_in",
    "keep_draft",
    "keep_letter_back",
    "lift_stop",
    "note_going_out",
    "remark",
    "save_words",
    "settle_remark",
    "start_many",
    "start_subject",
    "start_version",
    "stop",
    "take_back",
]
