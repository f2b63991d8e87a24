"""What every test of the house stands on."""

from __future__ import annotations

import pytest
from django.core.management.commands import flush
from django.db import connections
from hypothesis import settings

from nhipcau.audit.guards import lift_guards

# Machines are shared and slow at times: an example has no deadline, and a run is repeatable.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def _the_diary_may_be_emptied_between_tests():
    """A test with real transactions ends with an emptied database, which the diary refuses.

    The guards stand down for that moment; post_migrate, which follows, sets them up again.
    """
    emptying = flush.Command.handle

    def with_guards_down(command, **options):
        lift_guards(connections[options["database"]])
        return emptying(command, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", with_guards_down)
        yield
