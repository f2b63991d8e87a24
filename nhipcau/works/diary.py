"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "works.cost.changed": _("%(who)s changed a cost line of “%(what)s”."),
    "works.cost.dropped": _("%(who)s took back a cost line of “%(what)s”."),
    "works.cost.noted": _("%(who)s noted a cost line for “%(what)s”."),
    "works.lists.loaded": _("%(who)s loaded the lists of topics and spending items."),
    "works.permit.noted": _("%(who)s noted a permit for “%(what)s”."),
    "works.print_run.noted": _("%(who)s noted a print run of “%(what)s”."),
    "works.records.brought": _("%(who)s brought records into “%(what)s” from a sheet."),
    "works.sheet.accepted": _("%(who)s had the records of the sheet “%(what)s” brought in."),
    "works.sheet.brought": _("%(who)s brought the sheet “%(what)s” of records."),
    "works.sheet.done": _("%(who)s has brought in the records of the sheet “%(what)s”."),
    "works.sheet.given_up": _("%(who)s gave up the sheet “%(what)s” of records."),
    "works.sheet.looked_through": _("%(who)s looked through the sheet “%(what)s” of records."),
    "works.sheet.refused": _("%(who)s could not read the sheet “%(what)s” of records."),
    "works.template.kept": _("%(who)s kept a work as the template “%(what)s”."),
    "works.template.offered_again": _("%(who)s offered the template “%(what)s” again."),
    "works.template.retired": _("%(who)s retired the template “%(what)s”."),
    "works.templates.loaded": _("%(who)s loaded the templates that works start from."),
    "works.words.earlier_taken": _("%(who)s took an earlier text of “%(what)s” back."),
    "works.work.assigned": _("%(who)s gave the work “%(what)s” to somebody."),
    "works.work.changed": _("%(who)s changed the work “%(what)s”."),
    "works.work.duplicated": _("%(who)s began “%(what)s” as a copy of another work."),
    "works.work.restored": _("%(who)s took “%(what)s” out of the trash."),
    "works.work.started": _("%(who)s began the work “%(what)s”."),
    "works.work.title_forgotten": _(
        "%(who)s called the work %(what)s, since its words were stopped."
    ),
    "works.work.title_recalled": _("%(who)s called the work “%(what)s” again."),
    "works.work.trashed": _("%(who)s put “%(what)s” into the trash."),
}
