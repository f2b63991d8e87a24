"""How a line of the diary is hashed, chained and signed. No rows, no clock, no files.

The chain (version 1): digest = SHA-256 over the canonical JSON list of an entry's columns;
link = SHA-256 over the canonical JSON list [link before, position, entry id, digest]. The link
before the first is GENESIS.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nhipcau.kernel.canonical import canonical, moment, plain

GENESIS = hashlib.sha256(b"nhipcau diary 1").hexdigest()
COLUMNS = (
    "id",
    "at",
    "event",
    "by_key",
    "by_name",
    "unit_key",
    "unit_name",
    "target_kind",
    "target_key",
    "target_name",
    "before",
    "after",
    "request_id",
    "words",
)
PERSONAL = "personal"
SALT_BYTES = 16


class Personal:
    """A personal value on its way into the diary: kept as a salted hash, never in plain words.

    An empty value stays empty: that there was nothing tells nobody anything.
    """

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "Personal(…)"


def kept(values: Mapping[str, Any], *, key: bytes, salts: Mapping[str, bytes]) -> dict[str, Any]:
    """`values` as the diary keeps them: plain, the personal ones hashed with their salts."""
    return {
        name: hashed(value.value, key=key, salt=salts[name])
        if isinstance(value, Personal)
        else plain(value)
        for name, value in values.items()
    }


def hashed(value: Any, *, key: bytes, salt: bytes) -> Any:
    """{"personal": "<salt>:<HMAC-SHA-256>"} in hex; None and "" come back as they are.

    The salt keeps equal values from looking equal, the key keeps whoever holds the database
    alone from trying out all telephone numbers.
    """
    bare = plain(value)
    if bare is None or bare == "":
        return bare
    mac = hmac.new(key, salt + canonical(bare), hashlib.sha256).hexdigest()
    return {PERSONAL: f"{salt.hex()}:{mac}"}


def is_the_value(stored: Any, claimed: Any, *, key: bytes) -> bool:
    """Whether what the diary keeps in `stored` is `claimed`, for hashed and plain values alike."""
    if not (isinstance(stored, dict) and set(stored) == {PERSONAL}):
        return bool(stored == plain(claimed))
    salt, _, _mac = stored[PERSONAL].partition(":")
    again = hashed(claimed, key=key, salt=bytes.fromhex(salt))
    return isinstance(again, dict) and hmac.compare_digest(stored[PERSONAL], again[PERSONAL])


def digest_of(columns: tuple[Any, ...]) -> str:
    """The hash of one entry; `columns` in the order of COLUMNS, `at` as kernel's `moment`."""
    return hashlib.sha256(canonical(columns)).hexdigest()


def link(*, before: str, position: int, entry_id: int, digest: str) -> str:
    """The hash that ties an entry to its place."""
    # All four are plain digits and hex: this is canonical JSON, written ten times as fast.
    return hashlib.sha256(f'["{before}",{position},{entry_id},"{digest}"]'.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain had come at a moment, and who signed that. `at` as kernel's `moment`."""

    position: int
    hash: str
    at: str
    key: str
    signature: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def words_of_a_head(*, position: int, hash: str, at: str) -> bytes:  # noqa: A002 -- the column
    """What the signature stands under."""
    return canonical({"diary": 1, "position": position, "hash": hash, "at": at})


def sign(*, position: int, hash: str, at: datetime, key: Ed25519PrivateKey) -> Head:  # noqa: A002
    told = moment(at)
    signature = key.sign(words_of_a_head(position=position, hash=hash, at=told))
    return Head(position, hash, told, public_words(key.public_key()), _base64(signature))


def public_words(key: Ed25519PublicKey) -> str:
    """The public key as the heads carry it: its 32 bytes in base64."""
    return _base64(key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def is_signed(head: Head) -> bool:
    """Whether the signature was made with the private half of `head.key`."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(head.key, validate=True))
        key.verify(
            base64.b64decode(head.signature, validate=True),
            words_of_a_head(position=head.position, hash=head.hash, at=head.at),
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
