"""Every write of the media room, by what it is about."""

from nhipcau.media.actions.credentials import sign_file
from nhipcau.media.actions.derivatives import make_derivatives
from nhipcau.media.actions.files import keep_file
from nhipcau.media.actions.items import (
    FileFacts,
    add_item,
    change_item,
    replace_file,
    restore_item,
    set_alt_text,
    trash_item,
)
from nhipcau.media.actions.public import (
    open_public_copies,
    stage_public_copy,
    withdraw_public_copy,
)
from nhipcau.media.actions.purging import let_go_of_file, purge_trash
from nhipcau.media.actions.quotas import set_quota
from nhipcau.media.actions.sizes import mend_sizes
from nhipcau.media.actions.uploads import (
    begin_upload,
    cancel_upload,
    examine_upload,
    expire_uploads,
    receive_piece,
)

__all__ = [
    "FileFacts",
    "add_item",
    "begin_upload",
    "cancel_upload",
    "change_item",
    "examine_upload",
    "expire_uploads",
    "keep_file",
    "let_go_of_file",
    "make_derivatives",
    "mend_sizes",
    "open_public_copies",
    "purge_trash",
    "receive_piece",
    "replace_file",
    "restore_item",
    "set_alt_text",
    "set_quota",
    "sign_file",
    "stage_public_copy",
    "trash_item",
    "withdraw_public_copy",
]
