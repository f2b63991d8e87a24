"""News of the translation room for the floors above, in the transaction of the change."""

from __future__ import annotations

from django.dispatch import Signal

version_saved = Signal()  # version, revision, by, at
version_approved = Signal()  # version, revision, by, at
subject_stopped = Signal()  # subject, by, at: all its words are out of sight
subject_stop_lifted = Signal()  # subject, by, at: they are drafts again
version_out_of_date = Signal()  # version, at
