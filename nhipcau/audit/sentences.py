"""How the diary reads to people: each room says what its events mean, in one sentence each.

The setting DIARY_SENTENCES lists the rooms' mappings; a sentence may use %(who)s and %(what)s.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import MACHINE


def sentences() -> dict[str, str | Promise]:
    """Event -> sentence, of all rooms."""
    known: dict[str, str | Promise] = {}
    for path in settings.DIARY_SENTENCES:
        mapping: Mapping[str, str | Promise] = import_string(path)
        known |= mapping
    return known


def who_did(entry: Entry) -> str:
    """A person's name as it was; what a job of the house is called in the reader's language."""
    is_machine = entry.by_key.startswith(MACHINE)
    return capfirst(_(entry.by_name)) if is_machine else entry.by_name


def sentence_of(entry: Entry) -> str:
    """What happened, in the reader's language; an event that nobody explains is named as it is."""
    sentence = sentences().get(entry.event)
    names = {"who": who_did(entry), "what": entry.target_name, "event": entry.event}
    if sentence is None:
        return _("%(who)s: %(event)s, %(what)s") % names
    return str(sentence) % names
