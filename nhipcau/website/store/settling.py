"""Whether the pages on the disk are those of this code, these settings and this database.

Looked at when a worker starts and every hour. A new version draws its pages in another way, and a
database that was restored knows less than the disk: then every page is made again, or is gone.
"""

from __future__ import annotations

import hashlib
import json
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop

from nhipcau.website.store import actions
from nhipcau.website.store.keeping import keeper
from nhipcau.website.store.queries import changes_seen, digests, known_addresses

NEW_CODE = gettext_noop("a new version, or other settings")
_UNNAMED_FOR = timedelta(hours=1)
_DRAWS = (
    "nhipcau/**/*.py",
    "nhipcau/**/templates/**/*",
    "nhipcau/locale/**/*.mo",
    "config/**/*.py",
)
_LAST = "settled.json"


def settle(*, at: datetime) -> None:
    """Bring the folder and the index together; doing it again changes nothing.

    The name of what was settled is written last, so whoever is cut off begins again.
    """
    last = Path(settings.PAGE_STORE) / _LAST
    known = _read(last)
    changes = changes_seen()
    if changes < int(known.get("changes", 0)):
        # The database is from before what the disk shows.
        keeper().drop(list(keeper().addresses()))
    drawn_by = fingerprint()
    if known.get("drawn_by", drawn_by) != drawn_by:
        actions.begin_round(reason=NEW_CODE, at=at)
        changes += 1
    in_index = set(known_addresses())
    keeper().drop([address for address in keeper().addresses() if address not in in_index])
    keeper().sweep(digests(), before=time.time() - _UNNAMED_FOR.total_seconds())
    last.parent.mkdir(parents=True, exist_ok=True)
    unfinished = last.with_suffix(".unfinished")
    unfinished.write_text(json.dumps({"drawn_by": drawn_by, "changes": changes}))
    unfinished.replace(last)


def fingerprint() -> str:
    """Differs when pages may be drawn in another way. Looks at some thousand files."""
    told = [settings.WAGTAILADMIN_BASE_URL, [code for code, _ in settings.LANGUAGES]]
    digest = hashlib.sha256(json.dumps(told).encode())
    root = Path(settings.ROOT)
    for pattern in _DRAWS:
        for path in sorted(root.glob(pattern)):
            if path.is_file() and "tests" not in path.parts:
                state = path.stat()
                digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, int | str]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
