"""Why the sample province is not loaded."""

from __future__ import annotations

from nhipcau.kernel.errors import RuleBroken


class SampleRefused(RuleBroken):
    """The host is not local, or the house has people of its own."""
