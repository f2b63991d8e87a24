"""Where this house keeps its finished pages, as its settings say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from nhipcau.website.store.contract import Keeper
from nhipcau.website.store.folders import Folder


def keeper() -> Keeper:
    return _folder(Path(settings.PAGE_STORE))


@cache
def _folder(root: Path) -> Folder:
    return Folder(root)
