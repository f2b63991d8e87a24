"""Signing what leaves: a copy of a file with its credential of provenance."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media import store
from nhipcau.media.actions.files import keep_file
from nhipcau.media.models import Derivative, MediaFile, StoredFile
from nhipcau.media.provenance.authority import authority
from nhipcau.media.provenance.signing import SIGNED, Claim, sign
from nhipcau.media.rules.licences import licences


def sign_file(
    *, file: MediaFile, issuer: str, by: Actor, at: datetime, made: Derivative | None = None
) -> Derivative | None:
    """The file (or `made`, one of its derivatives) with a credential; to be staged for the public.

    A derivative names the signed original as its parent. Signing again what says the same is the
    same file. None for a kind that carries no credential (WebM, Ogg, office files, text). Raises
    NoProvenanceKey where the house has no key.
    """
    original, mime = (file.stored, file.mime) if made is None else (made.stored, made.mime)
    if mime not in SIGNED:
        return None
    keys = authority(at=at)
    licence = licences().get(file.item.licence)
    claim = Claim(
        title=file.item.title,
        issuer=issuer,
        at=at,
        licence="" if licence is None else licence.address or licence.code,
    )
    said = f"{claim.title}\n{claim.issuer}\n{claim.licence}\n{original.sha256}\n".encode()
    mark = hashlib.sha256(said + keys.chain).hexdigest()[:16]
    spec = f"signed-{mark}"
    standing = file.derivatives.select_related("stored").filter(spec=spec).first()
    if standing is not None:
        return standing
    parent = None
    if made is not None:
        whole = sign_file(file=file, issuer=issuer, by=by, at=at)
        parent = (file.stored, file.mime) if whole is None else (whole.stored, whole.mime)
    with store.scratch() as folder:
        target = Path(folder) / "signed"
        sign(
            store.path_of(original.sha256),
            target,
            mime=mime,
            claim=claim,
            authority=keys,
            parent=_path(parent),
            parent_mime="" if parent is None else parent[1],
        )
        stored = keep_file(chunks=store.chunks_of(target), by=by, at=at)
    size = (file.width, file.height) if made is None else (made.width, made.height)
    with transaction.atomic():
        signed, is_new = Derivative.objects.get_or_create(
            file=file,
            spec=spec,
            defaults={
                "stored": stored, "mime": mime, "width": size[0], "height": size[1], "made_at": at,
            },
        )  # fmt: skip
        if is_new:
            record(
                event="media.file.signed",
                target=file,
                by=by,
                at=at,
                after={"issuer": issuer, "sample": keys.is_sample, "file": stored.sha256},
            )
    return signed


def _path(parent: tuple[StoredFile, str] | None) -> Path | None:
    """Where the parent's bytes lie; none where there is none or it carries no credential."""
    if parent is None or parent[1] not in SIGNED:
        return None
    return store.path_of(parent[0].sha256)
