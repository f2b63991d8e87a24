"""How a plan stands to a document that its opening names. Pure."""

from __future__ import annotations

from nhipcau.kernel.folding import folded
from nhipcau.registry.enums import LinkKind

# Law gives the power to plan; a programme, a resolution or a higher plan is what is carried out.
GIVES_THE_POWER = (
    "hiến pháp",
    "bộ luật",
    "luật",
    "pháp lệnh",
    "nghị định",
    "thông tư",
    "quy chế",
)


def kind_of_link(type_words: str) -> LinkKind:
    """`basis` for law and regulations, `implements` for everything that orders something."""
    if folded(type_words).startswith(GIVES_THE_POWER):
        return LinkKind.BASIS
    return LinkKind.IMPLEMENTS
