"""Setting right what lists repeat of releases, where somebody wrote past the actions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.publishing.queries.repeated import versions_out_of_step, works_out_of_step
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.models import Work


@transaction.atomic
def mend_lists(*, by: Actor, at: datetime) -> int:
    """Note anew since when texts are ready and works are public; how many were wrong."""
    texts, works = list(versions_out_of_step().defer("body")), list(works_out_of_step())
    for text in texts:
        # It is out of step, so it is the other way round.
        since = vars(text)["approved_at"] if text.ready_since is None else None
        LanguageVersion.objects.filter(pk=text.pk).update(ready_since=since)
        record(event="publishing.list.mended", target=text, by=by, at=at)
    for work in works:
        Work.objects.filter(pk=work.pk).update(public_since=vars(work)["first_at"])
        record(event="publishing.list.mended", target=work, by=by, at=at)
    return len(texts) + len(works)
