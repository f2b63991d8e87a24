"""The thin layer before Django: finished pages from memory, everything else to Django.

Needs no Django. What a reader is sent depends on the address alone, and on the encodings the
reader takes; no header, cookie or query of a reader ever reaches a page that is kept, because
pages are made from their address (`make`) and never from somebody's request.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from nhipcau.website.store.addresses import address_in, changes_nothing
from nhipcau.website.store.contract import Keeper
from nhipcau.website.store.negotiation import encoding_for, is_unchanged
from nhipcau.website.store.pages import STATUSES, Head

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
_MAKING_SECONDS = 10
_NOT_MODIFIED = "304 Not Modified"
_NOT_WITH_304 = frozenset({"content-length", "content-encoding", "content-type"})
_MOST_REMEMBERED = 2000


class Made(Protocol):
    """What came of making a page."""

    @property
    def is_page(self) -> bool:
        """Whether the address is one of a finished page at all."""
        ...

    @property
    def failed(self) -> bool:
        """Whether it should be there and could not be made."""
        ...

    @property
    def answer(self) -> tuple[Head, dict[str, bytes]] | None:
        """The page, whether or not it could be kept."""
        ...


class _Held:
    """A page in memory: what is sent in each encoding, and how often it was asked for."""

    __slots__ = ("answers", "generation", "head", "reads", "size", "state")

    def __init__(
        self, head: Head, bodies: dict[str, bytes], state: object, generation: int
    ) -> None:
        self.head, self.state, self.generation, self.reads = head, state, generation, 1
        self.answers = {
            encoding: (STATUSES[head.status], head.sent_with(encoding), [bodies[encoding]])
            for encoding in head.sizes
        }
        self.size = sum(len(body) for body in bodies.values()) + 4096


class PageLayer:
    """A WSGI application before another one.

    `make` has Django make the page of an address and keep it; `is_home` says whether the house
    answers under a Host header; with `behind_tls` a reader who came without is left to Django,
    which sends him on. `largest` bounds the bytes of pages in memory: the most read ones stay.
    """

    def __init__(
        self,
        behind: Application,
        *,
        keeper: Keeper,
        make: Callable[[str], Made],
        is_home: Callable[[str], bool],
        behind_tls: bool,
        largest: int = 64 * 1024 * 1024,
        count: Callable[[str, Environ], None] | None = None,
    ) -> None:
        self._behind, self._keeper, self._make = behind, keeper, make
        self._is_home, self._behind_tls = is_home, behind_tls
        self._largest, self._count = largest, count
        self._held: dict[str, _Held] = {}
        self._size = 0
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}
        self._known_hosts: dict[str, bool] = {}
        self._encodings: dict[tuple[str, tuple[str, ...]], str] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        query = environ.get("QUERY_STRING")
        if (
            method not in {"GET", "HEAD"}
            or (query and not changes_nothing(query))
            or not self._is_for_us(environ)
        ):
            return self._behind(environ, start_response)
        path = environ["PATH_INFO"]
        held = self._held.get(path)
        if held is None or held.generation != self._keeper.generation():
            held = self._looked_up(path)
            if held is None:
                return self._missed(path, environ, start_response)
        held.reads += 1
        return self._answer(held, path, environ, start_response)

    # --- whether it is for us ------------------------------------------------------------------

    def _is_for_us(self, environ: Environ) -> bool:
        if self._behind_tls and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
            return False
        host = environ.get("HTTP_HOST", "")
        known = self._known_hosts.get(host)
        if known is None:
            known = self._is_home(host)
            if len(self._known_hosts) < _MOST_REMEMBERED:
                self._known_hosts[host] = known
        return known

    # --- finding it ----------------------------------------------------------------------------

    def _looked_up(self, path: str) -> _Held | None:
        """The page that stands now, from memory where it is still the same."""
        address = address_in(path)
        if address is None:
            return None
        keeper = self._keeper
        generation = keeper.generation()
        state = keeper.state(address)
        held = self._held.get(path)
        if held is not None and state is not None and held.state == state:
            held.generation = generation
            return held
        found = self._read(address) if state is not None else None
        if found is None:
            self._forget(path)
            return None
        held = _Held(*found, state, generation)
        self._remember(path, held)
        return held

    def _read(self, address: str, *, aside: bool = False) -> tuple[Head, dict[str, bytes]] | None:
        head = self._keeper.head(address, aside=aside)
        if head is None:
            return None
        bodies = {encoding: self._keeper.body(head, encoding) for encoding in head.sizes}
        whole = {encoding: body for encoding, body in bodies.items() if body is not None}
        return (head, whole) if len(whole) == len(bodies) else None

    def _remember(self, path: str, held: _Held) -> None:
        with self._lock:
            before = self._held.pop(path, None)
            if before is not None:
                self._size -= before.size
                held.reads += before.reads
            self._held[path] = held
            self._size += held.size
            if self._size <= self._largest:
                return
            # The less read half goes; what stays must prove itself again.
            ranked = sorted(self._held.items(), key=lambda item: item[1].reads, reverse=True)
            self._held, self._size = {}, 0
            for kept_path, kept in ranked:
                if self._size + kept.size > self._largest // 2:
                    break
                kept.reads //= 2
                self._held[kept_path] = kept
                self._size += kept.size

    def _forget(self, path: str) -> None:
        with self._lock:
            before = self._held.pop(path, None)
            if before is not None:
                self._size -= before.size

    # --- making it -----------------------------------------------------------------------------

    def _missed(
        self, path: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        address = address_in(path)
        if address is None:
            return self._behind(environ, start_response)
        with self._one_at_a_time(path):
            held = self._looked_up(path)
            if held is not None:
                return self._answer(held, path, environ, start_response)
            made = self._make(address)
        if made.answer is not None:
            head, bodies = made.answer
            return self._answer(_Held(head, bodies, None, 0), path, environ, start_response)
        if made.failed:
            aside = self._read(address, aside=True)
            if aside is not None:
                return self._answer(_Held(*aside, None, 0), path, environ, start_response)
        return self._behind(environ, start_response)

    @contextmanager
    def _one_at_a_time(self, path: str) -> Iterator[None]:
        """Of many readers of one page that is missing one makes it; the others wait a while."""
        with self._lock:
            lock = self._making.setdefault(path, threading.Lock())
        got = lock.acquire(timeout=_MAKING_SECONDS)
        try:
            yield
        finally:
            if got:
                lock.release()
            with self._lock:
                if not lock.locked():
                    self._making.pop(path, None)

    # --- sending it ----------------------------------------------------------------------------

    def _answer(
        self, held: _Held, path: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        get = environ.get
        encoding = ""
        if len(held.answers) > 1:
            encoding = self._encoding(get("HTTP_ACCEPT_ENCODING", ""), held)
        status, headers, body = held.answers[encoding]
        if self._count is not None:
            self._count(path, environ)
        none_match, since = get("HTTP_IF_NONE_MATCH"), get("HTTP_IF_MODIFIED_SINCE")
        if (none_match or since) and held.head.status == 200:
            head = held.head
            if is_unchanged(
                head.etag, head.changed_at, none_match=none_match or "", modified_since=since or ""
            ):
                start_response(
                    _NOT_MODIFIED,
                    [pair for pair in headers if pair[0].lower() not in _NOT_WITH_304],
                )
                return []
        start_response(status, headers)
        return body if environ["REQUEST_METHOD"] == "GET" else []

    def _encoding(self, accepted: str, held: _Held) -> str:
        asked = (accepted, tuple(held.answers))
        known = self._encodings.get(asked)
        if known is None:
            known = encoding_for(*asked)
            if len(self._encodings) < _MOST_REMEMBERED:
                self._encodings[asked] = known
        return known
