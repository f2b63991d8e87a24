"""What others ask the publishing room. Each module tells its price in queries."""

from nhipcau.publishing.queries.inspection import (
    draft_of,
    inspections_of,
    manuscript_of,
    media_keys_of,
)
from nhipcau.publishing.queries.obstacles import DryRun, dry_run, reasons_of
from nhipcau.publishing.queries.releases import (
    address_of,
    history_of,
    public_version,
    short_address_of,
)
from nhipcau.publishing.queries.reviews import route_for, steps_waiting_for, waiting_steps

__all__ = [
    "DryRun",
    "address_of",
    "draft_of",
    "dry_run",
    "history_of",
    "inspections_of",
    "manuscript_of",
    "media_keys_of",
    "public_version",
    "reasons_of",
    "route_for",
    "short_address_of",
    "steps_waiting_for",
    "waiting_steps",
]
