"""The keys, carried apart from the backups: whoever holds both holds the house."""

from __future__ import annotations

import tarfile
from pathlib import Path

from django.conf import settings

from nhipcau.operations.backup import archive

LONGEST_KEY = 64 * 1024


def take(target: Path) -> list[str]:
    """Write every key into one file, readable by its owner only; the names that it holds."""
    names = sorted(path.name for path in Path(settings.KEYS).iterdir() if path.is_file())
    with (
        archive.whole_or_nothing(target) as stream,
        tarfile.open(fileobj=stream, mode="w") as tar,
    ):
        for name in names:
            tar.add(Path(settings.KEYS) / name, arcname=name, recursive=False)
    return names


def put_back(source: Path) -> list[str]:
    """Put the keys of the file into their folder; archive.Damaged when it holds anything else."""
    keys: dict[str, bytes] = {}
    try:
        with tarfile.open(source, mode="r:") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                plain = Path(member.name).name == member.name and not member.name.startswith(".")
                if content is None or not plain or member.size > LONGEST_KEY:
                    raise archive.Damaged(f"a member called {member.name!r}")
                keys[member.name] = content.read()
    except (tarfile.TarError, EOFError) as error:
        raise archive.Damaged(str(error)) from error
    folder = Path(settings.KEYS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, key in keys.items():
        unfinished = folder / f".{name}.unfinished"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(key)
        unfinished.replace(folder / name)
    return sorted(keys)
