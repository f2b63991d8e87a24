"""Taking words into a version from a Word document or a clipboard."""

from __future__ import annotations

import html
import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.queries import rights_of_user
from nhipcau.translation.intake import Brought, NoticeKind, read_paste, read_word
from nhipcau.translation.intake.sentences import sentence
from nhipcau.works.actions import Taken, bring_words
from nhipcau.works.forms import BringWordsForm
from nhipcau.works.permissions import may_bring_pictures, may_write_words
from nhipcau.works.views.access import person_of, version_of_work, writers

MOST_TOLD = 8  # notices as messages; more would bury the page


@writers
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A page to bring words; POST takes them in and goes on to the editor."""
    version = version_of_work(pk)
    rights = rights_of_user(request.user)
    unit = version.subject.unit_id
    if not may_write_words(rights, unit_id=unit, is_translation=version.source_id is not None):
        raise PermissionDenied
    if version.subject.work.is_in_trash:
        messages.error(request, _("“%(work)s” is in the trash.") % {"work": version.subject.work})
        return redirect("works:work", version.subject.uuid)
    is_sent = request.method == "POST"
    form = BringWordsForm(*(request.POST, request.FILES) if is_sent else ())
    if is_sent and form.is_valid():
        try:
            brought = _read(form.cleaned_data["file"], form.cleaned_data["pasted"])
            taken = bring_words(
                version=version,
                brought=brought,
                instead=form.cleaned_data["instead"],
                with_pictures=may_bring_pictures(rights, unit_id=unit),
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell(request, brought, taken)
            return redirect("words:edit", version.pk)
    return render(
        request,
        "works/bring.html",
        {"form": form, "version": version, "work": version.subject.work},
        status=400 if form.errors else 200,
    )


def _read(file: UploadedFile | None, pasted: str) -> Brought:
    if file is None:
        return read_paste(pasted if "<" in pasted else _as_paragraphs(pasted))
    with tempfile.TemporaryDirectory(prefix="nhipcau-word-") as folder:
        path = Path(folder) / "brought.docx"
        with path.open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
        return read_word(path)


def _as_paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())


def _tell(request: HttpRequest, brought: Brought, taken: Taken) -> None:
    messages.success(
        request,
        ngettext(
            "Taken in: %(count)d part of the text. Read it through.",
            "Taken in: %(count)d parts of the text. Read them through.",
            taken.blocks,
        )
        % {"count": taken.blocks},
    )
    for name, reason in taken.lost:
        messages.warning(
            request,
            _("The picture “%(name)s” was left out. %(reason)s") % {"name": name, "reason": reason},
        )
    # A title is missed only where the text has none either.
    notices = [
        notice
        for notice in brought.notices
        if notice.kind != NoticeKind.NO_TITLE or not taken.title
    ]
    for notice in notices[:MOST_TOLD]:
        tell = messages.warning if notice.kind == NoticeKind.MAY_BE_STAMPED else messages.info
        tell(request, sentence(notice))
