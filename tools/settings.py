"""Writes docs/settings.md from config/env.py's declarations; a test holds the two equal."""

from __future__ import annotations

import importlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "settings.md"
HEAD = """# Settings

Every setting comes from the environment (with systemd: from `/etc/nhipcau/environment`).
This table is made from `config/env.py` by `.venv/bin/python tools/settings.py`; a test holds
it complete. A secret may also lie in a file: `NHIPCAU_SECRET_KEY_FILE=…` names it.

| setting | default | what it does |
| --- | --- | --- |
"""


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def page() -> str:
    """The page as it must be."""
    importlib.import_module("config.settings.base")  # declares them all
    from config import env

    rows = [
        "| " + " | ".join((f"`{setting.name}`", _code(setting.default), setting.help)) + " |"
        for setting in env.DECLARED.values()
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NHIPCAU_DATA"] = folder
        PAGE.write_text(page())
