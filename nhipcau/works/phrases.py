"""What each kind of work is for, and what is said of sheets of records, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nhipcau.works.enums import SheetState
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

# What each column of a sheet of records holds, by the name of its field.
COLUMNS: Mapping[str, str | Promise] = {
    "key": _(
        "Needed. Your own number of the record; by it a row is known when the sheet comes again."
    ),
    "kind": _("Needed. The kind of work as this page calls it, such as “Tin” or “Ảnh”."),
    "title": _("Needed. 300 characters at most."),
    "language": _("A language's name or tag; Vietnamese when it is empty."),
    "summary": _("2,000 characters at most."),
    "body": _("The text; each line becomes a paragraph."),
    "topics": _("Names or keys of topics on record, parted by “;”."),
    "tasks": _("Tasks of plans in force as “18/KH-UBND II.1”, parted by “;”."),
    "files": _("Names of files in the .zip, parted by “;”."),
    "alt": _("What the pictures show, for readers who cannot see them."),
    "credit": _("Whom the files are by."),
    "licence": _("The key of a licence on record, such as CC-BY-4.0."),
    "source": _("Where the files come from."),
}


def sheet_sentence(state: str, *, done: int, wanted: int, somebody_works: bool) -> str:
    """Where a sheet stands, and whether somebody has to do something."""
    if not somebody_works:
        return gettext(
            "No background worker is at work at the moment; the sheet goes on as soon as one is. "
            "The operator sees it in “nhipcau doctor”."
        )
    if state == SheetState.WAITING:
        return gettext(
            "The sheet is being looked through; you may also close the page and come back."
        )
    if state == SheetState.READY:
        return ngettext(
            "%(count)d row becomes a work when you accept; nothing has been made yet.",
            "%(count)d rows become works when you accept; nothing has been made yet.",
            wanted,
        ) % {"count": wanted}
    if state == SheetState.COMING:
        return gettext(
            "%(done)d of %(wanted)d rows are through; you may also close the page and come back."
        ) % {"done": done, "wanted": wanted}
    if state == SheetState.DONE:
        return ngettext(
            "%(count)d record of this sheet is here as a work.",
            "%(count)d records of this sheet are here as works.",
            wanted,
        ) % {"count": wanted}
    if state == SheetState.GIVEN_UP:
        return gettext("This sheet was given up; works that were made before stay.")
    return gettext("This sheet cannot be read; nothing was made of it.")
