"""Who stands at the door of a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from nhipcau.media.models import MediaItem, Upload
from nhipcau.media.permissions import may_add, may_look
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of_user

View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.person


def lookers(view: View) -> View:
    """Everybody with a role in the house; which items, the view asks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_look(rights_of_user(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def bringers(view: View) -> View:
    """People who may bring files for some unit; for which, the view asks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_add(rights_of_user(request.user), unit_id=None):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def item_of(request: HttpRequest, uuid: UUID) -> MediaItem:
    """The item, if the person sees it; for others it does not exist."""
    return get_object_or_404(
        MediaItem.objects.visible_to(rights_of_user(request.user)).select_related(
            "current__stored", "unit"
        ),
        uuid=uuid,
    )


def own_item_of(request: HttpRequest, uuid: UUID) -> MediaItem:
    """The item, for people who keep the library of its unit."""
    item = item_of(request, uuid)
    if not may_add(rights_of_user(request.user), unit_id=item.unit_id):
        raise PermissionDenied
    return item


def upload_of(request: HttpRequest, uuid: UUID) -> Upload:
    """The person's own upload; of others' it is not even said that they exist."""
    return get_object_or_404(
        Upload.objects.select_related("unit", "item", "person", "replaces"),
        uuid=uuid,
        person=person_of(request),
    )
