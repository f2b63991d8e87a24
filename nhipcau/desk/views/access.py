"""Who stands at the door of the desk's own pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from nhipcau.people.enums import Permission
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
