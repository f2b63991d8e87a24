"""News of the publishing room for the floors above, in the transaction of the change.

Those floors' workers hear the same through the outbox: topics `publishing.release.out`,
`publishing.release.withdrawn`.
"""

from __future__ import annotations

from django.dispatch import Signal

handed_in = Signal()  # clearance, by, at
decided = Signal()  # decision, by, at
released = Signal()  # release, by, at
withdrawn = Signal()  # versions (list of ReleasedVersion), by, at
rendition_ordered = Signal()  # rendition
