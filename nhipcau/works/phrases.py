"""What each kind of work is for, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.works.enums import WorkKind as K

PURPOSES: Mapping[K, str | Promise] = {
    K.NEWS: _("Something that has happened or will happen, told in a few paragraphs."),
    K.ARTICLE: _("A subject looked at more closely, with pictures."),
    K.FEATURE: _("Several parts on one subject, told over time."),
    K.BULLETIN: _("Short items for the loudspeakers and for reading."),
    K.BROADCAST: _("A programme for radio with its script and recording."),
    K.TOPICAL: _("A paper on one topic for officers and reporters."),
    K.HANDBOOK: _("Pages to look things up in, printed and as an e-book."),
    K.LEAFLET: _("One sheet, folded or flat, to be handed out."),
    K.POSTER: _("A few words and a picture to be hung up."),
    K.BILLBOARD: _("A few words for a panel beside the road."),
    K.INFOGRAPHIC: _("Figures drawn as a chart, with their source."),
    K.PHOTO: _("Photographs with captions and credits."),
    K.MAP: _("A map with its maker and permit."),
    K.RECORD: _("Old documents and pictures, with where they come from."),
    K.VIDEO: _("A short film with subtitles."),
    K.DOCUMENTARY: _("A longer film, often in two languages."),
    K.DISC: _("Films and recordings on a disc or a drive."),
    K.BOOK: _("A book with its publishing permit."),
    K.BRANDED: _("A gift or an object that bears the emblem."),
    K.DATASET: _("Figures and records as data that others can use."),
}
