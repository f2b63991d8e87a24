"""Keys made once and kept beside the data, readable by their owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key_of(given: str, *, folder: Path) -> str:
    """The key given by the environment, else the one kept in `folder`, made when missing.

    Two processes that start at the same moment end with the same key: the file is created
    exclusively, and who comes second reads it.
    """
    if given:
        return given
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = folder / f".secret_key.{os.getpid()}"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path.read_text().strip()
