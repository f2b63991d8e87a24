"""What the portal says to readers that stands in no template; in every interface language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from nhipcau.publishing.enums import WithdrawalReason
from nhipcau.registry.enums import GateKind
from nhipcau.works.enums import WorkKind

# The house's own names of kinds are those of its plans; readers are told what a thing is to them.
KINDS: Mapping[str, str | Promise] = {
    WorkKind.NEWS: pgettext_lazy("kind for readers", "News"),
    WorkKind.ARTICLE: pgettext_lazy("kind for readers", "Article"),
    WorkKind.FEATURE: pgettext_lazy("kind for readers", "Series"),
    WorkKind.BULLETIN: pgettext_lazy("kind for readers", "Bulletin"),
    WorkKind.BROADCAST: pgettext_lazy("kind for readers", "Radio"),
    WorkKind.TOPICAL: pgettext_lazy("kind for readers", "Topical paper"),
    WorkKind.HANDBOOK: pgettext_lazy("kind for readers", "Handbook"),
    WorkKind.LEAFLET: pgettext_lazy("kind for readers", "Leaflet"),
    WorkKind.POSTER: pgettext_lazy("kind for readers", "Poster"),
    WorkKind.BILLBOARD: pgettext_lazy("kind for readers", "Billboard"),
    WorkKind.INFOGRAPHIC: pgettext_lazy("kind for readers", "Infographic"),
    WorkKind.PHOTO: pgettext_lazy("kind for readers", "Photographs"),
    WorkKind.MAP: pgettext_lazy("kind for readers", "Map"),
    WorkKind.RECORD: pgettext_lazy("kind for readers", "Archive"),
    WorkKind.VIDEO: pgettext_lazy("kind for readers", "Video"),
    WorkKind.DOCUMENTARY: pgettext_lazy("kind for readers", "Documentary"),
    WorkKind.DISC: pgettext_lazy("kind for readers", "Disc"),
    WorkKind.BOOK: pgettext_lazy("kind for readers", "Book"),
    WorkKind.BRANDED: pgettext_lazy("kind for readers", "Souvenir"),
    WorkKind.DATASET: pgettext_lazy("kind for readers", "Data"),
}
FORMS: Mapping[str, str | Promise] = {
    "web-page": pgettext_lazy("form for readers", "Page to keep"),
    "sheet": pgettext_lazy("form for readers", "To print"),
    "leaflet": pgettext_lazy("form for readers", "Leaflet to print"),
    "handbook": pgettext_lazy("form for readers", "Handbook"),
    "epub": pgettext_lazy("form for readers", "E-book"),
    "poster": pgettext_lazy("form for readers", "Poster"),
    "parallel": pgettext_lazy("form for readers", "Two languages side by side"),
    "infographic": pgettext_lazy("form for readers", "Infographic"),
    "radio-script": pgettext_lazy("form for readers", "Text for announcers"),
    "short-text": pgettext_lazy("form for readers", "Short message"),
    "card": pgettext_lazy("form for readers", "Picture to share"),
    "qr": pgettext_lazy("form for readers", "QR code"),
}
REASONS: Mapping[str, str | Promise] = {
    WithdrawalReason.IN_ERROR: pgettext_lazy("why it was taken back", "It was published in error."),
    WithdrawalReason.OUTDATED: pgettext_lazy("why it was taken back", "It is no longer valid."),
    WithdrawalReason.REPLACED: pgettext_lazy(
        "why it was taken back", "It was replaced by something else."
    ),
    WithdrawalReason.RIGHTS: pgettext_lazy(
        "why it was taken back", "A right or a consent has ended."
    ),
    WithdrawalReason.ORDERED: pgettext_lazy(
        "why it was taken back", "A competent body ordered it."
    ),
}
GATES: Mapping[str, str | Promise] = {
    GateKind.INTERNATIONAL: pgettext_lazy("kind of gate for readers", "International border gate"),
    GateKind.BILATERAL: pgettext_lazy("kind of gate for readers", "Main border gate"),
    GateKind.AUXILIARY: pgettext_lazy("kind of gate for readers", "Auxiliary border gate"),
    GateKind.RAILWAY: pgettext_lazy("kind of gate for readers", "Railway border gate"),
    GateKind.SEAPORT: pgettext_lazy("kind of gate for readers", "Seaport border gate"),
    GateKind.CLEARANCE_ROUTE: pgettext_lazy("kind of gate for readers", "Route for goods"),
}


def kind_name(kind: str) -> str:
    """What a kind of work is called to readers, in the language in force; "" for none."""
    return str(KINDS.get(kind, ""))


def form_name(renderer: str) -> str:
    """What a form is called to readers; the slug of one that nobody has named."""
    return str(FORMS.get(renderer, renderer))


def reason_of(reason: str) -> str:
    return str(REASONS.get(reason, ""))


def gate_kind(kind: str) -> str:
    """What a kind of border gate is called to readers; "" for one that is not known."""
    return str(GATES.get(kind, ""))
