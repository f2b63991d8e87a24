"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "operations.backup.restored": _("%(who)s restored a backup: %(what)s."),
    "operations.backup.taken": _("%(who)s took a backup: %(what)s."),
    "operations.retention.applied": _("%(who)s applied the retention periods: %(what)s."),
}
