"""Settings of the tests: the same house, quick hashing, mail kept in memory.

The engine is chosen by NHIPCAU_DATABASE_URL as everywhere; without it a SQLite file, so that
threads and processes of one test share it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

# A folder of its own for every user and every copy of the project, so that neither meets another.
_copy = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
_folder = Path(tempfile.gettempdir()) / f"nhipcau-tests-{os.getuid()}-{_copy}"
os.environ.setdefault("NHIPCAU_DATA", str(_folder))
os.environ.setdefault("NHIPCAU_SECRET_KEY", "only-for-tests")

from config.settings.base import *  # noqa: E402 -- the environment above must be set first

_folder.mkdir(exist_ok=True)
STATIC_ROOT = _folder / "static"  # nothing is collected for tests; WhiteNoise wants a folder
STATIC_ROOT.mkdir(exist_ok=True)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
    # A test database may lose its data in a power cut; it need not wait for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
# Tests that search say so and have an index of their own; all others save without telling one.
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False  # type: ignore[assignment] # -- Wagtail takes more than words
OUTBOX_CHORES.remove("nhipcau.search.tasks.build_what_is_missing")
