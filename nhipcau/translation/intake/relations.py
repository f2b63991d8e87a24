"""What the parts of a Word document refer to."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.plans.reading.sources import package


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: another part, or something outside the document."""

    kind: str
    target: str
    is_outside: bool


def relations_of(opened: package.Package, part: str) -> dict[str, Relation]:
    """The relations of a part by their ids; what lies outside keeps its address."""
    folder, _, name = part.rpartition("/")
    root = opened.tree(f"{folder}/_rels/{name}.rels")
    found = {}
    for relation in () if root is None else root.iter("{*}Relationship"):
        target = relation.get("Target", "")
        outside = relation.get("TargetMode") == "External"
        found[relation.get("Id", "")] = Relation(
            relation.get("Type", "").rpartition("/")[2],
            target if outside else package.resolved(part, target),
            outside,
        )
    return found
