"""Where this house keeps its finished pages, as its settings say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from nhipcau.website.store.buckets import Bucket
from nhipcau.website.store.contract import Keeper
from nhipcau.website.store.folders import Folder
from nhipcau.website.store.signing import Key


def keeper() -> Keeper:
    if settings.PAGE_BUCKET:
        key = Key(
            settings.PAGE_BUCKET_KEY, settings.PAGE_BUCKET_SECRET, settings.PAGE_BUCKET_REGION
        )
        return _bucket(settings.PAGE_BUCKET, key)
    return _folder(Path(settings.PAGE_STORE))


@cache
def _folder(root: Path) -> Folder:
    return Folder(root)


@cache
def _bucket(url: str, key: Key) -> Bucket:
    return Bucket(url, key)
