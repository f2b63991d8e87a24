"""How notices and refusals read to the person who brought the words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.translation.intake.notices import Notice, NoticeKind

SENTENCES: dict[NoticeKind, str | Promise] = {
    NoticeKind.MAY_BE_STAMPED: _(
        "“%(shown)s” may be a mark of secrecy. If it is one, stop here, delete what you brought "
        "and go on offline."
    ),
    NoticeKind.MACROS: _(
        "The document holds macros (programmes). They were left out and nothing of them was run."
    ),
    NoticeKind.EMBEDDED: _(
        "The document holds embedded objects (%(shown)s). They were left out; bring what they "
        "contain as pictures or files of their own."
    ),
    NoticeKind.EXTERNAL: _(
        "The document refers to something outside itself (%(shown)s). It was not fetched; bring it "
        "yourself if it is needed."
    ),
    NoticeKind.CODE: _("Programme code in what was pasted was left out: “%(shown)s”."),
    NoticeKind.HIDDEN_TEXT: _("Hidden text was left out; make it visible if it is meant."),
    NoticeKind.TRACKED_CHANGES: _(
        "The document holds tracked changes; insertions were kept and deletions left out."
    ),
    NoticeKind.COMMENTS: _("The document holds comments; they were left out."),
    NoticeKind.CONTENTS: _("The table of contents was left out; pages make their own."),
    NoticeKind.HEADER: _("The words above or below the pages were left out: “%(shown)s”."),
    NoticeKind.FOOTNOTES: _("The footnotes stand at the end of the text now, with their numbers."),
    NoticeKind.LEGACY_FONTS: _(
        "Words in fonts from before Unicode (TCVN3, VNI) were converted; please read them again."
    ),
    NoticeKind.MERGED_CELLS: _(
        "A table has merged cells (“%(shown)s”): what they hold stands in their first place, the "
        "others are empty."
    ),
    NoticeKind.TABLE_AS_TEXT: _(
        "A table that only arranges text was turned into paragraphs (“%(shown)s”)."
    ),
    NoticeKind.NO_TABLE_HEADS: _(
        "A table has no marked heads (“%(shown)s”); write above each column what stands in it."
    ),
    NoticeKind.UNSAFE_LINK: _(
        "A link to “%(shown)s” is no safe address; its words were kept without the link."
    ),
    NoticeKind.PICTURE_FORMAT: _(
        "A picture is in a format that no page can show (%(shown)s) and was left out; save it as "
        "PNG or JPEG and bring it again."
    ),
    NoticeKind.PICTURE_LOST: _("A picture could not be taken along (%(shown)s); bring it again."),
    NoticeKind.TITLE_GUESSED: _("“%(shown)s” was taken for the title; change it if it is not."),
    NoticeKind.HEADINGS_GUESSED: _(
        "Lines in bold such as “%(shown)s” were taken for headings; check them."
    ),
    NoticeKind.NO_TITLE: _("No title was found; write one."),
}


def sentence(notice: Notice) -> str:
    """One whole sentence in the interface's language."""
    return str(SENTENCES[notice.kind]) % {"shown": notice.shown}
