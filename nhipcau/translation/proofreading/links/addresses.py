"""Addresses as they are written: which may be visited, and what is wrong with the others."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from urllib.parse import quote, urlsplit

from nhipcau.translation.proofreading.draft import Version

LONGEST = 2_000
PORTS = frozenset({80, 443, 8080, 8443})
Number: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_INSIDE = re.compile(
    r"(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|test|invalid|example"
    r"|onion)$",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}", re.IGNORECASE)
_UNSAFE_CHARACTERS = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}]")


class Fault(StrEnum):
    """Why an address is not visited."""

    MALFORMED = "malformed"
    NOT_WEB = "not_web"
    CREDENTIALS = "credentials"
    INSIDE = "inside"  # a private host or number: readers cannot reach it, and we do not try
    PORT = "port"


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart. `host` is in ASCII, `target` is what a server is asked for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"


def parsed(
    url: str,
    *,
    ports: frozenset[int] | None = PORTS,
    allows: Callable[[Number], bool] | None = None,
) -> Address | Fault:
    """The address, or what is wrong with it. `ports` None allows any; `allows` judges numbers."""
    if len(url) > LONGEST or _UNSAFE_CHARACTERS.search(url):
        return Fault.MALFORMED
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return Fault.MALFORMED
    if parts.scheme not in {"http", "https"}:
        return Fault.NOT_WEB
    if parts.username is not None or parts.password is not None:
        return Fault.CREDENTIALS
    host = _ascii_host(parts.hostname or "")
    if host is None:
        return Fault.MALFORMED
    if _INSIDE.search(host) or ("." not in host and ":" not in host):
        return Fault.INSIDE
    number = _number(host)
    if number is not None and not (allows or is_public)(number):
        return Fault.INSIDE
    if number is None and _NUMERIC.fullmatch(host):
        return Fault.INSIDE  # 127.1, 0x7f000001 and their like are read as numbers by resolvers
    usual = 443 if parts.scheme == "https" else 80
    if ports is not None and (port or usual) not in ports:
        return Fault.PORT
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Address(parts.scheme, host, port or usual, target)


def _ascii_host(host: str) -> str | None:
    host = host.rstrip(".").lower()
    if ":" in host:
        return host if _number(host) is not None else None
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return None
    return host if _HOST.fullmatch(host) else None


def _number(host: str) -> Number | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 behind NAT64


def is_public(number: Number) -> bool:
    """Whether the number is one of the open Internet, also where IPv6 wraps an IPv4 number."""
    if isinstance(number, ipaddress.IPv6Address):
        wrapped = number.ipv4_mapped or number.sixtofour
        if wrapped is None and number.teredo is not None:
            wrapped = number.teredo[1]
        if wrapped is None and number in _TRANSLATED:
            wrapped = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(wrapped)
        if int(number) >> 32 == 0:  # ::1 and the old ::a.b.c.d
            return False
    return number.is_global and not number.is_multicast and not number.is_reserved


def addresses_of(version: Version) -> Iterator[tuple[str, str, tuple[int, int], str]]:
    """(block, part, span, address) of every link to elsewhere, in reading order."""
    for passage in version.passages:
        for hint in passage.hints:
            if hint.link.lower().startswith(("http:", "https:")):
                yield passage.block, passage.part, (hint.start, hint.end), hint.link
