"""A file over the line, whole or in parts: for those who seek in a film, or go on after a break.

Every answer says what it is, and nothing else may be guessed of it; whatever is no plain picture,
sound or film is shown inside a sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

CHUNK = 1 << 18
SANDBOX = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")
_SHOWN = ("image/", "audio/", "video/")


def answer_with_file(
    request: HttpRequest,
    path: Path,
    *,
    tag: str,
    mime: str,
    cache: str,
    name: str = "",
    download: bool = False,
) -> HttpResponseBase:
    """The file, or the part of it that is asked for; Http404 where there is no such file.

    `tag` changes whenever the bytes do, `cache` is the policy of caches, `name` what the file is
    called by whoever keeps it.
    """
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
