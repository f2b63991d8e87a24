"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "plans.basis.left_open": _("%(who)s left a legal basis open: %(what)s."),
    "plans.import.brought": _("%(who)s brought a file to be read: “%(what)s”."),
    "plans.import.discarded": _("%(who)s discarded the import of “%(what)s”."),
    "plans.import.forgotten": _("%(who)s forgot “%(what)s”, which had become no plan."),
    "plans.import.read": _("%(who)s read the file “%(what)s”."),
    "plans.import.refused": _("%(who)s refused the file “%(what)s”."),
    "plans.import.step_redone": _("%(who)s took a step again in the review of “%(what)s”."),
    "plans.import.step_undone": _("%(who)s undid a step in the review of “%(what)s”."),
    "plans.import.version_told": _("%(who)s said of which plan “%(what)s” is a version."),
    "plans.plan.accepted": _("%(who)s accepted the plan “%(what)s”."),
}
