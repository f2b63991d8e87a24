"""Taking back what is public: a notice stays, files go with the words that needed them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.media.actions import withdraw_public_copy
from nhipcau.outbox.actions import put
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.publishing.enums import WithdrawalReason
from nhipcau.publishing.errors import NotPossible, NotYours
from nhipcau.publishing.models import ReleasedFile, ReleasedVersion, releasing
from nhipcau.publishing.permissions import may_withdraw
from nhipcau.publishing.queries.releases import files_by_need
from nhipcau.publishing.rules.releases import holder_of
from nhipcau.publishing.signals import withdrawn
from nhipcau.translation.models import Subject
from nhipcau.works.actions import note_not_public

WITHDRAWN_TOPIC = "publishing.release.withdrawn"


@transaction.atomic
def withdraw(
    *,
    subject: Subject,
    reason: WithdrawalReason,
    notice: str,
    by: Person,
    at: datetime,
    languages: Sequence[str] = (),
    redirect_to: Subject | None = None,
) -> list[ReleasedVersion]:
    """Take the subject back, in these languages (tags) or all; the public reads `notice` instead.

    Files of any of its releases that no public text of the subject still needs are taken from the
    public, unless another work's release holds them. Raises NotPossible when nothing of it is
    public or no notice is given.
    """
    if not may_withdraw(rights_of(by, on=timezone.localdate(at)), unit_id=subject.unit_id):
        raise NotYours(_("Only a publisher of the unit takes its works back."))
    if not notice.strip():
        raise NotPossible(_("Tell the public why it is not there any more."))
    if redirect_to is not None and redirect_to.pk == subject.pk:
        raise NotPossible(_("A work cannot lead to itself."))
    Subject.objects.select_for_update().get(pk=subject.pk)
    standing = ReleasedVersion.objects.standing(subject.pk).select_related("release", "language")
    if languages:
        standing = standing.filter(language__tag__in=languages)
    taken = list(standing)
    if not taken:
        raise NotPossible(_("Nothing of this is public."))
    with releasing():
        for each in taken:
            each.withdrawn_at = at
            each.withdrawal_reason = reason
            each.notice = notice.strip()
            each.redirect_to = redirect_to
            each.save()
        let_files_go(subjects=[subject.pk], by=by, at=at)
    if not ReleasedVersion.objects.standing(subject.pk).exists():
        note_not_public(subjects=[subject.pk], by=by, at=at)
    record(
        event="publishing.release.withdrawn",
        target=taken[0].release,
        by=by,
        at=at,
        after={
            "subject": subject.short_id,
            "reason": reason,
            "languages": sorted(each.language.tag for each in taken),
            "redirect_to": redirect_to.short_id if redirect_to else "",
        },
    )
    put(
        topic=WITHDRAWN_TOPIC,
        key=f"{WITHDRAWN_TOPIC}:{':'.join(str(each.pk) for each in taken)}",
        about=f"subject:{subject.pk}",
        payload={
            "subject": str(subject.uuid),
            "languages": sorted(each.language.tag for each in taken),
        },
        at=at,
    )
    withdrawn.send(ReleasedVersion, versions=taken, by=by, at=at)
    return taken


def let_files_go(*, subjects: Collection[int], by: Person, at: datetime) -> None:
    """Take from the public what no words of these subjects need any more, of all their releases.

    In the transaction that has replaced or withdrawn words, while releasing. Doing it again
    changes nothing.
    """
    files = files_by_need(subjects)
    # Two files of one release may be the same bytes, which it holds once.
    needed = {(each.release_id, each.stored_id) for each in files.needed}
    for each in files.others:
        if (each.release_id, each.stored_id) not in needed:
            withdraw_public_copy(
                stored=each.stored,
                holder=holder_of(each.release.bundle_id or 0, each.release.subject_id),
                by=by,
                at=at,
            )
    ReleasedFile.objects.filter(pk__in=[each.pk for each in files.others]).update(withdrawn_at=at)
