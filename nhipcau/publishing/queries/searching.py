"""What the public finds: in the words that went out, in every language, each work once.

A query in one language finds the works whose text in another language holds the words; each hit
says in which it was found and in which others there is the work (`Hit.tongues`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends import get_search_backend

from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.queries.public import Wanted
from nhipcau.publishing.queries.public_works import Tongue, tongues_of
from nhipcau.publishing.queries.releases import address_of
from nhipcau.search.queries import Typed, synonyms_of, vocabulary
from nhipcau.search.text import Passage, Piece, Query, marked, parse_query, passages

# Facets by the names under which pages show them, and where search_fields have them.
FACETS = {
    "language": "language",
    "kind": "release__work_kind",
    "unit": "release__unit",
    "area": "release__areas",
    "topic": "release__topics",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that holds the words: its title and its best passage with the hits marked."""

    released: ReleasedVersion
    address: str
    title: Sequence[Piece]
    passages: Sequence[Passage]
    tongues: Sequence[Tongue]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, how many texts there are in all, and how many of each kind.

    `facets` have the names of FACETS; their values are keys of rows, or codes of kinds. Where
    nothing was found, `suggestions` are queries that find something, the likeliest first.
    """

    hits: Sequence[Hit]
    count: int
    facets: dict[str, OrderedDict[Any, int]]
    suggestions: Sequence[str] = ()


def search_public(
    typed: str,
    *,
    language: str,
    at: datetime,
    wanted: Wanted | None = None,
    start: int = 0,
    size: int = 10,
    facets: Sequence[str] = tuple(FACETS),
) -> Found:
    """Search what the public reads, whatever was typed. Five queries for a page, beside the index.

    `language` is that in which the words were typed; `wanted.language` narrows to texts of one.
    Raises IndexNotReady where this machine has no index to search in.
    """
    standing = _standing(wanted or Wanted())
    results = get_search_backend().search(Typed(typed, language=language), standing)
    names = [FACETS[name] for name in facets]
    answer = results[start : start + size].answer(facets=names)
    rows = [row for row in answer.rows if row.release.released_at <= at]
    tongues = tongues_of([row.release.subject_id for row in rows], at=at) if rows else {}
    query = parse_query(typed, language=language, synonyms=synonyms_of(language))
    hits = [
        Hit(
            released=row,
            address=address_of(row),
            title=marked(row.title, query, language=row.language.tag),
            passages=passages(
                "\n".join(filter(None, (row.searched_summary, row.searched_words))),
                query,
                language=row.language.tag,
            ),
            tongues=tongues.get(row.release.subject_id, ()),
        )
        for row in rows
    ]
    counted = {name: answer.facets[FACETS[name]] for name in facets}
    meant = () if answer.count else _meant(query, language, standing)
    return Found(hits, answer.count, counted, meant)


def _meant(query: Query, language: str, standing: QuerySet[ReleasedVersion]) -> list[str]:
    """What was perhaps meant, as far as it finds something. A search for each, three at most.

    An index knows a word for some time after the last text that held it was taken back: such a
    word is not told.
    """
    find = get_search_backend().search
    offered = [each.text for each in vocabulary(ReleasedVersion).suggest(query)]
    return [text for text in offered if find(Typed(text, language=language), standing).count()]


def complete_public(typed: str, *, language: str, most: int = 8) -> list[str]:
    """Titles of what the public reads in the language and that begin so. Two queries."""
    rows = get_search_backend().autocomplete(
        typed, _standing(Wanted(language=language)), operator="and"
    )
    return list(dict.fromkeys(row.title for row in rows[:most]))


def _standing(wanted: Wanted) -> QuerySet[ReleasedVersion]:
    """What stands before the public and fits; a release is written at its minute, never before.

    As `ReleasedVersionQuerySet.public` for the present moment, in conditions that stay the same
    from one search to the next, so that counts can be remembered.
    """
    rows = ReleasedVersion.objects.filter(superseded_at__isnull=True, withdrawn_at__isnull=True)
    if wanted.language:
        rows = rows.filter(language__tag=wanted.language)
    if wanted.mode:
        rows = rows.filter(mode=wanted.mode)
    if wanted.kinds:
        rows = rows.filter(release__work_kind__in=sorted(wanted.kinds))
    if wanted.units:
        rows = rows.filter(release__unit__in=sorted(wanted.units))
    if wanted.areas:
        rows = rows.filter(release__areas__in=sorted(wanted.areas))
    if wanted.topics:
        rows = rows.filter(release__topics__key__in=sorted(wanted.topics))
    if wanted.programmes:
        rows = rows.filter(release__programmes__key__in=sorted(wanted.programmes))
    if wanted.since is not None:
        rows = rows.filter(release__released_at__gte=wanted.since)
    if wanted.before is not None:
        rows = rows.filter(release__released_at__lt=wanted.before)
    return rows.select_related("release__subject", "release__unit", "language", "revision")
