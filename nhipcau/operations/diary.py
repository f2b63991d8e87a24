"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "operations.backup.restored": _("%(who)s restored a backup: %(what)s."),
    "operations.backup.taken": _("%(who)s took a backup: %(what)s."),
    "operations.house.upgraded": _("%(who)s upgraded the house, after a backup: %(what)s."),
    "operations.keys.taken": _("%(who)s copied the keys of the house into a file."),
    "operations.retention.applied": _("%(who)s applied the retention periods: %(what)s."),
}
