"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "translation.letter.kept_back": _(
        "%(who)s kept back a letter about the text %(what)s, which has been stopped since."
    ),
    "translation.remark.made": _("%(who)s made a remark on “%(what)s”."),
    "translation.remark.settled": _("%(who)s settled a remark on “%(what)s”."),
    "translation.subject.started": _("%(who)s began a new subject, %(what)s."),
    "translation.subjects.started": _("%(who)s began many subjects of “%(what)s” at once."),
    "translation.version.approved": _("%(who)s approved “%(what)s”."),
    "translation.version.followed_source": _(
        "%(who)s brought the translation “%(what)s” up to the newest approved source."
    ),
    "translation.version.given_back": _("%(who)s gave “%(what)s” back to its author."),
    "translation.version.handed_in": _("%(who)s handed in “%(what)s” for clearance."),
    "translation.version.saved": _("%(who)s saved “%(what)s”."),
    "translation.version.started": _("%(who)s began the text “%(what)s”."),
    "translation.version.stop_confirmed": _("%(who)s confirmed the stop of the text %(what)s."),
    "translation.version.stop_lifted": _("%(who)s lifted the stop of the text %(what)s."),
    "translation.version.stopped": _("%(who)s stopped the text %(what)s."),
    "translation.version.taken_back": _("%(who)s took “%(what)s” back out of clearance."),
}
