"""A finished page: what is sent for an address, in each encoding, and its head on the disk."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property

import brotli  # type: ignore[import-untyped] # -- it brings no types

# A browser asks each time and mostly hears “unchanged”; a CDN need not ask for ten seconds, and
# may go on for an hour when the house does not answer. nginx says the same (deploy/nginx.conf).
CACHE_CONTROL = "public, max-age=0, s-maxage=10, stale-while-revalidate=30, stale-if-error=3600"
# Whoever is withdrawn or has moved may come back.
STATUSES = {200: "200 OK", 301: "301 Moved Permanently", 410: "410 Gone"}
ENCODINGS = {"br": ".br", "gzip": ".gz", "": ""}
LARGEST_BYTES = 4 * 1024 * 1024
_WORTH_PACKING = 200
# A reader may wait for it: 5 packs better than gzip at its best, in a tenth of the time of 11.
_QUALITY = 5
_POLICY = "content-security-policy"
# Of these each answer has its own, or the server before us makes them.
_OURS = frozenset(
    {
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "date",
        "etag",
        "expires",
        "last-modified",
        "server",
        "set-cookie",
        "vary",
        "x-request-id",
    }
)


class DamagedHead(Exception):
    """The head of a page cannot be read; the page counts as not there."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is said about a page before its bytes.

    `sizes` are the bytes of each encoding that lies beside it, "" for the page as it is. A head
    and the bytes it names belong together for ever: bytes are named by what they are.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    digest: str
    changed_at: datetime
    sizes: Mapping[str, int]

    @property
    def etag(self) -> str:
        return self.digest[:24]

    def as_bytes(self) -> bytes:
        return json.dumps(
            {
                "status": self.status,
                "headers": self.headers,
                "digest": self.digest,
                "changed_at": self.changed_at.isoformat(),
                "sizes": self.sizes,
            },
            ensure_ascii=False,
        ).encode()

    @classmethod
    def from_bytes(cls, words: bytes) -> Head:
        """Raises DamagedHead."""
        try:
            read = json.loads(words)
            head = cls(
                status=int(read["status"]),
                headers=tuple((str(name), str(text)) for name, text in read["headers"]),
                digest=str(read["digest"]),
                changed_at=datetime.fromisoformat(read["changed_at"]),
                sizes={str(name): int(size) for name, size in read["sizes"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedHead from error
        is_digest = len(head.digest) == 64 and set(head.digest) <= set("0123456789abcdef")
        if head.status not in STATUSES or not is_digest or "" not in head.sizes:
            raise DamagedHead
        return head

    def sent_with(self, encoding: str) -> list[tuple[str, str]]:
        """The headers of the page in one encoding."""
        mark = {"br": "-br", "gzip": "-gz"}.get(encoding, "")
        sent = [
            *self.headers,
            ("Cache-Control", CACHE_CONTROL),
            ("ETag", f'"{self.etag}{mark}"'),
            ("Last-Modified", format_datetime(self.changed_at, usegmt=True)),
            ("Content-Length", str(self.sizes[encoding])),
        ]
        if len(self.sizes) > 1:
            sent.append(("Vary", "Accept-Encoding"))
        if encoding:
            sent.append(("Content-Encoding", encoding))
        return sent


@dataclass(frozen=True)
class Page:
    """A page just made. `headers` are those of the answer without what every answer has anew."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    changed_at: datetime

    @cached_property
    def digest(self) -> str:
        """Names what the reader sees: status, headers and bytes."""
        told = json.dumps([self.status, self.headers], ensure_ascii=False).encode()
        return hashlib.sha256(told + b"\0" + self.body).hexdigest()

    @cached_property
    def packed(self) -> dict[str, bytes]:
        """The bytes by encoding, the best first; what packing makes no smaller is left out."""
        made = {"": self.body}
        if len(self.body) >= _WORTH_PACKING:
            made["gzip"] = gzip.compress(self.body, 9, mtime=0)
            made["br"] = brotli.compress(self.body, mode=brotli.MODE_TEXT, quality=_QUALITY)
        return {
            encoding: made[encoding]
            for encoding in ENCODINGS
            if encoding in made and (not encoding or len(made[encoding]) < len(self.body))
        }

    @cached_property
    def head(self) -> Head:
        return Head(
            status=self.status,
            headers=self.headers,
            digest=self.digest,
            changed_at=self.changed_at,
            sizes={encoding: len(packed) for encoding, packed in self.packed.items()},
        )


def own_headers(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What of an answer's headers belongs to the page, in a fixed order."""
    return tuple(
        sorted(
            (name, _in_order(text) if name.lower() == _POLICY else text)
            for name, text in headers.items()
            if name.lower() not in _OURS
        )
    )


def _in_order(policy: str) -> str:
    """django-csp says its directives in another order in every process."""
    return "; ".join(sorted(part.strip() for part in policy.split(";") if part.strip()))
