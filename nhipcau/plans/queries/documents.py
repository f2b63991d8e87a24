"""The documents around a document: what it implements, what implements it."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.plans.models import Plan
from nhipcau.plans.rules.graphs import Box, Drawing, drawing, narrow_drawing
from nhipcau.registry.enums import LinkKind
from nhipcau.registry.models import Document
from nhipcau.registry.queries.documents import links_within

MOST_STEPS = 4  # from the plan to the Politburo's conclusion is four links in the real plans


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """The drawings, the documents by key, and the plans among them (document key to plan)."""

    drawing: Drawing
    narrow: Drawing
    documents: dict[int, Document]
    plans: dict[int, Plan]

    @property
    def links(self) -> list[tuple[Document, str, Document]]:
        """The drawn links as (lower document, what it does, upper document)."""
        return [
            (
                self.documents[curve.lower],
                str(LinkKind(curve.kind).label),
                self.documents[curve.upper],
            )
            for curve in self.drawing.curves
        ]

    @property
    def views(self) -> list[tuple[str, Drawing, list[tuple[Box, Document, Plan | None]]]]:
        """The drawing for a desk and for a phone, each with what stands in its boxes."""
        return [
            (
                name,
                drawn,
                [(box, self.documents[box.key], self.plans.get(box.key)) for box in drawn.boxes],
            )
            for name, drawn in (("wide", self.drawing), ("narrow", self.narrow))
        ]


def document_graph(document: Document) -> DocumentGraph:
    """Documents up to four links from this one. Two queries, however many documents."""
    links = links_within(document, steps=MOST_STEPS)
    known = {document.pk, *(end for lower, upper, _kind in links for end in (lower, upper))}
    documents = Document.objects.select_related("plan").in_bulk(known)
    order = {key: (str(found.issued_on or ""), key) for key, found in documents.items()}
    drawn = drawing(document.pk, links, order)
    return DocumentGraph(
        drawing=drawn,
        narrow=narrow_drawing(document.pk, links, order),
        documents=documents,
        plans={key: found.plan for key, found in documents.items() if hasattr(found, "plan")},
    )
