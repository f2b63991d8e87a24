"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "registry.area.created": _("%(who)s added the area %(what)s."),
    "registry.area.tagged": _("%(who)s marked the area %(what)s."),
    "registry.area.untagged": _("%(who)s took back a mark of the area %(what)s."),
    "registry.area.corrected": _("%(who)s corrected the area %(what)s."),
    "registry.areas.dissolve": _("%(who)s dissolved areas: %(what)s."),
    "registry.areas.merge": _("%(who)s merged areas: %(what)s."),
    "registry.areas.rename": _("%(who)s renamed areas: %(what)s."),
    "registry.areas.split": _("%(who)s split areas: %(what)s."),
    "registry.areas.taken_back": _("%(who)s took back a change of areas: %(what)s."),
    "registry.areas.transfer_function": _("%(who)s transferred a function of areas: %(what)s."),
    "registry.document.bound": _("%(who)s bound the document %(what)s."),
    "registry.document.cited": _("%(who)s recorded a citation of %(what)s."),
    "registry.document.completed": _("%(who)s completed the details of %(what)s."),
    "registry.document.corrected": _("%(who)s corrected the document %(what)s."),
    "registry.document.registered": _("%(who)s put the document %(what)s on record."),
    "registry.document.taken_off": _("%(who)s took the document %(what)s off the record."),
    "registry.documents.linked": _("%(who)s linked documents: %(what)s."),
    "registry.documents.unlinked": _("%(who)s withdrew a link between documents: %(what)s."),
    "registry.gate.corrected": _("%(who)s corrected the border gate %(what)s."),
    "registry.gate.kind_changed": _("%(who)s changed the kind of the border gate %(what)s."),
    "registry.group.corrected": _("%(who)s corrected the group of units “%(what)s”."),
    "registry.group.created": _("%(who)s made the group of units “%(what)s”."),
    "registry.group.frozen": _("%(who)s fixed who belongs to “%(what)s”."),
    "registry.language.added": _("%(who)s added the language %(what)s."),
    "registry.language.corrected": _("%(who)s corrected the language %(what)s."),
    "registry.language.rested": _("%(who)s took the language %(what)s out of use."),
    "registry.language.used": _("%(who)s brought the language %(what)s into use."),
    "registry.placeholder.bound": _("%(who)s bound a document that was only cited: %(what)s."),
    "registry.placeholder.released": _(
        "%(who)s released a document that had been bound: %(what)s."
    ),
    "registry.province.established": _("%(who)s named the province of this house: %(what)s."),
    "registry.reference_data.loaded": _("%(who)s loaded the reference data: %(what)s."),
    "registry.unit.code_taken_back": _("%(who)s took back a code of the unit %(what)s."),
    "registry.unit.name_taken_back": _("%(who)s took back a name of the unit %(what)s."),
    "registry.unit.coded": _("%(who)s set the code of the unit %(what)s."),
    "registry.unit.corrected": _("%(who)s corrected the unit %(what)s."),
    "registry.unit.created": _("%(who)s added the unit %(what)s."),
    "registry.unit.named": _("%(who)s gave a name to the unit %(what)s."),
    "registry.units.dissolve": _("%(who)s dissolved units: %(what)s."),
    "registry.units.merge": _("%(who)s merged units: %(what)s."),
    "registry.units.rename": _("%(who)s renamed units: %(what)s."),
    "registry.units.taken_back": _("%(who)s took back a change of units: %(what)s."),
    "registry.units.split": _("%(who)s split units: %(what)s."),
    "registry.units.transfer_function": _("%(who)s transferred a function of units: %(what)s."),
    "registry.usual_units.established": _("%(who)s set up the usual units: %(what)s."),
}
