"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "media.file.kept": _("%(who)s added the file “%(what)s”."),
    "media.copy.staged": _("%(who)s made the file “%(what)s” ready for the public."),
    "media.copy.withdrawn": _("%(who)s took the file “%(what)s” away from the public."),
}
