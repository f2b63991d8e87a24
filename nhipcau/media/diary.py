"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "media.file.kept": _("%(who)s added the file “%(what)s”."),
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
    "media.rendition.tried_again": _("%(who)s had a rendition of “%(what)s” tried again."),
}
