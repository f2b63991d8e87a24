"""Putting a credential into a file: picture, sound, video, PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import c2pa
from django.utils.translation import gettext_lazy as _

from nhipcau.media.errors import CannotBeSigned, NoProvenanceKey
from nhipcau.media.provenance.authority import Authority

SIGNED = frozenset(
    {
        "image/jpeg", "image/png", "image/webp", "image/avif", "image/gif", "image/svg+xml",
        "audio/mpeg", "audio/wav", "audio/mp4", "audio/flac", "video/mp4", "video/quicktime",
        "application/pdf",
    }
)  # fmt: skip
_WORK = "stds.schema-org.CreativeWork"
_HUMAN = "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits"
# No thumbnail (306 KB a picture), no network.
_SETTINGS = {
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"ocsp_fetch": False, "remote_manifest_fetch": False, "verify_after_sign": True},
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a credential says beside who signed: the title, the issuing body, when, under what."""

    title: str
    issuer: str
    at: datetime
    licence: str = ""
    address: str = ""
    source_type: str = _HUMAN  # IPTC digital source type; another for synthetic voices


def sign(
    source: Path,
    target: Path,
    *,
    mime: str,
    claim: Claim,
    authority: Authority,
    parent: Path | None = None,
    parent_mime: str = "",
) -> None:
    """Write the file with its credential to `target`; `source` is not touched.

    A rendition names its original as `parent`, a signed file itself: the chain leads back to it.
    Raises ValueError for a kind that carries no credential, NoProvenanceKey when the key does not
    fit its certificate, CannotBeSigned when the file is no whole one of its kind.
    """
    if mime not in SIGNED:
        raise ValueError(f"{mime} carries no credential.")
    context = c2pa.Context(c2pa.Settings.from_json(json.dumps(_SETTINGS)))
    try:
        signer = c2pa.Signer.from_info(
            c2pa.C2paSignerInfo(
                alg=c2pa.C2paSigningAlg.ES256,
                sign_cert=authority.chain,
                private_key=authority.key,
                ta_url=None,
            )
        )
    except c2pa.C2paError as trouble:
        raise NoProvenanceKey(
            _("The key of provenance cannot be used: %(why)s") % {"why": str(trouble)[:200]}
        ) from trouble
    builder = c2pa.Builder(
        json.dumps(_manifest(claim, mime, is_derived=parent is not None)), context
    )
    with signer, builder:
        if parent is not None:
            with parent.open("rb") as held:
                builder.add_ingredient(
                    json.dumps(
                        {"title": claim.title, "relationship": "parentOf", "instance_id": "parent"}
                    ),
                    parent_mime or mime,
                    held,
                )
        try:
            with source.open("rb") as read, target.open("w+b") as written:
                builder.sign(signer, mime, read, written)
        except c2pa.C2paError as trouble:
            raise CannotBeSigned(
                _("“%(title)s” cannot take a credential of provenance: %(why)s")
                % {"title": claim.title, "why": str(trouble)[:200]}
            ) from trouble


def _manifest(claim: Claim, mime: str, *, is_derived: bool) -> dict[str, Any]:
    if is_derived:
        first = {"action": "c2pa.opened", "parameters": {"ingredientIds": ["parent"]}}
        actions = [first, {"action": "c2pa.transcoded"}, {"action": "c2pa.published"}]
    else:
        made = {"action": "c2pa.created", "digitalSourceType": claim.source_type}
        actions = [made, {"action": "c2pa.published"}]
    work: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": claim.title,
        "publisher": {"@type": "Organization", "name": claim.issuer},
        "datePublished": claim.at.isoformat(),
    }
    if claim.licence:
        work["license"] = claim.licence
    if claim.address:
        work["url"] = claim.address
    return {
        "claim_generator_info": [{"name": "Nhip Cau", "version": "1"}],
        "title": claim.title,
        "format": mime,
        "assertions": [
            {"label": "c2pa.actions.v2", "data": {"actions": actions}},
            {"label": _WORK, "data": work, "kind": "Json"},
        ],
    }
