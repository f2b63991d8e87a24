"""The diary's two keys: made once, kept in NHIPCAU_KEYS, never in the database nor in a backup.

`diary_signing_key.pem` signs heads (Ed25519); `diary_value_key` hashes personal values.
Destroying the second makes every kept hash meaningless for good. Public keys of former signing
keys stay trusted as `diary_signing_*.pub` (base64), so that a key can be changed.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from nhipcau.audit.rules import public_words

SIGNING_KEY = "diary_signing_key.pem"
VALUE_KEY = "diary_value_key"


def signing_key() -> Ed25519PrivateKey:
    """The house's key; made when there is none."""
    key = load_pem_private_key(_made_once(SIGNING_KEY, _new_signing_key), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{settings.KEYS / SIGNING_KEY} holds no Ed25519 key.")
    return key


def trusted_keys() -> frozenset[str]:
    """The public keys under which this house's heads may stand; makes none."""
    folder = Path(settings.KEYS)
    known = {path.read_text().strip() for path in folder.glob("diary_signing_*.pub")}
    if (folder / SIGNING_KEY).exists():
        known.add(public_words(signing_key().public_key()))
    return frozenset(known)


def value_key() -> bytes:
    """The key under the hashes of personal values; made when there is none."""
    return bytes.fromhex(_made_once(VALUE_KEY, lambda: secrets.token_hex(32).encode()).decode())


def _new_signing_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


def _made_once(name: str, make: Callable[[], bytes]) -> bytes:
    """The file's bytes; when two processes make it at one moment, both end with the same."""
    path = Path(settings.KEYS) / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path.read_bytes()
