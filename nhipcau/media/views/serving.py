"""Bytes over the line: to staff who may see them, to the public what was released.

Every answer says what it is and nothing else may be guessed of it; whatever is no plain picture,
sound or film is shown inside a sandbox. Parts are given for those who seek in a film.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found

from nhipcau.kernel.actor import Machine
from nhipcau.media import store
from nhipcau.media.actions import make_derivatives
from nhipcau.media.intake.refusals import Refused
from nhipcau.media.models import Derivative, MediaFile, PublicCopy
from nhipcau.media.views.access import item_of, lookers

CHUNK = 1 << 18
SANDBOX = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")
_SHOWN = ("image/", "audio/", "video/")
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
    return _answer(
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
    return _answer(
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
    return _answer(
        request,
        store.public_path_of(copy.name),
        tag=copy.stored.sha256,
        mime=copy.mime,
        cache="public, max-age=300",
    )


def _answer(
    request: HttpRequest,
    path: Path,
    *,
    tag: str,
    mime: str,
    cache: str,
    name: str = "",
    download: bool = False,
) -> HttpResponseBase:
    try:
        length = path.stat().st_size
    except FileNotFoundError as missing:
        raise Http404 from missing
    etag = f'"{tag}"'
    if request.headers.get("If-None-Match") == etag:
        answer: HttpResponseBase = HttpResponse(status=304)
    else:
        answer = _bytes_of(request, path, length, mime)
    answer["ETag"] = etag
    answer["Cache-Control"] = cache
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    kind = mime.partition(";")[0]
    is_shown = kind.startswith(_SHOWN) or kind in {"application/pdf", "text/plain"}
    if mime == "image/svg+xml" or not is_shown:
        answer["Content-Security-Policy"] = SANDBOX
    disposition = content_disposition_header(download or not is_shown, name)
    if disposition and (name or not is_shown):
        answer["Content-Disposition"] = disposition
    return answer


def _bytes_of(request: HttpRequest, path: Path, length: int, mime: str) -> HttpResponseBase:
    start, end, status = 0, length - 1, 200
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked is not None and (asked[1] or asked[2]):
        if asked[1]:
            start, end = int(asked[1]), min(int(asked[2] or end), end)
        else:
            start = max(0, length - int(asked[2]))
        if start > end:
            answer: HttpResponseBase = HttpResponse(status=416)
            answer["Content-Range"] = f"bytes */{length}"
            return answer
        status = 206
    if request.method == "HEAD":
        answer = HttpResponse(content_type=mime, status=status)
    else:
        answer = StreamingHttpResponse(
            _stretch(path, start, end + 1), content_type=mime, status=status
        )
    answer["Content-Length"] = str(end + 1 - start)
    if status == 206:
        answer["Content-Range"] = f"bytes {start}-{end}/{length}"
    return answer


def _stretch(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (chunk := file.read(min(CHUNK, end - start))):
            start += len(chunk)
            yield chunk
