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
from nhipcau.people.queries import Rights, rights_of_user
from nhipcau.translation.enums import VersionState
from nhipcau.translation.errors import TextStopped
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.queries import writers_of_subject
from nhipcau.works.models import Work
from nhipcau.works.permissions import (
    WRITING,
    may_assign,
    may_change,
    may_decide_on_stops,
    may_keep_template,
    may_read,
    may_see_history,
    may_see_stopped,
    may_start,
    may_write_words,
)
from nhipcau.works.queries import in_sight, work_of

View = Callable[..., HttpResponseBase]


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; PermissionDenied for nobody."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.person


def only(holds: Callable[[Rights], bool]) -> Callable[[View], View]:
    """Lets those in whose rights are so, before anything is looked up."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not holds(rights_of_user(request.user)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


# Everybody with a role in the house.
readers = only(may_read)
# Secrecy reviewers of some unit; of whose words, the action asks.
secrecy_reviewers = only(may_decide_on_stops)
# Authors of some unit; of which one, the view asks.
authors = only(lambda rights: may_start(rights, unit_id=None))
# Planners of some unit, who keep works as templates.
planners = only(lambda rights: may_keep_template(rights, unit_id=None))
# Authors, translators and revisers of some unit.
writers = only(lambda rights: any(rights.may(permission) for permission in WRITING))
# Whoever writes, clears or releases in some unit.
historians = only(lambda rights: may_see_history(rights, unit_id=None, is_translation=True))


def _gives(rights: Rights) -> bool:
    return any(
        may_assign(rights, unit_id=unit) for unit in (grant.unit_id for grant in rights.grants)
    )


# Authors and approvers of some unit.
givers = only(_gives)


def found(uuid: UUID) -> Work:
    """The work of the subject, or 404; raises TextStopped, which leads to the procedure."""
    return in_sight(get_object_or_404(work_of(uuid)))


def own_work(request: HttpRequest, uuid: UUID) -> Work:
    """The work, for authors of its unit."""
    work = found(uuid)
    if not may_change(rights_of_user(request.user), unit_id=work.unit.pk):
        raise PermissionDenied
    return work


def work_to_give(request: HttpRequest, uuid: UUID) -> Work:
    """The work, for whoever gives it to people."""
    work = found(uuid)
    if not may_assign(rights_of_user(request.user), unit_id=work.unit.pk):
        raise PermissionDenied
    return work


def work_to_translate(request: HttpRequest, uuid: UUID) -> Work:
    """The work, for whoever adds languages to it."""
    work = found(uuid)
    rights = rights_of_user(request.user)
    if not may_write_words(rights, unit_id=work.unit.pk, is_translation=True):
        raise PermissionDenied
    return work


def version_of_work(pk: int) -> LanguageVersion:
    """The version of a work's words, or 404; raises TextStopped, which leads to the procedure."""
    version = _version_of_work(pk)
    if version.state == VersionState.STOPPED:
        raise TextStopped(version.subject_id)
    return version


def version_to_read(request: HttpRequest, pk: int) -> LanguageVersion:
    """As `version_of_work`, but what was stopped is opened to those who may still see it."""
    version = _version_of_work(pk)
    if version.state == VersionState.STOPPED and not may_see_stopped(
        rights_of_user(request.user),
        unit_id=version.subject.unit_id,
        written_by=writers_of_subject(version.subject_id),
    ):
        raise TextStopped(version.subject_id)
    return version


def _version_of_work(pk: int) -> LanguageVersion:
    return get_object_or_404(
        LanguageVersion.objects.filter(subject__work__isnull=False).select_related(
            "subject__work", "language", "latest_revision", "source__language", "made_from"
        ),
        pk=pk,
    )
