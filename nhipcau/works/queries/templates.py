"""Templates: those offered to whoever begins a work, and all of them for planners."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nhipcau.registry.models import Language, Unit
from nhipcau.translation.proofreading.text.gaps import gaps_in
from nhipcau.works.models import Work, WorkTemplate
from nhipcau.works.queries.pages import Words, words_in


def _offered(units: QuerySet[Unit], on: date) -> QuerySet[WorkTemplate]:
    return WorkTemplate.objects.in_force(on).filter(Q(unit__isnull=True) | Q(unit__in=units))


def templates_for(*, kind: str, units: QuerySet[Unit], on: date) -> list[WorkTemplate]:
    """What a work of this kind may start from: the units' own first. One query."""
    found = _offered(units, on).filter(kind=kind).select_related("unit").order_by("order", "pk")
    return sorted(found, key=lambda template: template.unit_id is None)


def templates_by_kind(*, units: QuerySet[Unit], on: date) -> dict[str, int]:
    """How many templates are offered for each kind that has any. One query."""
    counts = _offered(units, on).order_by().values_list("kind").annotate(count=Count("pk"))
    return dict(counts)


def templates_listed(*, kind: str = "", retired: bool = False) -> QuerySet[WorkTemplate]:
    """All templates, or those retired, each with `uses`: works begun from it. One query a page."""
    uses = (
        Work.objects.filter(template=OuterRef("key"))
        .order_by()
        .values("template")
        .annotate(count=Count("pk"))
        .values("count")
    )
    found = WorkTemplate.objects.in_sight().filter(retired_at__isnull=not retired)
    if kind:
        found = found.filter(kind=kind)
    return (
        found.select_related("unit", "kept_from__work", "kept_by", "retired_by")
        .defer("body")
        .annotate(uses=Coalesce(Subquery(uses), 0))
        .order_by("kind", "order", "pk")
    )


def words_of_template(template: WorkTemplate) -> Words:
    """The words of a template for reading. No query."""
    content = {"title": template.title, "summary": template.summary, "body": template.body}
    return words_in(content, Language(tag=template.language))


def gaps_of(words: Words) -> int:
    """How many gaps a person has to fill. No query."""
    told = [words.title, words.summary]
    for passage in words.passages:
        told += [*passage.lines, *passage.head, *(cell for row in passage.rows for cell in row)]
    return sum(1 for text in told for _gap in gaps_in(text))
