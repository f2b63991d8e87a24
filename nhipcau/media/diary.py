"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "media.file.kept": _("%(who)s added the file “%(what)s”."),
    "media.item.added": _("%(who)s added “%(what)s” to the library."),
    "media.item.changed": _("%(who)s changed what is said of “%(what)s” in the library."),
    "media.item.replaced": _("%(who)s replaced the file of “%(what)s”."),
    "media.item.trashed": _("%(who)s put “%(what)s” into the trash."),
    "media.item.measured": _("%(who)s measured the files of “%(what)s” anew."),
    "media.item.purged": _("%(who)s removed “%(what)s” from the trash for good."),
    "media.item.restored": _("%(who)s brought “%(what)s” back from the trash."),
    "media.alt_text.changed": _("%(who)s changed the alternative text of “%(what)s”."),
    "media.upload.refused": _("%(who)s brought the file “%(what)s”, which was refused."),
    "media.quota.set": _("%(who)s set a storage quota: %(what)s."),
    "media.file.signed": _("%(who)s signed the file “%(what)s” with the house's key."),
    "media.copy.staged": _("%(who)s made the file “%(what)s” ready for the public."),
    "media.copy.withdrawn": _("%(who)s took the file “%(what)s” away from the public."),
    "media.moving.looked_at": _("%(who)s found out what “%(what)s” holds."),
    "media.moving.unusable": _("%(who)s found that “%(what)s” cannot be used."),
    "media.moving.cut_taken": _("%(who)s had “%(what)s” used up to where it breaks off."),
    "media.moving.poster_chosen": _("%(who)s chose another poster for “%(what)s”."),
    "media.renditions.ordered": _("%(who)s had renditions made of “%(what)s”."),
    "media.rendition.made": _("%(who)s made the rendition “%(what)s”."),
    "media.rendition.failed": _("%(who)s could not make a rendition of “%(what)s”."),
    "media.rendition.cancelled": _("%(who)s stopped a rendition of “%(what)s”."),
    "media.subtitles.begun": _("%(who)s began subtitles of “%(what)s”."),
    "media.subtitles.saved": _("%(who)s changed subtitles of “%(what)s”."),
    "media.subtitles.brought": _("%(who)s brought a file of subtitles for “%(what)s”."),
    "media.transcript.saved": _("%(who)s changed a transcript of “%(what)s”."),
    "media.rendition.tried_again": _("%(who)s had a rendition of “%(what)s” tried again."),
}
