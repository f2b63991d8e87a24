"""What the kept files are, and whether they are whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from nhipcau.media import store
from nhipcau.media.models import StoredFile


class Damage(StrEnum):
    """What can be wrong with a kept file."""

    MISSING = "missing"
    CHANGED = "changed"
    UNNAMED = "unnamed"  # bytes that no row names: left by a crash; harmless


@dataclass(frozen=True, slots=True)
class Finding:
    digest: str
    damage: Damage


def path_of_file(stored: StoredFile) -> Path:
    """Where the file's bytes lie on this machine, to be read only."""
    return store.path_of(stored.sha256)


def damaged_files() -> Iterator[Finding]:
    """Every kept file whose bytes are not what its row says, and bytes without a row."""
    named: set[str] = set()
    for digest in StoredFile.objects.order_by("pk").values_list("sha256", flat=True).iterator():
        named.add(digest)
        found = store.digest_on_disk(digest)
        if found is None:
            yield Finding(digest, Damage.MISSING)
        elif found != digest:
            yield Finding(digest, Damage.CHANGED)
    for path in sorted((Path(settings.MEDIA_ROOT) / "private").glob("??/*")):
        if path.name not in named:
            yield Finding(path.name, Damage.UNNAMED)
