"""Who stands at the door of a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from nhipcau.people.enums import Permission
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of_user

View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.person


def readers(view: View) -> View:
    """Everybody with a role in the house; what each may do to a text is asked by the actions."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rights_of_user(request.user).may(Permission.WORKS_READ, None):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
