"""Making smaller sizes of pictures; each is made once and kept by its content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from nhipcau.kernel.actor import Actor
from nhipcau.media import store
from nhipcau.media.actions.files import keep_file
from nhipcau.media.intake.isolated import Made, make_sizes
from nhipcau.media.models import Derivative, MediaFile
from nhipcau.media.rules.sizes import Size, size_of

RASTER = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})


def _focal_of(file: MediaFile) -> tuple[int, int] | None:
    item = file.item
    return None if item.focal_x is None or item.focal_y is None else (item.focal_x, item.focal_y)


def make_derivatives(
    *, file: MediaFile, specs: Iterable[str], by: Actor, at: datetime
) -> list[Derivative]:
    """The sizes of a picture, in order; those that are missing are made, in a process of its own.

    Raises ValueError for a size that does not exist or a file that is no picture of points,
    intake.Refused when the picture cannot be decoded after all.
    """
    wanted = [size_of(spec, focal=_focal_of(file)) for spec in specs]
    standing = {one.spec: one for one in file.derivatives.filter(spec__in=[s.spec for s in wanted])}
    missing = [size for size in wanted if size.spec not in standing]
    if missing:
        if file.mime not in RASTER:
            raise ValueError(f"{file.mime} has no sizes.")
        with store.scratch() as folder:
            order = [size.as_order() for size in missing]
            made = make_sizes(store.path_of(file.stored.sha256), Path(folder), order)
            kept = keep_derivatives(file=file, sizes=missing, made=made, by=by, at=at)
            standing |= {one.spec: one for one in kept}
    return [standing[size.spec] for size in wanted]


def keep_derivatives(
    *, file: MediaFile, sizes: Sequence[Size], made: Sequence[Made], by: Actor, at: datetime
) -> list[Derivative]:
    """Keep sizes that were made of a picture; a size that is kept already stays as it is."""
    kept = []
    for size, one in zip(sizes, made, strict=True):
        stored = keep_file(chunks=store.chunks_of(one.path), by=by, at=at)
        with transaction.atomic():
            derivative, _is_new = Derivative.objects.get_or_create(
                file=file,
                spec=size.spec,
                defaults={
                    "stored": stored,
                    "mime": size.mime,
                    "width": one.width,
                    "height": one.height,
                    "made_at": at,
                },
            )
        kept.append(derivative)
    return kept
