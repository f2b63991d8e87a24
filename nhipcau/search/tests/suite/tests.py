"""modelsearch's own tests of backends, over ours.

    .venv/bin/python -m nhipcau.search.tests.suite

The index that the fixture makes is built once and copied before every test; rows, news and the
worker's writing are real in each.
"""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core import management
from django.test import TestCase
from django.utils import timezone
from modelsearch.backends import get_search_backend
from modelsearch.tests.test_backends import BackendTests

from nhipcau.outbox.actions import register_consumers
from nhipcau.search.engine.results import Results

KEPT = Path(settings.DATA) / "kept"


class OurBackendTests(BackendTests, TestCase):
    backend_path = "nhipcau.search.tests.suite.backend"

    def setUp(self):
        register_consumers(at=timezone.now())
        self.backend_name = "default"
        self.backend = get_search_backend("default")
        index = Path(settings.SEARCH_INDEX)
        shutil.rmtree(index, ignore_errors=True)
        if not KEPT.exists():
            management.call_command("rebuild_modelsearch_index", stdout=StringIO(), chunk_size=50)
            shutil.copytree(index, KEPT)
        else:
            shutil.copytree(KEPT, index)

    def _callTestMethod(self, method):  # noqa: N802 -- unittest's own name
        """Ask of every search what modelsearch's tests seldom do: that counts are those of hits."""
        searched = []
        really = Results.__init__

        def remembering(results, *args, **kwargs):
            really(results, *args, **kwargs)
            searched.append(results)

        Results.__init__ = remembering
        try:
            super()._callTestMethod(method)
        finally:
            Results.__init__ = really
        for results in searched:
            results.query_compiler.__dict__.pop("asking", None)
            again = results._clone()
            counted = again.count()
            assert counted == len(list(again)), again.query_compiler.query
