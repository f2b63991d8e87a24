"""Reading a credential back: who issued a file, whether we trust it, whether it was changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import c2pa

_WORK = "stds.schema-org.CreativeWork"


class Standing(StrEnum):
    TRUSTED = "trusted"  # unchanged, and the signer leads to a root that we trust
    UNKNOWN_SIGNER = "unknown_signer"  # unchanged, but anybody may have signed it
    CHANGED = "changed"  # not what was signed
    NONE = "none"  # no credential in it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file says of itself; the words are empty where there is no credential."""

    standing: Standing
    issuer: str = ""  # the organisation in the signer's certificate
    title: str = ""
    publisher: str = ""
    published: str = ""
    parents: tuple[str, ...] = ()  # titles of what it was made from
    faults: tuple[str, ...] = ()  # codes of the specification


def verify(path: Path, *, mime: str, anchors: bytes) -> Verdict:
    """The verdict on one file against the roots in `anchors` (PEM), without a network."""
    wanted = {
        "verify": {"verify_trust": True, "ocsp_fetch": False, "remote_manifest_fetch": False},
        "trust": {"trust_anchors": anchors.decode()},
    }
    context = c2pa.Context(c2pa.Settings.from_json(json.dumps(wanted)))
    try:
        with path.open("rb") as held, c2pa.Reader(mime, held, context=context) as reader:
            told: dict[str, Any] = json.loads(reader.json())
            state = str(reader.get_validation_state())
    except c2pa.C2paError as trouble:
        if "ManifestNotFound" in type(trouble).__name__ or "ManifestNotFound" in str(trouble):
            return Verdict(Standing.NONE)
        return Verdict(Standing.CHANGED, faults=(str(trouble)[:200],))
    manifest = told["manifests"][told["active_manifest"]]
    work: dict[str, Any] = next(
        (a["data"] for a in manifest.get("assertions", []) if a["label"] == _WORK), {}
    )
    faults = tuple(
        fault["code"]
        for fault in told.get("validation_results", {}).get("activeManifest", {}).get("failure", [])
    )
    standing = {"Trusted": Standing.TRUSTED, "Valid": Standing.UNKNOWN_SIGNER}.get(
        state, Standing.CHANGED
    )
    return Verdict(
        standing=standing,
        issuer=manifest.get("signature_info", {}).get("issuer") or "",
        title=manifest.get("title") or "",
        publisher=work.get("publisher", {}).get("name", ""),
        published=work.get("datePublished", ""),
        parents=tuple(one.get("title", "") for one in manifest.get("ingredients", [])),
        faults=faults,
    )
