"""Going back: an earlier text becomes the newest draft, and nothing is lost."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from nhipcau.audit.actions import record
from nhipcau.people.models import Person
from nhipcau.translation.actions import save_words
from nhipcau.translation.enums import ContributionKind
from nhipcau.translation.models import TEXT_FIELDS, LanguageVersion, digest_of
from nhipcau.works.errors import NotPossible


@transaction.atomic
def take_earlier_words(
    *, version: LanguageVersion, revision: Revision, seen: int | None, by: Person, at: datetime
) -> Revision:
    """Keep the words of an earlier text of the version as a new one; both stay in the history.

    Whoever does it has a hand in the words. `seen` is the newest text that the person knew.
    Raises NotPossible for words that are the newest already and for a work in the trash,
    WordsMovedOn and VersionClosed as saving does.
    """
    fresh = LanguageVersion.objects.select_related(
        "subject__work", "latest_revision", "language"
    ).get(pk=version.pk)
    if fresh.subject.work.is_in_trash:
        raise NotPossible(
            _("“%(work)s” is in the trash; take it out first.") % {"work": fresh.subject.work}
        )
    content = fresh.revisions.get(pk=revision.pk).content
    if fresh.latest_revision and digest_of(content) == digest_of(fresh.latest_revision.content):
        raise NotPossible(_("These are the newest words already."))
    words = {name: content[name] for name in TEXT_FIELDS if name in content}
    if isinstance(words.get("body"), str):
        words["body"] = json.loads(words["body"] or "[]")
    taken = save_words(
        version=version,
        by=by,
        at=at,
        words=words,
        seen=seen,
        kind=ContributionKind.TRANSLATED if fresh.source_id else ContributionKind.WROTE,
    )
    record(
        event="works.words.earlier_taken",
        target=fresh,
        by=by,
        at=at,
        after={"from": revision.pk, "revision": taken.pk},
    )
    return taken
