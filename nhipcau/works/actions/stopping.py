"""Works whose words were stopped: no list names them, and who decides on a stop."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import unaccented
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.translation.actions import confirm_stop, lift_stop
from nhipcau.translation.models import LanguageVersion, Stop, Subject
from nhipcau.translation.queries import writers_of_subject
from nhipcau.works.errors import NotPossible
from nhipcau.works.models import BroughtRecord, RecordSheetRow, Work
from nhipcau.works.permissions import may_see_stopped


def forget_title(*, subject: Subject, by: Actor, at: datetime) -> None:
    """The work is called by its short address, and so is the row of the sheet that brought it."""
    work = Work.objects.select_for_update().filter(pk=subject.pk).first()
    if work is None:
        return
    work.title = work.folded = ""
    work.changed_at = at
    work.save(update_fields=["title", "folded", "changed_at"])
    _call_row(work, "")
    record(event="works.work.title_forgotten", target=work, by=by, at=at)


def recall_title(*, subject: Subject, by: Actor, at: datetime) -> None:
    """The work is called as its words in the original language are called again."""
    work = Work.objects.select_for_update().filter(pk=subject.pk).first()
    if work is None:
        return
    version = (
        LanguageVersion.objects.filter(subject=subject, language=work.original_language_id)
        .order_by("pk")
        .first()
    )
    if version is not None:
        work.title = version.title or version.title_vi
        work.folded = unaccented(f"{version.title} {version.title_vi}")[:700]
    work.changed_at = at
    work.save(update_fields=["title", "folded", "changed_at"])
    _call_row(work, work.title)
    record(event="works.work.title_recalled", target=work, by=by, at=at)


def _call_row(work: Work, title: str) -> None:
    brought = BroughtRecord.objects.filter(work=work).first()
    if brought is not None:
        RecordSheetRow.objects.filter(sheet__unit=brought.unit_id, key=brought.key).update(
            title=title
        )


@transaction.atomic
def decide_on_stop(
    *, work: Work, is_false_alarm: bool, by: Person, at: datetime, reason: str = ""
) -> Stop:
    """The secrecy reviewer of the unit, never a writer of the text, lifts the stop or confirms it.

    Lifted with a `reason` that tells nothing of the words: they are drafts again. Confirmed: they
    stay locked. Raises NotPossible.
    """
    rights = rights_of(by, on=timezone.localdate(at))
    written_by = writers_of_subject(work.pk)
    if by.pk not in written_by and not may_see_stopped(
        rights, unit_id=work.subject.unit_id, written_by=written_by
    ):
        raise NotPossible(_("A stop is decided on by the secrecy reviewers of the unit."))
    if is_false_alarm:
        return lift_stop(subject=work.subject, reason=reason, by=by, at=at)
    return confirm_stop(subject=work.subject, by=by, at=at)
