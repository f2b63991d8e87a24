"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "publishing.bundle.called_off": _("%(who)s called off the bundle “%(what)s”."),
    "publishing.bundle.chosen": _("%(who)s put a work into the bundle “%(what)s”."),
    "publishing.bundle.held": _("%(who)s had “%(what)s” held back at its minute."),
    "publishing.bundle.left_out": _("%(who)s left a work out of the bundle “%(what)s”."),
    "publishing.bundle.made": _("%(who)s began the bundle “%(what)s”."),
    "publishing.bundle.names_forgotten": _(
        "%(who)s took the name of a stopped work out of the bundle “%(what)s”."
    ),
    "publishing.bundle.out": _("%(who)s released the bundle “%(what)s”."),
    "publishing.bundle.scheduled": _("%(who)s set the minute of the bundle “%(what)s”."),
    "publishing.clearance.opened": _("%(who)s handed in %(what)s for clearance."),
    "publishing.correction.asked": _("%(who)s asked for a correction of %(what)s."),
    "publishing.form.failed": _("%(who)s could not make a form: %(what)s."),
    "publishing.form.made": _("%(who)s made a form: %(what)s."),
    "publishing.form.ordered": _("%(who)s ordered a form: %(what)s."),
    "publishing.item.links_led_nowhere": _("%(who)s found links of “%(what)s” that lead nowhere."),
    "publishing.item.taken_back": _("%(who)s took “%(what)s” back from clearance."),
    "publishing.link.made": _("%(who)s sent a link for a decision on “%(what)s”."),
    "publishing.link.used": _("%(who)s decided by link on “%(what)s”."),
    "publishing.link.withdrawn": _("%(who)s withdrew a link for “%(what)s”."),
    "publishing.reasons.confirmed": _(
        "%(who)s confirmed reasons why points of “%(what)s” may stay."
    ),
    "publishing.reviews.ended": _(
        "%(who)s ended the reviews of the text %(what)s, which was stopped."
    ),
    "publishing.list.mended": _("%(who)s set right how lists show %(what)s."),
    "publishing.release.corrected": _("%(who)s released a correction: %(what)s."),
    "publishing.release.out": _("%(who)s released %(what)s."),
    "publishing.release.withdrawn": _("%(who)s withdrew %(what)s."),
    "publishing.route.set": _("%(who)s set the route of clearance “%(what)s”."),
    "publishing.step.assigned": _("%(who)s gave a review step of “%(what)s” to somebody."),
    "publishing.step.cleared": _("%(who)s cleared “%(what)s” at one step."),
    "publishing.step.returned": _("%(who)s returned “%(what)s”."),
    "publishing.step.stopped": _("%(who)s stopped the text %(what)s."),
}
