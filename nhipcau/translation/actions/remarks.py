"""Remarks on drafts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.people.models import Person
from nhipcau.translation.errors import NotPossible
from nhipcau.translation.models import LanguageVersion, Remark
from nhipcau.translation.queries import refuse_stopped


@transaction.atomic
def remark(
    *,
    version: LanguageVersion,
    text: str,
    by: Person,
    at: datetime,
    block: str = "",
    quotation: str = "",
    answers: Remark | None = None,
) -> Remark:
    """Say something about the newest revision: about a block (its id), a quotation, or all of it.

    An answer stands under the first remark of its thread.
    """
    if not text.strip():
        raise NotPossible(_("The remark is empty."))
    refuse_stopped(version.subject_id)
    if version.latest_revision is None:
        raise NotPossible(_("Nothing has been written yet."))
    if answers is not None and answers.version_id != version.pk:
        raise NotPossible(_("This remark belongs to another text."))
    said = Remark.objects.create(
        version=version,
        revision=version.latest_revision,
        block=block[:40],
        quotation=quotation[:500],
        text=text.strip()[:4000],
        by=by,
        at=at,
        answers=(answers.answers or answers) if answers else None,
    )
    record(
        event="translation.remark.made",
        target=version,
        by=by,
        at=at,
        after={"remark": said.pk, "block": block},
    )
    return said


@transaction.atomic
def settle_remark(*, remark: Remark, by: Person, at: datetime) -> None:
    """It has been dealt with; settling twice changes nothing."""
    fresh = Remark.objects.select_for_update().get(pk=remark.pk)
    if fresh.settled_at is not None:
        return
    refuse_stopped(fresh.version.subject_id)
    fresh.settled_at, fresh.settled_by = at, by
    fresh.save(update_fields=["settled_at", "settled_by"])
    record(
        event="translation.remark.settled",
        target=fresh.version,
        by=by,
        at=at,
        after={"remark": fresh.pk},
    )
