"""Who stands at the door of the desk's own pages."""

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


def those_with(permission: Permission) -> Callable[[View], View]:
    """Let in whoever holds the permission in any unit today."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not rights_of_user(request.user).may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.person


def may_change_registry(request: HttpRequest) -> bool:
    return rights_of_user(request.user).may(Permission.REGISTRY_CHANGE)


def may_read_history(request: HttpRequest) -> bool:
    """Whoever may change the registry sees what was changed, and so does who reads the diary."""
    rights = rights_of_user(request.user)
    return rights.may(Permission.REGISTRY_CHANGE) or rights.may(Permission.AUDIT_READ)
