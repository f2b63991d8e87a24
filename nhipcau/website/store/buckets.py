"""Finished pages in S3-compatible storage, which several web nodes share and a CDN may read.

    pages/vi/cho-phien-3k7bw2n/index.html     the page for a CDN that takes it from there
    now/vi/cho-phien-3k7bw2n/index.html       its head; under old/ what was set aside
    bodies/3f/3f2a...   .gz  .br              the bytes, named by what they are
    generation                                written anew by every change

An object is replaced whole, so what is read is always one head, and the bytes it names lie there
before it does. Each web process asks every few seconds whether anything changed.
"""

from __future__ import annotations

import http.client
import threading
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from defusedxml.ElementTree import fromstring

from nhipcau.website.store.addresses import INDEX, has_a_file, is_storable, place_of, type_of
from nhipcau.website.store.pages import CACHE_CONTROL, ENCODINGS, DamagedHead, Head, Page
from nhipcau.website.store.signing import Key, query_of, signed

ASKS_EVERY_SECONDS = 2.0
_PATIENCE_SECONDS = 10
_GONE = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.OK, HTTPStatus.NOT_FOUND})


class StorageRefused(OSError):
    """The storage answered something else than what it was asked for."""


class Bucket:
    """A `contract.Keeper` in a bucket. `url` is https://host/bucket or https://host/bucket/prefix."""

    def __init__(self, url: str, key: Key) -> None:
        parts = urlsplit(url)
        self._is_tls, self._host = parts.scheme == "https", parts.netloc
        self._bucket, _, prefix = parts.path.strip("/").partition("/")
        self._prefix = f"{prefix}/" if prefix else ""
        self._key = key
        self._lines = threading.local()
        self._generation, self._asked_at = 0, -ASKS_EVERY_SECONDS
        self._asking = threading.Lock()

    # --- writing ------------------------------------------------------------------------------

    def keep(self, address: str, page: Page, *, with_file: bool) -> None:
        place = place_of(address)
        for encoding, packed in page.packed.items():
            name = _body(page.digest) + ENCODINGS[encoding]
            if self._ask("HEAD", name)[0] != HTTPStatus.OK:
                self._put(name, packed)
        if with_file and has_a_file(address):
            kind = f"{type_of(address)}; charset=utf-8"
            told = {"content-type": kind, "cache-control": CACHE_CONTROL}
            self._put(f"pages/{place}", page.body, told)
        else:
            self._delete(f"pages/{place}")
        self._put(f"now/{place}", page.head.as_bytes())
        self._delete(f"old/{place}")
        self._moved()

    def set_aside(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            place = place_of(address)
            source = quote(f"/{self._bucket}/{self._prefix}now/{place}", safe="/-._~")
            status, _, _ = self._ask("PUT", f"old/{place}", headers={"x-amz-copy-source": source})
            if status == HTTPStatus.NOT_FOUND:
                continue
            if status != HTTPStatus.OK:
                raise StorageRefused(status, f"setting aside was answered with {status}")
            self._delete(f"now/{place}")
            self._delete(f"pages/{place}")
        self._moved()

    def set_all_aside(self) -> None:
        self.set_aside(list(self.addresses()))

    def drop(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            for below in ("now", "pages", "old"):
                self._delete(f"{below}/{place_of(address)}")
        self._moved()

    def sweep(self, named: Collection[str], *, before: float) -> int:
        gone = 0
        # Listed to the end before the first is taken away: a list in parts goes on by its place.
        for name, written in list(self._listed("bodies/")):
            if name.rpartition("/")[2].partition(".")[0] not in named and written < before:
                self._delete(name)
                gone += 1
        return gone

    # --- reading ------------------------------------------------------------------------------

    def head(self, address: str, *, aside: bool = False) -> Head | None:
        found = self._get(f"{'old' if aside else 'now'}/{place_of(address)}")
        try:
            return None if found is None else Head.from_bytes(found)
        except DamagedHead:
            return None

    def body(self, head: Head, encoding: str) -> bytes | None:
        found = self._get(_body(head.digest) + ENCODINGS[encoding])
        return found if found is not None and len(found) == head.sizes[encoding] else None

    def addresses(self) -> Iterator[str]:
        for name, _ in self._listed("now/"):
            place = name.removeprefix("now/")
            is_index = place.rpartition("/")[2] == INDEX
            address = "/" + (place.removesuffix(INDEX) if is_index else place)
            if is_storable(address):
                yield address

    def state(self, address: str) -> object:
        try:
            status, headers, _ = self._ask("HEAD", f"now/{place_of(address)}")
        except OSError:
            return None
        return headers.get("etag") if status == HTTPStatus.OK else None

    def generation(self) -> int:
        """What the storage says, at most every two seconds; one request asks, the others go on."""
        now = time.monotonic()
        if now - self._asked_at < ASKS_EVERY_SECONDS or not self._asking.acquire(blocking=False):
            return self._generation
        try:
            self._asked_at = now
            with suppress(ValueError):
                self._generation = int(self._get("generation") or 0)
        finally:
            self._asking.release()
        return self._generation

    # --- how ----------------------------------------------------------------------------------

    def _moved(self) -> None:
        told = uuid.uuid4().int >> 64
        self._put("generation", str(told).encode())
        self._generation = told

    def _get(self, name: str) -> bytes | None:
        try:
            status, _, body = self._ask("GET", name)
        except OSError:
            return None
        return body if status == HTTPStatus.OK else None

    def _put(self, name: str, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        status, _, _ = self._ask("PUT", name, body=body, headers=headers or {})
        if status != HTTPStatus.OK:
            raise StorageRefused(status, f"keeping a page was answered with {status}")

    def _delete(self, name: str) -> None:
        status, _, _ = self._ask("DELETE", name)
        if status not in _GONE:
            raise StorageRefused(status, f"taking a page away was answered with {status}")

    def _listed(self, below: str) -> Iterator[tuple[str, float]]:
        """Names below a prefix, and when each was written; a thousand a question."""
        query = {"list-type": "2", "prefix": self._prefix + below}
        while True:
            status, _, body = self._ask("GET", "", query=query, is_bucket=True)
            if status != HTTPStatus.OK:
                raise StorageRefused(status, f"listing pages was answered with {status}")
            told = fromstring(body)
            space = told.tag.partition("}")[0] + "}" if told.tag.startswith("{") else ""
            for each in told.iter(f"{space}Contents"):
                name = each.findtext(f"{space}Key") or ""
                written = each.findtext(f"{space}LastModified") or ""
                moment = datetime.fromisoformat(written).timestamp()
                yield name.removeprefix(self._prefix), moment
            following = told.findtext(f"{space}NextContinuationToken")
            if not following:
                return
            query = query | {"continuation-token": following}

    def _ask(
        self,
        method: str,
        name: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        is_bucket: bool = False,
    ) -> tuple[int, dict[str, str], bytes]:
        """One question on this thread's line; a line that was closed meanwhile is opened anew."""
        path = f"/{self._bucket}" if is_bucket else f"/{self._bucket}/{self._prefix}{name}"
        asked = quote(path, safe="/-._~") + (f"?{query_of(query)}" if query else "")
        told = signed(
            method,
            host=self._host,
            path=path,
            query=query or {},
            headers=headers or {},
            body=body,
            key=self._key,
            at=datetime.now(UTC),  # noqa: TID251 -- a signature is good for minutes of the real clock
        )
        for attempt in (0, 1):
            line = self._line(anew=attempt == 1)
            try:
                line.request(method, asked, body=body or None, headers=told)
                answer = line.getresponse()
                content = answer.read()
            except http.client.HTTPException as error:
                if attempt:
                    raise StorageRefused(0, type(error).__name__) from error
            except OSError:
                if attempt:
                    raise
            else:
                found = {key.lower(): text for key, text in answer.getheaders()}
                return answer.status, found, content
        raise StorageRefused(0, "no answer")

    def _line(self, *, anew: bool) -> http.client.HTTPConnection:
        line: http.client.HTTPConnection | None = getattr(self._lines, "open", None)
        if line is None or anew:
            if line is not None:
                line.close()
            kind = http.client.HTTPSConnection if self._is_tls else http.client.HTTPConnection
            line = self._lines.open = kind(self._host, timeout=_PATIENCE_SECONDS)
        return line


def _body(digest: str) -> str:
    return f"bodies/{digest[:2]}/{digest}"
