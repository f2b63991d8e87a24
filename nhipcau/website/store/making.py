"""Making a finished page: Django is asked as a stranger would ask, and nothing else is told.

A page is made from its address alone, by the house's own name and without any header, cookie or
query of a reader; so what is kept is what everybody may see. A view says that its answers are
finished pages with `@finished_page`; what then sets a cookie, differs by cookie, is private or
streams is never kept.
"""

from __future__ import annotations

import io
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from nhipcau.website.store import actions
from nhipcau.website.store.addresses import is_storable, path_info_of, quoted, type_of
from nhipcau.website.store.edge import says_the_same
from nhipcau.website.store.keeping import keeper
from nhipcau.website.store.pages import LARGEST_BYTES, STATUSES, Head, Page, own_headers
from nhipcau.website.store.queries import changes_seen, is_kept, is_old
from nhipcau.website.store.tags import collecting

logger = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_MARK = "is_finished_page"


def finished_page(view: View) -> View:
    """Declare that what this view answers to a stranger depends on the address alone."""
    setattr(view, _MARK, True)
    return view


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of making a page: `trouble` says why it could not be made, or not be kept."""

    is_page: bool
    trouble: str = ""
    answer: tuple[Head, dict[str, bytes]] | None = None
    was_kept: bool = False

    @property
    def failed(self) -> bool:
        return bool(self.trouble)


NO_PAGE = Outcome(is_page=False)


def is_finished(address: str) -> bool:
    """Whether the view behind the address declares its answers finished pages. No query."""
    if not is_storable(address):
        return False
    with translation.override(_language_of(address)):
        try:
            found = resolve(address)
        except Resolver404:
            return False
    return bool(getattr(found.func, _MARK, False))


def make_page(address: str, *, at: datetime | None = None) -> Outcome:
    """Make the page of an address and keep it; raises nothing.

    A page that fails leaves what stood before, aside at least, and says so in the index. One that
    is not there any more, or that may not be kept, is gone from the store afterwards.
    """
    at = at or timezone.now()
    with _what_is_raised() as raised:
        try:
            if not is_finished(address):
                _forget(address)
                return NO_PAGE
            return _made(address, at, raised)
        except Exception as error:
            logger.exception("the page %s could not be made", address)
            return _failed(address, raised[0] if raised else type(error).__qualname__, at)


def _made(address: str, at: datetime, raised: list[str]) -> Outcome:
    seen = changes_seen()
    with collecting() as tags:
        response = _answer(address)
    if response.status_code >= 500:
        return _failed(address, raised[0] if raised else str(response.status_code), at)
    why_not = _why_not_kept(response)
    if why_not or not isinstance(response, HttpResponse):
        if why_not and response.status_code in STATUSES:
            logger.warning("the page %s is not kept: %s", address, why_not)
        _forget(address)
        return Outcome(is_page=True)
    headers = own_headers(response.headers)
    page = Page(response.status_code, headers, response.content, at)
    noted = actions.note_page(address=address, digest=page.digest, tags=tags, seen=seen, at=at)
    page = Page(response.status_code, headers, response.content, noted.changed_at)
    try:
        keeper().keep(address, page, with_file=_is_like_every_page(address, page))
    except OSError as error:
        logger.exception("the page %s could not be kept", address)
        actions.note_failure(address=address, trouble=_words_of(error), at=at)
        return Outcome(is_page=True, trouble=_words_of(error), answer=(page.head, page.packed))
    if is_old(address):
        # A change came between the index and the disk, and found nothing there to set aside.
        keeper().set_aside([address])
    return Outcome(is_page=True, answer=(page.head, page.packed), was_kept=True)


def _failed(address: str, trouble: str, at: datetime) -> Outcome:
    try:
        actions.note_failure(address=address, trouble=trouble, at=at)
    except Exception:  # the database may be what failed
        logger.exception("that %s could not be made was not noted", address)
    return Outcome(is_page=True, trouble=trouble)


def _words_of(error: OSError) -> str:
    return f"{type(error).__qualname__}: {error.strerror}"


def _forget(address: str) -> None:
    if is_storable(address) and is_kept(address):
        actions.forget_page(address=address)
        keeper().drop([address])


def _why_not_kept(response: HttpResponseBase) -> str:
    """Why an answer may not be kept; "" when it may. Others than these statuses are no pages."""
    if response.status_code not in STATUSES:
        return f"status {response.status_code}"
    if response.streaming or not isinstance(response, HttpResponse):
        return "it streams"
    if response.cookies or response.has_header("Set-Cookie"):
        return "it sets a cookie"
    control = response.get("Cache-Control", "").lower()
    if "private" in control or "no-store" in control or "no-cache" in control:
        return "it says that it is private"
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    if varies - {"", "accept-encoding", "accept-language", "origin"}:
        return f"it differs by {', '.join(sorted(varies))}"
    if "nonce-" in response.get("Content-Security-Policy", ""):
        return "its policy has a number that is good for one answer"
    return "it is too large" if len(response.content) > LARGEST_BYTES else ""


def _is_like_every_page(address: str, page: Page) -> bool:
    """Whether nginx, which knows the file alone, would say the same about it as Django did."""
    if page.status != 200:
        return False
    told = {name.lower(): text for name, text in page.headers}
    language = told.get("content-language", "")
    if language and language != _language_of(address):
        return False
    kind = told.get("content-type", "").lower().replace(" ", "")
    return kind == f"{type_of(address)};charset=utf-8" and says_the_same(page.headers)


# --- asking Django ------------------------------------------------------------------------------

_handler: BaseHandler | None = None
_loading = threading.Lock()


def use_handler(handler: BaseHandler) -> None:
    """The web process has a handler already."""
    global _handler  # noqa: PLW0603 -- one a process: it holds every middleware
    _handler = handler


def _loaded() -> BaseHandler:
    global _handler  # noqa: PLW0603 -- as above
    with _loading:
        if _handler is None:
            handler = BaseHandler()
            handler.load_middleware()
            _handler = handler
    return _handler


def _answer(address: str) -> HttpResponseBase:
    with translation.override(_language_of(address)):
        return _loaded().get_response(WSGIRequest(_environ(address)))


def _environ(address: str) -> dict[str, Any]:
    """What a stranger's browser would say at least, under the house's own name."""
    house = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path_info_of(address),
        "RAW_URI": quoted(address),
        "QUERY_STRING": "",
        "HTTP_HOST": house.netloc,
        "SERVER_NAME": house.hostname or "localhost",
        "SERVER_PORT": str(house.port or (443 if house.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": house.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if house.scheme == "https":
        environ["HTTP_X_FORWARDED_PROTO"] = "https"
    return environ


def _language_of(address: str) -> str:
    """The language that the address names; the house's first where it names none."""
    for part in address.split("/")[1:3]:
        if part in dict(settings.LANGUAGES):
            return part
    return settings.LANGUAGE_CODE


_raised: ContextVar[list[str] | None] = ContextVar("nhipcau_raised", default=None)


@receiver(got_request_exception, dispatch_uid="page_store.raised")
def _note_what_was_raised(**_: object) -> None:
    """Its own words may quote somebody's data; its name does not."""
    names, error = _raised.get(), sys.exc_info()[0]
    if names is not None and error is not None:
        names.append(error.__qualname__)


@contextmanager
def _what_is_raised() -> Iterator[list[str]]:
    """The names of the exceptions that Django answers with 500."""
    names: list[str] = []
    token = _raised.set(names)
    try:
        yield names
    finally:
        _raised.reset(token)
