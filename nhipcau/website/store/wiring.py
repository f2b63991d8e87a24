"""The layer before Django, put together as the settings say."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from pathlib import Path

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from nhipcau.website.store.actions import take_for_a_reader
from nhipcau.website.store.counting import Areas, Tally
from nhipcau.website.store.keeping import keeper
from nhipcau.website.store.making import NO_PAGE, Outcome, is_finished, make_page, use_handler
from nhipcau.website.store.pages import Head
from nhipcau.website.store.serving import PageLayer
from nhipcau.website.store.use import is_own

logger = logging.getLogger(__name__)
_WRITE_DOWN_SECONDS = 5.0
_WORKER_SECONDS = 1.0
_LOOK_SECONDS = 0.02


def layer_before(django: WSGIHandler) -> PageLayer:
    """Finished pages from the store; what is missing is made, what is no page goes to Django."""
    use_handler(django)
    return PageLayer(
        django,
        keeper=keeper(),
        make=make_for_a_reader,
        is_home=is_home,
        behind_tls=settings.BEHIND_TLS,
        largest=settings.PAGE_MEMORY_BYTES,
        count=_counting() if settings.USE_COUNTED_BY == "house" else None,
    )


def _counting() -> Tally:
    """Counts in this process, written down every few seconds and at its end."""
    tally = Tally(
        Path(settings.PAGE_STORE) / "counts",
        today=timezone.localdate,
        own=is_own,
        areas=_areas(),
    )

    def write_down_for_ever() -> None:
        while True:
            time.sleep(_WRITE_DOWN_SECONDS)
            tally.write_down()

    threading.Thread(target=write_down_for_ever, name="counting", daemon=True).start()
    atexit.register(tally.write_down)
    return tally


def _areas() -> Areas:
    """The table of countries; one that cannot be read counts nobody's country and says so."""
    if not settings.USE_AREAS:
        return Areas()
    try:
        return Areas.from_file(Path(settings.USE_AREAS))
    except (OSError, ValueError) as error:
        logger.error("NHIPCAU_USE_AREAS cannot be read: %s", type(error).__name__)  # noqa: TRY400 -- a setting, no defect
        return Areas()


def is_home(host: str) -> bool:
    """Whether the house answers under this name: what Django asks of every request."""
    name, _ = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


def made_or_awaited(address: str) -> Outcome:
    """The page, made here, or by whoever is making it just now or has just made it."""
    until = time.monotonic() + _WORKER_SECONDS
    while True:
        standing = _standing(address)
        if standing is not None:
            return Outcome(is_page=True, answer=standing, was_kept=True)
        if time.monotonic() >= until or _take(address):
            return make_page(address)
        time.sleep(_LOOK_SECONDS)


def _take(address: str) -> bool:
    """Whether we make it; when the database does not answer, we try, and that tells."""
    try:
        return take_for_a_reader(address=address, at=timezone.now())
    except DatabaseError:
        return True


def _standing(address: str) -> tuple[Head, dict[str, bytes]] | None:
    head = keeper().head(address)
    if head is None:
        return None
    bodies = {encoding: keeper().body(head, encoding) for encoding in head.sizes}
    whole = {encoding: body for encoding, body in bodies.items() if body is not None}
    return (head, whole) if len(whole) == len(bodies) else None


def make_for_a_reader(address: str) -> Outcome:
    """Make a missing page while a reader waits; what is no page costs no query."""
    if not is_finished(address):
        return NO_PAGE
    # As around every request: connections that are gone are opened anew, and closed in time.
    request_started.send(sender=PageLayer, environ={})
    try:
        return made_or_awaited(address)
    finally:
        request_finished.send(sender=PageLayer)
