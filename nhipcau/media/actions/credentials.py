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
from nhipcau.media.models import SignedCopy, StoredFile
from nhipcau.media.provenance.authority import authority
from nhipcau.media.provenance.signing import SIGNED, Claim, sign
from nhipcau.media.rules.credentials import Said
from nhipcau.media.rules.licences import licences


def sign_file(
    *,
    stored: StoredFile,
    mime: str,
    said: Said,
    by: Actor,
    at: datetime,
    made_of: tuple[StoredFile, str] | None = None,
) -> StoredFile:
    """The file with a credential, as a file of its own; what is kept is not touched.

    A smaller size or another form names the signed original, `made_of` with its kind, as its
    parent. Signing again what says the same is the same file, so that a release that is tried
    again leaves with the same bytes. A kind that carries no credential (WebM, Ogg, office files,
    text) is answered as it is. Raises NoProvenanceKey where the house has no key that works.
    """
    if mime not in SIGNED:
        return stored
    keys = authority(at=at)
    words = f"{said.title}\n{said.issuer}\n{said.licence}\n{made_of and made_of[0].sha256}\n"
    mark = hashlib.sha256(words.encode() + keys.chain).hexdigest()
    standing = SignedCopy.objects.select_related("signed").filter(original=stored, mark=mark)
    if (known := standing.first()) is not None:
        return known.signed
    licence = licences().get(said.licence)
    claim = Claim(
        title=said.title,
        issuer=said.issuer,
        at=at,
        licence="" if licence is None else licence.address or licence.code,
    )
    with store.scratch() as folder:
        target = Path(folder) / "signed"
        sign(
            store.path_of(stored.sha256),
            target,
            mime=mime,
            claim=claim,
            authority=keys,
            parent=_path(made_of),
            parent_mime="" if made_of is None else made_of[1],
        )
        signed = keep_file(chunks=store.chunks_of(target), by=by, at=at)
    with transaction.atomic():
        # Of two that sign the same at once the first is kept.
        copy, is_new = SignedCopy.objects.get_or_create(
            original=stored,
            mark=mark,
            defaults={"signed": signed, "issuer": said.issuer[:255], "signed_at": at},
        )
        if is_new:
            record(
                event="media.file.signed",
                target=stored,
                by=by,
                at=at,
                after={"issuer": said.issuer, "sample": keys.is_sample, "file": signed.sha256},
            )
    return copy.signed


def _path(parent: tuple[StoredFile, str] | None) -> Path | None:
    """Where the parent's bytes lie; none where there is none or it carries no credential."""
    if parent is None or parent[1] not in SIGNED:
        return None
    return store.path_of(parent[0].sha256)
