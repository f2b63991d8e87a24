"""The documents around a plan: what it implements, what implements it."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.plans.models import Plan
from nhipcau.plans.rules.graphs import Drawing, drawing
from nhipcau.registry.models import Document, DocumentLink

MOST_STEPS = 4  # from the plan to the Politburo's conclusion is four links in the real plans


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """The drawing, the documents by key, and the plans among them (document key to plan)."""

    drawing: Drawing
    documents: dict[int, Document]
    plans: dict[int, Plan]


def document_graph(plan: Plan) -> DocumentGraph:
    """Documents up to four links from the plan's. At most ten queries, however many documents."""
    known = {plan.document_id}
    links: dict[int, DocumentLink] = {}
    for side, other in (
        ("from_document_id", "to_document_id"),
        ("to_document_id", "from_document_id"),
    ):
        frontier = {plan.document_id}
        for _step in range(MOST_STEPS):
            found = list(DocumentLink.objects.filter(**{f"{side}__in": frontier}))
            links.update({link.pk: link for link in found})
            frontier = {getattr(link, other) for link in found} - known
            known |= frontier
            if not frontier:
                break
    documents = Document.objects.in_bulk(known)
    return DocumentGraph(
        drawing=drawing(
            plan.document_id,
            [(link.from_document_id, link.to_document_id, link.kind) for link in links.values()],
            {key: (str(document.issued_on or ""), key) for key, document in documents.items()},
        ),
        documents=documents,
        plans={found.document_id: found for found in Plan.objects.filter(document_id__in=known)},
    )
