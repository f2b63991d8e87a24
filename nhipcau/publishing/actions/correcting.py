"""Somebody has found a mistake in what is public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.people.actions import write_to
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.publishing.errors import NotPossible, NotYours
from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.permissions import may_ask_for_correction
from nhipcau.translation.actions import remark
from nhipcau.translation.models import LanguageVersion, Remark
from nhipcau.works.models import Work


@transaction.atomic
def ask_for_correction(
    *, versions: Sequence[LanguageVersion], words: str, by: Person, at: datetime, link: str = ""
) -> list[Remark]:
    """Tell those who write what is wrong in the public texts of one work.

    Each text gets a remark; who has the work in hand gets a letter with `link`, the whole address
    of the work's page. What is public stays until the corrected text is cleared and released.
    Raises NotPossible for a text that is not public, or without words.
    """
    if not versions or len({version.subject_id for version in versions}) != 1:
        raise NotPossible(_("Choose one or more texts of one work."))
    if not may_ask_for_correction(rights_of(by, on=timezone.localdate(at))):
        raise NotYours(_("Corrections are asked for by people who work in the house."))
    if not words.strip():
        raise NotPossible(_("Say what is wrong, and what would be right."))
    public = set(
        ReleasedVersion.objects.public(at=at)
        .filter(version__in=[version.pk for version in versions])
        .values_list("version", flat=True)
    )
    for version in versions:
        if version.pk not in public:
            raise NotPossible(_("“%(title)s” is not public.") % {"title": version})
    said = [remark(version=version, text=words, by=by, at=at) for version in versions]
    subject = versions[0].subject
    record(
        event="publishing.correction.asked",
        target=subject,
        by=by,
        at=at,
        after={"remarks": [each.pk for each in said]},
    )
    work = Work.objects.select_related("assignee").filter(pk=subject.pk).first()
    if work is not None and work.assignee is not None and work.assignee != by:
        write_to(
            person=work.assignee,
            template="publishing/mail/correction.txt",
            subject=_("[Nhịp Cầu] Somebody asks for a correction: %(title)s") % {"title": work},
            values={
                "work": work,
                "asked_by": by,
                "words": words.strip()[:4000],
                "languages": [version.language for version in versions],
                "link": link,
            },
            by=by,
            at=at,
            about=f"subject:{subject.pk}",
        )
    return said
