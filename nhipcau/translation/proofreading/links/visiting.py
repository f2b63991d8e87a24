"""Visits addresses, within limits and nowhere but on the open Internet. For the worker only.

A draft may link to anything, so a visit must not be a way into our own network: the name is
resolved once, every number it has must be public, and the connection goes to that very number.
Each redirect is a new address and is judged anew. No body is read, and the time of a whole visit
is bounded whatever a server does.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urldefrag, urljoin

from nhipcau.translation.proofreading.context import LinkState, Visit
from nhipcau.translation.proofreading.links.addresses import (
    PORTS,
    Address,
    Fault,
    Number,
    is_public,
    parsed,
)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_GONE = frozenset({404, 410})
_NO_NETWORK = frozenset({101, 100})  # ENETUNREACH, ENETDOWN


class Cache(Protocol):
    """The part of Django's cache that is needed."""

    def get(self, key: str) -> object: ...

    def get_many(self, keys: Iterable[str]) -> Mapping[str, object]: ...

    def set(self, key: str, value: object, timeout: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Visitor:
    """Goes to one address after another.

    `allows` judges a number before it is connected to; only tests put anything else there.
    """

    seconds: float = 10.0
    redirects: int = 5
    agent: str = "NhipCau-LinkCheck/1.0"
    ports: frozenset[int] | None = PORTS
    allows: Callable[[Number], bool] = is_public
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def visit(self, url: str) -> Visit:
        """What came of it; nothing is raised, whatever the other side does."""
        deadline = time.monotonic() + self.seconds
        here, for_good = urldefrag(url).url, True
        status = 0
        for _ in range(self.redirects + 1):
            address = parsed(here, ports=self.ports, allows=self.allows)
            if isinstance(address, Fault):
                return Visit(LinkState.FORBIDDEN, status, here if here != url else "")
            try:
                status, location = self._asked(address, deadline)
            except _Refused:
                return Visit(LinkState.FORBIDDEN, status, here if here != url else "")
            except _Offline:
                return Visit(LinkState.OFFLINE)
            except TimeoutError:
                return Visit(LinkState.TOO_SLOW)
            except OSError as error:
                if error.errno in _NO_NETWORK:
                    return Visit(LinkState.OFFLINE)
                late = time.monotonic() >= deadline
                return Visit(LinkState.TOO_SLOW if late else LinkState.UNREACHABLE)
            except (http.client.HTTPException, ValueError):
                # Also where the watch below closed the line at the deadline.
                late = time.monotonic() >= deadline
                return Visit(LinkState.TOO_SLOW if late else LinkState.UNREACHABLE)
            if status not in _REDIRECTS or not location:
                return _judged(status, here if here != urldefrag(url).url and for_good else "")
            for_good = for_good and status in _FOR_GOOD
            here = urldefrag(urljoin(here, location)).url
        return Visit(LinkState.REFUSED, status)

    def _asked(self, address: Address, deadline: float) -> tuple[int, str]:
        number = self._resolved(address, deadline)
        connection = _Pinned(address, number, _left(deadline), self.tls)
        watch = threading.Timer(_left(deadline), connection.cut)
        watch.daemon = True
        watch.start()
        try:
            connection.request(
                "GET",
                address.target,
                headers={
                    "User-Agent": self.agent,
                    "Accept": "*/*",
                    "Accept-Encoding": "identity",
                    "Connection": "close",
                },
            )
            answer = connection.getresponse()
            _left(deadline)  # a line that was cut looks like the end of the headers
            return answer.status, answer.getheader("Location") or ""
        finally:
            watch.cancel()
            connection.cut()
            connection.close()

    def _resolved(self, address: Address, deadline: float) -> Number:
        """The number to connect to.

        Every number of the name must be allowed, not only the first: a name that has a private
        one as well is a trap.
        """
        try:
            found = _looked_up(address.host, address.port, _left(deadline))
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise _Offline from None
            raise
        numbers = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
        if not numbers or not all(self.allows(number) for number in numbers):
            raise _Refused
        return numbers[0]


class _Refused(Exception):
    """The name leads to a number that we do not connect to."""


class _Offline(Exception):
    """This machine cannot go out: nothing is known of the address."""


class _Pinned(http.client.HTTPConnection):
    """Connects to the number that was judged, whatever the name would resolve to by now."""

    def __init__(
        self, address: Address, number: Number, seconds: float, tls: ssl.SSLContext
    ) -> None:
        super().__init__(address.host, address.port, timeout=seconds)
        self._number = str(number)
        self._address = address
        self._tls = tls
        self._line: socket.socket | None = None

    def connect(self) -> None:
        self._line = socket.create_connection((self._number, self._address.port), self.timeout)
        self.sock = self._line
        if self._address.is_secure:
            self.sock = self._tls.wrap_socket(self._line, server_hostname=self._address.host)
            self._line = self.sock

    def cut(self) -> None:
        """End it from another thread: a server that sends a byte a minute is waited for no more."""
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def _judged(status: int, moved_to: str) -> Visit:
    if status in _GONE:
        return Visit(LinkState.GONE, status)
    if not 200 <= status < 300:
        return Visit(LinkState.REFUSED, status)
    return Visit(LinkState.MOVED if moved_to else LinkState.ALIVE, status, moved_to)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


_RESOLVERS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolve")


def _looked_up(host: str, port: int, seconds: float) -> list[str]:
    """Getaddrinfo knows no time limit of its own."""
    asked = _RESOLVERS.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        return [str(entry[4][0]) for entry in asked.result(timeout=seconds)]
    except NotInTime:
        raise TimeoutError from None


KEPT_SECONDS = {
    LinkState.ALIVE: 86_400,
    LinkState.MOVED: 86_400,
    LinkState.FORBIDDEN: 86_400,
    LinkState.GONE: 3_600,
    LinkState.REFUSED: 900,
    LinkState.UNREACHABLE: 900,
    LinkState.TOO_SLOW: 900,
    LinkState.OFFLINE: 60,
}
MOST_ADDRESSES = 300
_AT_ONCE = 4


def visit_all(
    urls: Iterable[str], *, visitor: Visitor, cache: Cache, seconds: float = 120.0
) -> Mapping[str, Visit]:
    """Every address once, a few at a time, those that were visited lately from the cache.

    What is not done in `seconds`, or lies beyond MOST_ADDRESSES, has no entry: nobody looked.
    """
    found: dict[str, Visit] = {}
    wanted: list[str] = []
    for url in dict.fromkeys(urls):
        kept = _kept(cache.get(_key(url)))
        if kept is not None:
            found[url] = kept
        elif len(wanted) < MOST_ADDRESSES:
            wanted.append(url)
    deadline = time.monotonic() + seconds
    with ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="visit") as pool:
        asked = {url: pool.submit(_in_time, visitor, url, deadline) for url in wanted}
        for url, answer in asked.items():
            visit = answer.result()
            if visit is not None:
                found[url] = visit
                told = [visit.state.value, visit.status, visit.target]
                cache.set(_key(url), told, KEPT_SECONDS[visit.state])
    return found


def known_visits(urls: Iterable[str], *, cache: Cache) -> Mapping[str, Visit]:
    """What the worker found lately; who was not visited has no entry. One query, none without."""
    keys = {_key(url): url for url in urls}
    if not keys:
        return {}
    visits = {keys[key]: _kept(told) for key, told in cache.get_many(keys).items()}
    return {url: visit for url, visit in visits.items() if visit is not None}


def _kept(told: object) -> Visit | None:
    if isinstance(told, list) and len(told) == 3:
        return Visit(LinkState(told[0]), int(told[1]), str(told[2]))
    return None


def _in_time(visitor: Visitor, url: str, deadline: float) -> Visit | None:
    return visitor.visit(url) if time.monotonic() < deadline else None


def _key(url: str) -> str:
    return "translation.link." + hashlib.sha256(url.encode()).hexdigest()
