"""Every address of the house, asked for by every role and by strangers."""

import pytest
from django.template.backends.django import Template
from django.test import Client
from django.utils.safestring import SafeString

from nhipcau.people.enums import Permission, Role
from nhipcau.people.permissions import roles_with
from nhipcau.people.tests.factories import make_unit, make_user
from tests.permissions.addresses import every_address
from tests.permissions.table import TABLE
from tests.permissions.table.audiences import (
    EVERYBODY,
    NOBODY,
    NOT_WITHOUT_ROLE,
    SIGNED_IN,
    STAFF,
    STAFF_BUT_EMPTY,
    STRANGERS,
)

STRANGER = "stranger"
WITHOUT_ROLE = "without a role"
VISITORS = [STRANGER, WITHOUT_ROLE, *Role.values]
# Where somebody is sent who may not see a page.
ELSEWHERE = {"/accounts/login/", "/accounts/", "/admin/", "/admin/login/"}
AUDIENCE_OF = {route: audience for audience, route in TABLE}

IN, AWAY, MISSING = "in", "sent away", "nothing there"


def outcome(answer):
    if answer.status_code == 404:
        return MISSING
    if answer.status_code == 403:
        return AWAY
    if answer.status_code in {301, 302} and answer["Location"].partition("?")[0] in ELSEWHERE:
        return AWAY
    return IN


def expected(audience, visitor):
    """The outcomes that the table allows for the visitor."""
    staff = visitor not in {STRANGER, WITHOUT_ROLE}
    if isinstance(audience, Permission):
        audience = (audience,)
    if isinstance(audience, tuple):
        may = staff and any(Role(visitor) in roles_with(permission) for permission in audience)
        return {IN, MISSING} if may else {AWAY}
    return {
        EVERYBODY: {IN},
        NOT_WITHOUT_ROLE: {AWAY} if visitor == WITHOUT_ROLE else {IN},
        STRANGERS: {IN} if visitor == STRANGER else {AWAY},
        SIGNED_IN: {AWAY} if visitor == STRANGER else {IN},
        STAFF: {IN} if staff else {AWAY},
        STAFF_BUT_EMPTY: {MISSING} if staff else {AWAY},
        NOBODY: {AWAY, MISSING},
    }[audience]


def test_every_address_stands_in_the_table_and_the_table_names_no_other():
    routes = {address.route for address in every_address()}

    assert sorted(routes - set(AUDIENCE_OF)) == [], "Say in tests/permissions/table/ who may."
    assert sorted(set(AUDIENCE_OF) - routes) == []
    assert len(AUDIENCE_OF) == len(TABLE)


@pytest.fixture
def pages_are_empty(monkeypatch):
    """Three thousand pages are asked for who may, not for what they show: none is set."""
    monkeypatch.setattr(Template, "render", lambda *_page: SafeString(""))


# Who may is decided in Python, the same over every database.
@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.usefixtures("pages_are_empty")
@pytest.mark.parametrize("visitor", VISITORS)
def test_every_address_opens_for_those_who_may_and_for_nobody_else(visitor):
    # A page of Wagtail that stumbles over an example which names nothing has let the visitor in.
    client = Client(raise_request_exception=False)
    if visitor != STRANGER:
        roles = [] if visitor == WITHOUT_ROLE else [Role(visitor)]
        client.force_login(make_user(*roles, unit=make_unit()))

    surprises = {
        address.route: found
        for address in every_address()
        if address.route in AUDIENCE_OF
        and (found := outcome(client.get(address.path)))
        not in expected(AUDIENCE_OF[address.route], visitor)
    }

    assert surprises == {}
