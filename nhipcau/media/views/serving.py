"""Bytes over the line: to staff who may see them, to the public what was released."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found

from nhipcau.kernel.actor import Machine
from nhipcau.kernel.parts import answer_with_file
from nhipcau.media import store
from nhipcau.media.actions import make_derivatives
from nhipcau.media.intake.refusals import Refused
from nhipcau.media.models import Derivative, MediaFile, PublicCopy
from nhipcau.media.views.access import item_of, lookers

_MAKER = Machine(gettext_noop("media sizes"))


@lookers
@require_safe
def original(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The cleaned file as it was brought; `?version=2` an older one, `?download` to keep it."""
    item = item_of(request, uuid)
    wanted = request.GET.get("version", "")
    file = item.current
    if wanted:
        file = (
            item.files.select_related("stored").filter(number=int(wanted)).first()
            if wanted.isdecimal() and len(wanted) < 9
            else None
        )
    if file is None:
        raise Http404
    return answer_with_file(
        request,
        store.path_of(file.stored.sha256),
        tag=file.stored.sha256,
        mime=file.mime,
        cache="private, no-cache",
        name=file.file_name,
        download="download" in request.GET,
    )


@lookers
@require_safe
def size(request: HttpRequest, uuid: UUID, spec: str) -> HttpResponseBase:
    """A picture in one of the house's sizes; made when it is asked for the first time."""
    item = item_of(request, uuid)
    file = item.current
    if file is None:
        raise Http404
    if file.mime == "image/svg+xml":
        return original(request, uuid)
    standing = file.derivatives.select_related("stored").filter(spec=spec).first()
    if standing is None:
        standing = _made(file, spec)
    return answer_with_file(
        request,
        store.path_of(standing.stored.sha256),
        tag=standing.stored.sha256,
        mime=standing.mime,
        cache="private, no-cache",
    )


def _made(file: MediaFile, spec: str) -> Derivative:
    try:
        return make_derivatives(file=file, specs=[spec], by=_MAKER, at=timezone.now())[0]
    except (ValueError, Refused) as trouble:
        raise Http404 from trouble


@require_safe
def public(request: HttpRequest, name: str) -> HttpResponseBase:
    """A released file, by the name that only its release tells. One query.

    That there is no such file is kept by no cache: a minute later it may have been released.
    """
    copy = (
        PublicCopy.objects.select_related("stored")
        .filter(name=name, holdings__opens_at__lte=timezone.now())
        .first()
    )
    if copy is None:
        nothing = page_not_found(request, Http404())
        nothing["Cache-Control"] = "no-store"
        return nothing
    return answer_with_file(
        request,
        store.public_path_of(copy.name),
        tag=copy.stored.sha256,
        mime=copy.mime,
        cache="public, max-age=300",
    )
