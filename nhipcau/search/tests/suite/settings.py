"""Settings under which modelsearch's own tests run over our backend, in a process of their own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
# In memory where there is such a folder: nothing of it has to survive a power cut.
_MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of its own is made in it
DATA = Path(
    tempfile.mkdtemp(prefix="nhipcau-suite-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None)
)
KEYS = DATA / "keys"
SEARCH_INDEX = DATA / "index"
NODE = "suite"
SECRET_KEY = "only-for-tests"
INSTALLED_APPS = [
    "modelsearch.test.testapp",
    "modelsearch",
    "nhipcau.search",
    "nhipcau.registry",
    "nhipcau.outbox",
    "nhipcau.audit",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "TEST": {"NAME": ":memory:"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "nhipcau.search.tests.suite.backend"}}
MIGRATION_MODULES = dict.fromkeys(("audit", "outbox", "registry", "search"))  # made as they are
OUTBOX_CONSUMERS = ["nhipcau.search.tasks.Indexer"]
OUTBOX_CHORES: list[str] = []
DIARY_SENTENCES: list[str] = []
FIXTURE_DIRS = [Path(__file__).parent / "fixtures"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"
SILENCED_SYSTEM_CHECKS = ["audit.W001"]  # the rooms whose events have sentences are not here
