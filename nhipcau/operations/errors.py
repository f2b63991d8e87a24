"""What an operator can be refused."""

from __future__ import annotations

from nhipcau.kernel.errors import RuleBroken


class DatabaseNewer(RuleBroken):
    """The database was made by a newer version of the house."""


class UpgradeWanted(RuleBroken):
    """The database of a province at work is older than the code; starting does not change it."""


class BackupRefused(RuleBroken):
    """The backup was not written; nothing is left of it."""


class RestoreRefused(RuleBroken):
    """The restore was not done; the place is as it was before."""


class UpgradeFailed(RuleBroken):
    """The upgrade failed; the database is as it was before."""


class NotEmpty(RuleBroken):
    """The house already has people in it."""


class SampleInTheOpen(RuleBroken):
    """The sample's accounts stand on a host that others can reach."""
