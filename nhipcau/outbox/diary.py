"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "outbox.consumer.retired": _("%(who)s struck the consumer “%(what)s” off the outbox."),
    "outbox.consumer.retried": _(
        "%(who)s had everything tried again that “%(what)s” had given up."
    ),
    "outbox.handover.dropped": _(
        "%(who)s dropped a message that could not be handed over: %(what)s."
    ),
    "outbox.handover.retried": _("%(who)s had a message tried again: %(what)s."),
    "outbox.task.retried": _("%(who)s had a background task run again: %(what)s."),
}
