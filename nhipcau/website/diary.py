"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "website.account.closed": _("%(who)s took the account “%(what)s” off the public list."),
    "website.account.listed": _("%(who)s put the account “%(what)s” on the public list."),
    "website.alarm.ended": _("%(who)s took the alarm off the portal: %(what)s."),
    "website.alarm.raised": _("%(who)s put an alarm on every page of the portal: %(what)s."),
    "website.gate.hours_set": _("%(who)s set the hours of a border gate: %(what)s."),
    "website.old_addresses.brought": _("%(who)s brought old addresses, the last one %(what)s."),
    "website.page.deleted": _("%(who)s deleted the page “%(what)s” of the portal."),
    "website.page.moved": _("%(who)s moved the page “%(what)s” of the portal."),
    "website.page.published": _("%(who)s published the page “%(what)s” of the portal."),
    "website.page.withdrawn": _("%(who)s took the page “%(what)s” off the portal."),
    "website.portal.opened": _("%(who)s opened the portal “%(what)s”."),
}
