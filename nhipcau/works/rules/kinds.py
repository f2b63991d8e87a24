"""What each kind of work needs: what is asked, what it is for, what the plans call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nhipcau.plans.enums import ProductKind
from nhipcau.works.enums import Ask, WorkKind

K, A, P = WorkKind, Ask, ProductKind


@dataclass(frozen=True, slots=True)
class KindSpec:
    """A kind of work. `form` is the slug of the renderer that the kind is for.

    Which further forms it can take, the renderers say themselves (`kinds` of their contract).
    """

    asks: frozenset[Ask]
    form: str
    ordered_as: frozenset[ProductKind]

    @property
    def is_printed(self) -> bool:
        return Ask.PRINT_RUN in self.asks


def _kind(
    *asks: Ask, form: str, ordered_as: ProductKind, also: tuple[ProductKind, ...] = ()
) -> KindSpec:
    return KindSpec(frozenset(asks) | {A.SUMMARY}, form, frozenset({ordered_as, *also}))


# Publishing Law, Art. 25: documents that are not for sale need a publishing permit; so printed
# kinds ask for it. The law and its state stand in the registry's documents.
KINDS: Mapping[WorkKind, KindSpec] = {
    K.NEWS: _kind(A.BODY, A.PICTURES, A.EXPIRY, form="web-page", ordered_as=P.NEWS),
    K.ARTICLE: _kind(A.BODY, A.PICTURES, form="web-page", ordered_as=P.NEWS),
    K.FEATURE: _kind(A.BODY, A.PICTURES, form="web-page", ordered_as=P.NEWS),
    # “48 bản tin” of a plan are read as news, whether they are to be printed or spoken.
    K.BULLETIN: _kind(
        A.BODY,
        A.RECORDING,
        A.EXPIRY,
        form="radio-script",
        ordered_as=P.BROADCAST,
        also=(P.NEWS,),
    ),
    K.BROADCAST: _kind(
        A.BODY, A.RECORDING, A.TRANSCRIPT, form="radio-script", ordered_as=P.BROADCAST
    ),
    K.TOPICAL: _kind(A.BODY, A.FILES, form="web-page", ordered_as=P.BOOK),
    K.HANDBOOK: _kind(
        A.BODY,
        A.PICTURES,
        A.PERMIT,
        A.PRINT_RUN,
        form="handbook",
        ordered_as=P.BOOK,
    ),
    K.LEAFLET: _kind(
        A.BODY,
        A.PICTURES,
        A.PERMIT,
        A.PRINT_RUN,
        form="leaflet",
        ordered_as=P.LEAFLET,
    ),
    K.POSTER: _kind(A.BODY, A.PICTURES, A.PERMIT, A.PRINT_RUN, form="poster", ordered_as=P.LEAFLET),
    K.BILLBOARD: _kind(
        A.BODY, A.PICTURES, A.PERMIT, A.PRINT_RUN, form="poster", ordered_as=P.LEAFLET
    ),
    K.INFOGRAPHIC: _kind(A.BODY, A.FIGURES, form="infographic", ordered_as=P.INFOGRAPHIC),
    K.PHOTO: _kind(A.BODY, A.PICTURES, form="web-page", ordered_as=P.PICTURE),
    K.MAP: _kind(A.BODY, A.PICTURES, A.PERMIT, form="web-page", ordered_as=P.PICTURE),
    K.RECORD: _kind(A.BODY, A.PICTURES, A.FILES, form="web-page", ordered_as=P.DATABASE),
    K.VIDEO: _kind(A.BODY, A.RECORDING, A.TRANSCRIPT, form="web-page", ordered_as=P.VIDEO),
    K.DOCUMENTARY: _kind(
        A.BODY, A.RECORDING, A.TRANSCRIPT, A.PERMIT, form="web-page", ordered_as=P.VIDEO
    ),
    K.DISC: _kind(A.BODY, A.RECORDING, A.PERMIT, A.PRINT_RUN, form="web-page", ordered_as=P.VIDEO),
    K.BOOK: _kind(
        A.BODY,
        A.PICTURES,
        A.PERMIT,
        A.PRINT_RUN,
        form="handbook",
        ordered_as=P.BOOK,
    ),
    K.BRANDED: _kind(
        A.BODY, A.PICTURES, A.PERMIT, A.PRINT_RUN, form="web-page", ordered_as=P.LEAFLET
    ),
    K.DATASET: _kind(A.BODY, A.FIGURES, A.FILES, form="web-page", ordered_as=P.DATABASE),
}


def spec_of(kind: str) -> KindSpec:
    """What this kind needs; KeyError for a kind that does not exist."""
    return KINDS[WorkKind(kind)]


def kinds_for(product: str) -> tuple[WorkKind, ...]:
    """The kinds that fulfil what a plan's task orders under this product code."""
    return tuple(kind for kind, spec in KINDS.items() if product in spec.ordered_as)
