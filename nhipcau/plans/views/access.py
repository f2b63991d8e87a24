"""Who stands at the door of a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of_user
from nhipcau.plans.models import PlanImport
from nhipcau.plans.permissions import may_accept, may_import, may_read
from nhipcau.registry.models import Unit

View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.person


def readers(view: View) -> View:
    """Everybody with a role in the house."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read(rights_of_user(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def planners(view: View) -> View:
    """People who may bring and accept plans of some unit; which unit is asked by the view."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(rights_of_user(request.user), unit=None):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def deciders(view: View) -> View:
    """People who bring plans, and those who may accept what others brought."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_decide(request, None):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def may_decide(request: HttpRequest, unit: Unit | None) -> bool:
    """Whether the person may bring or accept plans of the unit."""
    rights = rights_of_user(request.user)
    return may_import(rights, unit=unit) or may_accept(rights, unit=unit)


def import_of(request: HttpRequest, uuid: UUID) -> PlanImport:
    """The import, for people who may decide for its unit."""
    plan_import = get_object_or_404(
        PlanImport.objects.select_related("unit", "plan", "brought_by"), uuid=uuid
    )
    if not may_decide(request, plan_import.unit):
        raise PermissionDenied
    return plan_import
