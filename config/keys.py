"""Keys made once and kept beside the data, readable by their owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from config.env import SettingUnusable


def secret_key_of(given: str, *, folder: Path) -> str:
    """The key given by the environment, else the one kept in `folder`, made when missing.

    Two processes that start at the same moment end with the same key: the file is created
    exclusively, and who comes second reads it.
    """
    if given:
        return given
    path = folder / "secret_key"
    try:
        if not path.exists():
            _make(path)
        return path.read_text().strip()
    except OSError as error:
        raise SettingUnusable(
            f"Không giữ được khoá bí mật trong {folder}: {error.strerror}. Hãy đặt NHIPCAU_DATA"
            " hoặc NHIPCAU_KEYS là thư mục mà người dùng này ghi được.",
            f"The secret key cannot be kept in {folder}: {error.strerror}. Name a folder in"
            " NHIPCAU_DATA or NHIPCAU_KEYS that this user may write.",
        ) from error


def _make(path: Path) -> None:
    folder = path.parent
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
