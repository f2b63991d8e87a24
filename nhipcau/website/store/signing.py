"""How a request to S3-compatible storage is signed (AWS Signature Version 4). Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Key:
    """Who asks: the storage's name for us, our secret, and the storage's region."""

    name: str
    secret: str = field(repr=False)
    region: str = "us-east-1"


def signed(
    method: str,
    *,
    host: str,
    path: str,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    body: bytes,
    key: Key,
    at: datetime,
) -> dict[str, str]:
    """The headers of a request, its signature among them. `path` is not quoted yet, `at` is UTC."""
    moment, day = at.strftime("%Y%m%dT%H%M%SZ"), at.strftime("%Y%m%d")
    told = {name.lower(): " ".join(text.split()) for name, text in headers.items()} | {
        "host": host,
        "x-amz-content-sha256": hashlib.sha256(body).hexdigest(),
        "x-amz-date": moment,
    }
    names = ";".join(sorted(told))
    request = "\n".join(
        [
            method,
            quote(path, safe="/-._~"),
            query_of(query),
            *(f"{name}:{told[name]}" for name in sorted(told)),
            "",
            names,
            told["x-amz-content-sha256"],
        ]
    )
    scope = f"{day}/{key.region}/s3/aws4_request"
    digest = hashlib.sha256(request.encode()).hexdigest()
    secret = f"AWS4{key.secret}".encode()
    for part in (day, key.region, "s3", "aws4_request"):
        secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
    words = f"{_ALGORITHM}\n{moment}\n{scope}\n{digest}".encode()
    signature = hmac.new(secret, words, hashlib.sha256).hexdigest()
    told["authorization"] = (
        f"{_ALGORITHM} Credential={key.name}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return told


def query_of(query: Mapping[str, str]) -> str:
    """The query as it is signed and sent."""
    return "&".join(
        f"{quote(name, safe='-._~')}={quote(text, safe='-._~')}"
        for name, text in sorted(query.items())
    )
