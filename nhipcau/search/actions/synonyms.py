"""The editors' list of words that mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.people.models import Person
from nhipcau.registry.models import Language
from nhipcau.search.engine.meanings import forget
from nhipcau.search.errors import NotSynonyms
from nhipcau.search.models import SynonymGroup
from nhipcau.search.text import analyse


@transaction.atomic
def keep_synonyms(
    *,
    wordings: Sequence[str],
    language: Language | None,
    note: str,
    by: Person,
    at: datetime,
    group: SynonymGroup | None = None,
) -> SynonymGroup:
    """A new group of wordings, or another text for `group`. Searches know it within seconds.

    Raises NotSynonyms for fewer than two different wordings that have a word in them.
    """
    listed = list(dict.fromkeys(filter(None, (" ".join(each.split()) for each in wordings))))
    tag = language.tag if language else "und"
    terms = {analyse(each, language=tag).exact for each in listed}
    if len(terms - {()}) < 2 or len(terms) < len(listed):
        raise NotSynonyms(_("Give at least two wordings, one a line, each of them once."))
    before = {"wordings": group.listed} if group else None
    kept = group or SynonymGroup()
    kept.wordings, kept.language, kept.note, kept.changed_at = "\n".join(listed), language, note, at
    kept.save()
    record(
        event="search.synonyms.kept",
        target=kept,
        by=by,
        at=at,
        before=before,
        after={"wordings": listed, "language": language.tag if language else ""},
    )
    transaction.on_commit(forget)
    return kept


@transaction.atomic
def drop_synonyms(*, group: SynonymGroup, by: Person, at: datetime) -> None:
    """The wordings are no longer taken for each other."""
    record(
        event="search.synonyms.dropped",
        target=group,
        by=by,
        at=at,
        before={"wordings": group.listed},
    )
    group.delete()
    transaction.on_commit(forget)
