"""What each kind of work needs: what is asked, which forms leave, what the plans call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nhipcau.plans.enums import ProductKind
from nhipcau.works.enums import Ask, WorkKind

K, A, P = WorkKind, Ask, ProductKind


@dataclass(frozen=True, slots=True)
class KindSpec:
    """A kind of work. `forms` are slugs of renderers, the first one is what the kind is for."""

    asks: frozenset[Ask]
    forms: tuple[str, ...]
    ordered_as: frozenset[ProductKind]

    @property
    def is_printed(self) -> bool:
        return Ask.PRINT_RUN in self.asks


def _kind(*asks: Ask, forms: tuple[str, ...], ordered_as: ProductKind) -> KindSpec:
    return KindSpec(frozenset(asks) | {A.SUMMARY}, forms, frozenset({ordered_as}))


# Publishing Law, Art. 25: documents that are not for sale need a publishing permit; so printed
# kinds ask for it. The law and its state stand in the registry's documents.
KINDS: Mapping[WorkKind, KindSpec] = {
    K.NEWS: _kind(A.BODY, A.PICTURES, A.EXPIRY, forms=("web", "card", "sms"), ordered_as=P.NEWS),
    K.ARTICLE: _kind(A.BODY, A.PICTURES, forms=("web", "card"), ordered_as=P.NEWS),
    K.FEATURE: _kind(A.BODY, A.PICTURES, forms=("web", "card"), ordered_as=P.NEWS),
    K.BULLETIN: _kind(
        A.BODY, A.RECORDING, A.EXPIRY, forms=("radio-script", "web", "sms"), ordered_as=P.BROADCAST
    ),
    K.BROADCAST: _kind(
        A.BODY, A.RECORDING, A.TRANSCRIPT, forms=("radio-script", "web"), ordered_as=P.BROADCAST
    ),
    K.TOPICAL: _kind(A.BODY, A.FILES, forms=("web", "a4"), ordered_as=P.BOOK),
    K.HANDBOOK: _kind(
        A.BODY,
        A.PICTURES,
        A.PERMIT,
        A.PRINT_RUN,
        forms=("handbook", "epub", "web"),
        ordered_as=P.BOOK,
    ),
    K.LEAFLET: _kind(
        A.BODY,
        A.PICTURES,
        A.PERMIT,
        A.PRINT_RUN,
        forms=("trifold", "a4", "web"),
        ordered_as=P.LEAFLET,
    ),
    K.POSTER: _kind(
        A.BODY, A.PICTURES, A.PERMIT, A.PRINT_RUN, forms=("poster", "web"), ordered_as=P.LEAFLET
    ),
    K.BILLBOARD: _kind(
        A.BODY, A.PICTURES, A.PERMIT, A.PRINT_RUN, forms=("poster", "web"), ordered_as=P.LEAFLET
    ),
    K.INFOGRAPHIC: _kind(
        A.BODY, A.FIGURES, forms=("infographic", "web", "card"), ordered_as=P.INFOGRAPHIC
    ),
    K.PHOTO: _kind(A.BODY, A.PICTURES, forms=("web", "card"), ordered_as=P.PICTURE),
    K.MAP: _kind(A.BODY, A.PICTURES, A.PERMIT, forms=("web", "a4"), ordered_as=P.PICTURE),
    K.RECORD: _kind(A.BODY, A.PICTURES, A.FILES, forms=("web",), ordered_as=P.DATABASE),
    K.VIDEO: _kind(A.BODY, A.RECORDING, A.TRANSCRIPT, forms=("web", "card"), ordered_as=P.VIDEO),
    K.DOCUMENTARY: _kind(
        A.BODY, A.RECORDING, A.TRANSCRIPT, A.PERMIT, forms=("web", "card"), ordered_as=P.VIDEO
    ),
    K.DISC: _kind(A.BODY, A.RECORDING, A.PERMIT, A.PRINT_RUN, forms=("web",), ordered_as=P.VIDEO),
    K.BOOK: _kind(
        A.BODY,
        A.PICTURES,
        A.PERMIT,
        A.PRINT_RUN,
        forms=("handbook", "epub", "web"),
        ordered_as=P.BOOK,
    ),
    K.BRANDED: _kind(
        A.BODY, A.PICTURES, A.PERMIT, A.PRINT_RUN, forms=("web",), ordered_as=P.LEAFLET
    ),
    K.DATASET: _kind(A.BODY, A.FIGURES, A.FILES, forms=("web",), ordered_as=P.DATABASE),
}


def spec_of(kind: str) -> KindSpec:
    """What this kind needs; KeyError for a kind that does not exist."""
    return KINDS[WorkKind(kind)]


def kinds_for(product: str) -> tuple[WorkKind, ...]:
    """The kinds that fulfil what a plan's task orders under this product code."""
    return tuple(kind for kind, spec in KINDS.items() if product in spec.ordered_as)
