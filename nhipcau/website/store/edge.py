"""What nginx adds to a page that it sends from the store's folder; deploy/nginx.conf says the same.

A page of which Django says anything else has no file there, so that nginx leaves it to Django.
"""

from __future__ import annotations

HEADERS = {
    "content-security-policy": (
        "base-uri 'self'; default-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "img-src 'self' data:; object-src 'none'; script-src 'self'; style-src 'self'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
# TLS is the edge's, and so is what it says about it; the language stands in the address.
NOT_COMPARED = frozenset({"strict-transport-security", "content-language", "content-type"})


def says_the_same(headers: tuple[tuple[str, str], ...]) -> bool:
    told = {name.lower(): text for name, text in headers}
    return {name: text for name, text in told.items() if name not in NOT_COMPARED} == HEADERS
