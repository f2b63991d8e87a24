"""Who stands at the door of a view."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, QueryDict

from nhipcau.people.enums import Permission
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of_user
from nhipcau.publishing.permissions import HANDING_IN

View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.person


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing at all; None when a page is only asked for."""
    return request.POST if request.method == "POST" else None


def _only(permissions: Collection[Permission]) -> Callable[[View], View]:
    """Lets those in who hold one of these in some unit, before anything is looked up."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            rights = rights_of_user(request.user)
            if not any(rights.may(permission, None) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


# Everybody with a role in the house; what each may do to a text is asked by the actions.
readers = _only([Permission.WORKS_READ])
# Whoever writes for some unit; for which one, the view or its action asks.
writers = _only(HANDING_IN)
# Whoever writes or releases for some unit.
form_orderers = _only([*HANDING_IN, Permission.RELEASES_PUBLISH])
# Publishers of some unit.
publishers = _only([Permission.RELEASES_PUBLISH])
# Whoever takes back what some unit released.
withdrawers = _only([Permission.RELEASES_WITHDRAW])
