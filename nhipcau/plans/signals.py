"""News of the plans room for the floors above and for its own workers."""

from __future__ import annotations

from django.dispatch import Signal

import_needs_reading = Signal()  # plan_import
plan_accepted = Signal()  # plan, version
