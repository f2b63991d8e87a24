"""How urgent work in the background is: the queue hands out the most urgent first.

Numbers are priorities of django-tasks, -100 to 100; what names none has 0. Within one urgency the
oldest comes first.
"""

from __future__ import annotations

from typing import Final

# Takes a moment, and other work follows from it.
WAKES_OTHERS: Final = 20
# Somebody sits before a page that says "in a moment".
SOMEBODY_WAITS: Final = 10
# Ordered by the hundred, and looked at later.
MADE_IN_STOCK: Final = -10
