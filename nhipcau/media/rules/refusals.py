"""Why a file is refused and what to do about it, a sentence or two for each reason."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.media.intake.refusals import Refusal

REFUSALS: Mapping[Refusal, str | Promise] = {
    Refusal.EMPTY: _("The file is empty."),
    Refusal.UNKNOWN: _(
        "The library cannot tell what this file is. It takes pictures, PDF and office files, "
        "text, sound and video."
    ),
    Refusal.HEIC: _(
        "This picture is in a telephone's own format (HEIC). Save or share it as JPEG and bring "
        "it again."
    ),
    Refusal.TIFF: _("The library does not take TIFF and BMP. Save the picture as PNG or JPEG."),
    Refusal.OLD_OFFICE: _(
        "This is an office file of the old kind, or one under a password. Save it as .docx, .xlsx "
        "or .pptx without a password."
    ),
    Refusal.ARCHIVE: _("This is an archive. Unpack it and bring its files one by one."),
    Refusal.PROGRAM: _("This is a program. The library takes none, whatever its name is."),
    Refusal.WEB_PAGE: _("This is a web page. Save it as PDF and bring that."),
    Refusal.WINDOWS_MEDIA: _(
        "The library does not take Windows Media. Save the recording as MP4 or MP3."
    ),
    Refusal.POLYGLOT: _(
        "This file is two things at once (%(first)s and %(second)s), as attackers make them. Open "
        "it and save it anew."
    ),
    Refusal.BOMB: _(
        "This picture claims to be %(width)s × %(height)s points; %(most)s million points are the "
        "most. Make it smaller and bring it again."
    ),
    Refusal.TOO_LARGE: _("This file is too large or too swollen (%(size)s; %(most)s at most)."),
    Refusal.TOO_MANY_FRAMES: _(
        "This animation has too many frames (%(frames)s; %(most)s at most). Bring it as a video."
    ),
    Refusal.CUT_OFF: _("This file breaks off in the middle. Copy it from its source once more."),
    Refusal.DAMAGED: _("This file is damaged. Open it, save it anew and bring that."),
    Refusal.ACTIVE_DRAWING: _(
        "This drawing contains something that acts (%(what)s). Save it without, as a plain SVG."
    ),
    Refusal.OUTSIDE_DRAWING: _(
        "This drawing loads something from elsewhere (%(what)s). Put it into the drawing and save "
        "it anew."
    ),
    Refusal.MACROS: _("This file contains macros. Save it without them, as .docx or .xlsx."),
    Refusal.EMBEDDED: _("There are other files inside this file. Take them out, or bring a PDF."),
    Refusal.ENCRYPTED: _("This file is under a password. Save it without and bring it again."),
    Refusal.SIGNED: _(
        "This file bears an electronic signature, which would be broken when private data is taken "
        "out. Print it into a new PDF, or keep the original with the official documents."
    ),
    Refusal.REMARKS: _(
        "There are remarks or tracked changes in this file. Accept or delete them, save and bring "
        "it again."
    ),
    Refusal.ACTIVE_PDF: _(
        "This PDF contains something that acts (%(what)s). Print it into a new PDF and bring that."
    ),
    Refusal.OUTSIDE_DATA: _(
        "This file loads something from elsewhere (%(what)s). Put it into the file and save it "
        "anew."
    ),
    Refusal.CANNOT_CLEAN: _(
        "The private data in this file cannot be taken out. Export it anew from your program."
    ),
    Refusal.TOO_SLOW: _(
        "Examining this file takes too much time or memory. Make it simpler or smaller."
    ),
    Refusal.VIRUS: _("The virus scanner found “%(name)s” in this file; nothing of it was kept."),
    Refusal.OVER_QUOTA: _("The unit has no room left for this file."),
    Refusal.OTHER_KIND: _(
        "This is “%(found)s”, and what it should replace is “%(was)s”. Bring it as a new item."
    ),
}
