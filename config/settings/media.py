"""Files that people bring: how large, how much, and who looks them through."""

from __future__ import annotations

from config import env
from config.settings.moving import *

UPLOAD_MAX_BYTES = 1_000_000 * env.number(
    "NHIPCAU_UPLOAD_MAX",
    default=2000,
    help="Largest file that can be brought into the media library, in megabytes.",
    least=1,
)
STORAGE_QUOTA_BYTES = 1_000_000 * env.number(
    "NHIPCAU_STORAGE_QUOTA",
    default=50_000,
    help="Megabytes that a unit's files may take up while no quota was set at the desk.",
    least=1,
)
CLAMD = env.text(
    "NHIPCAU_CLAMD",
    default="",
    help="ClamAV's daemon: path of its socket, or host:port. Empty: files are not scanned. "
    "Its StreamMaxLength must not be below NHIPCAU_UPLOAD_MAX.",
)
PROVENANCE_KEY = env.text(
    "NHIPCAU_PROVENANCE_KEY",
    default="",
    help="File of the key (PKCS#8, P-256) that signs what is released. Empty: on a local house a "
    "sample is made, elsewhere no picture, sound, film or PDF is released.",
)
PROVENANCE_CERT = env.text(
    "NHIPCAU_PROVENANCE_CERT",
    default="",
    help="File of the signer's certificate and those above it (PEM, the root last).",
)
PROVENANCE_ANCHORS = env.text(
    "NHIPCAU_PROVENANCE_ANCHORS",
    default="",
    help="File of the roots that `nhipcau media verify FILE` trusts; empty: the root of our own.",
)
