"""News of the translation room for the floors above, in the transaction of the change."""

from __future__ import annotations

from django.dispatch import Signal

version_saved = Signal()  # version, revision, by, at
version_approved = Signal()  # version, revision, by, at
version_stopped = Signal()  # version, by, at
version_out_of_date = Signal()  # version, at
