"""The layer before Django, put together as the settings say."""

from __future__ import annotations

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.http.request import split_domain_port, validate_host

from nhipcau.website.store.keeping import keeper
from nhipcau.website.store.making import NO_PAGE, Outcome, is_finished, make_page, use_handler
from nhipcau.website.store.serving import PageLayer


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
    )


def is_home(host: str) -> bool:
    """Whether the house answers under this name: what Django asks of every request."""
    name, _ = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


def make_for_a_reader(address: str) -> Outcome:
    """Make a missing page while a reader waits; what is no page costs no query."""
    if not is_finished(address):
        return NO_PAGE
    # As around every request: connections that are gone are opened anew, and closed in time.
    request_started.send(sender=PageLayer, environ={})
    try:
        return make_page(address)
    finally:
        request_finished.send(sender=PageLayer)
