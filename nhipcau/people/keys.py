"""Keys made from the secret key, one per purpose; what they close is of no use in a backup."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def cipher(purpose: str) -> MultiFernet:
    """Closes with today's secret key, opens with an older one as well."""
    return MultiFernet(
        [
            Fernet(
                base64.urlsafe_b64encode(
                    hashlib.sha256(purpose.encode() + b"\0" + key.encode()).digest()
                )
            )
            for key in map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
        ]
    )
