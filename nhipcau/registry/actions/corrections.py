"""Putting right what was written down wrongly, and taking that back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical, unaccented
from nhipcau.registry.actions.documents import Particulars
from nhipcau.registry.enums import DatePrecision, Grade, NameKind
from nhipcau.registry.errors import CorrectionRefused, DocumentRefused, NameRefused
from nhipcau.registry.locks import one_number_at_a_time
from nhipcau.registry.models import Area, BorderGate, Document, Language, UnitGroup
from nhipcau.registry.queries.corrections import as_the_diary_keeps, still_says

Correctable = Area | BorderGate | Document | Language | UnitGroup


@transaction.atomic
def correct_document(
    *, document: Document, particulars: Particulars, by: Actor, at: datetime
) -> Document:
    """Make the document say exactly this, also where something is left empty.

    Raises DocumentRefused when another document on record bears the number; nothing is changed
    then. What was so already is no correction and leaves no line in the diary.
    """
    one_number_at_a_time()
    document = Document.objects.select_for_update().get(pk=document.pk)
    citation, cited = particulars.identity
    taken = (
        Document.objects.cited_as(cited.citation_key)
        .filter(issuer_key=cited.issuer_key, issued_year=cited.year or 0)
        .exclude(pk=document.pk)
    )
    if taken.exists():
        raise DocumentRefused(
            _("%(citation)s is on record already.") % {"citation": particulars.citation}
        )
    known = particulars.issued_on is not None
    precision = particulars.precision if known else DatePrecision.UNKNOWN
    if known and precision == DatePrecision.UNKNOWN:
        precision = DatePrecision.DAY
    _correct(
        document,
        {
            "type": particulars.type or (citation.type if citation else ""),
            "number": citation.number if citation else "",
            "symbol": citation.symbol if citation else "",
            "citation": canonical(particulars.citation),
            "citation_key": cited.citation_key,
            "issuer_text": canonical(particulars.issuer),
            "issuer_key": cited.issuer_key,
            "issuer_id": particulars.issuer_unit.pk if particulars.issuer_unit else None,
            "issued_on": particulars.issued_on,
            "issued_precision": DatePrecision(precision).value,
            "issued_year": cited.year or 0,
            "title": canonical(particulars.title),
            "in_force_from": particulars.in_force_from,
            "in_force_to": particulars.in_force_to,
            "note": particulars.note.strip(),
        },
        by=by,
        at=at,
    )
    return document


@transaction.atomic
def receive_document(
    *, placeholder: Document, particulars: Particulars, source: str, by: Actor, at: datetime
) -> Document:
    """The paper that was only cited is here: the placeholder becomes the document, links and all.

    Raises DocumentRefused when it is no open placeholder, or when the number stands on another
    document on record (then it is bound to that one); nothing is changed then.
    """
    document = Document.objects.select_for_update().get(pk=placeholder.pk)
    if not document.is_placeholder or document.bound_to_id:
        raise DocumentRefused(
            _("“%(document)s” is not a placeholder that waits for its document.")
            % {"document": str(document)}
        )
    document = correct_document(document=document, particulars=particulars, by=by, at=at)
    document.is_placeholder = False
    document.source, document.grade = source, Grade.KNOWN
    document.save(update_fields=["is_placeholder", "source", "grade"])
    record(
        event="registry.document.bound",
        target=document,
        by=by,
        at=at,
        before={"placeholder": True},
        after={"citation": document.citation, "title": document.title},
    )
    return document


@transaction.atomic
def correct_area(
    *,
    area: Area,
    name: str,
    latitude: Decimal | None,
    longitude: Decimal | None,
    by: Actor,
    at: datetime,
) -> Area:
    """Put the spelling of the name right, and where the area lies on the map.

    The name in force is spelt anew; an area that was renamed is told by `change_areas` instead.
    Raises NameRefused for an empty name and CorrectionRefused for half a coordinate.
    """
    area = Area.objects.select_for_update().get(pk=area.pk)
    if not canonical(name):
        raise NameRefused(_("A name must not be empty."))
    if (latitude is None) != (longitude is None):
        raise CorrectionRefused(_("Give both coordinates or none."))
    values = {
        "label": canonical(name),
        "latitude": _as_stored(latitude),
        "longitude": _as_stored(longitude),
    }
    _correct(area, values, by=by, at=at)
    return area


def _as_stored(degrees: Decimal | None) -> Decimal | None:
    """To the fifth place, about a metre, as the table keeps them."""
    return None if degrees is None else degrees.quantize(Decimal("0.00001"))


@transaction.atomic
def correct_gate(
    *,
    gate: BorderGate,
    neighbour_country: str,
    neighbour_area: str,
    neighbour_gate: str,
    by: Actor,
    at: datetime,
) -> BorderGate:
    """Put right whom the gate faces. Its kind changes by date: `change_gate_kind`."""
    gate = BorderGate.objects.select_for_update().get(pk=gate.pk)
    values = {
        "neighbour_country": neighbour_country.upper(),
        "neighbour_area": canonical(neighbour_area),
        "neighbour_gate": canonical(neighbour_gate),
    }
    _correct(gate, values, by=by, at=at)
    return gate


@transaction.atomic
def correct_language(
    *, language: Language, name: str, english_name: str, own_name: str, by: Actor, at: datetime
) -> Language:
    """Put right what the language is called. Raises NameRefused when one has no name."""
    language = Language.objects.select_for_update().get(pk=language.pk)
    if not canonical(name) or not canonical(english_name):
        raise NameRefused(_("A name must not be empty."))
    values = {
        "name": canonical(name),
        "english_name": canonical(english_name),
        "own_name": own_name.strip(),
    }
    _correct(language, values, by=by, at=at)
    return language


@transaction.atomic
def correct_group(*, group: UnitGroup, name: str, by: Actor, at: datetime) -> UnitGroup:
    """Put the name of a group right. Raises NameRefused when it is empty."""
    group = UnitGroup.objects.select_for_update().get(pk=group.pk)
    if not canonical(name):
        raise NameRefused(_("A name must not be empty."))
    _correct(group, {"name": canonical(name)}, by=by, at=at)
    return group


@transaction.atomic
def take_back_correction(*, target: Correctable, entry: Entry, by: Actor, at: datetime) -> None:
    """Put back what a correction had changed, as its line in the diary tells.

    Raises CorrectionRefused when the line tells of something else, or when what it changed was
    changed again since; nothing is changed then.
    """
    target = type(target)._default_manager.select_for_update().get(pk=target.pk)
    is_of_target = (entry.target_kind, entry.target_key) == (
        target._meta.label_lower,
        str(target.pk),
    )
    if not is_of_target or entry.event != f"registry.{KINDS[type(target)]}.corrected":
        raise CorrectionRefused(_("This line of the diary is no correction that can be undone."))
    if not still_says(target, entry):
        raise CorrectionRefused(
            _("“%(what)s” was corrected again since then; correct it by hand.")
            % {"what": str(target)}
        )
    columns = {field.attname: field for field in target._meta.concrete_fields}
    values = {name: columns[name].to_python(value) for name, value in entry.before.items()}
    try:
        with transaction.atomic():
            _correct(target, values, by=by, at=at)
    except IntegrityError as taken:
        raise CorrectionRefused(
            _("What “%(what)s” was before has been taken by another row since.")
            % {"what": str(target)}
        ) from taken


def _correct(target: Correctable, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Set what differs, remember that people said so, and write it down."""
    before = {name: getattr(target, name) for name in values}
    changed = [name for name, value in values.items() if before[name] != value]
    if not changed:
        return
    for name in changed:
        setattr(target, name, values[name])
    target.note_corrected(changed)
    target.save(update_fields=[name.removesuffix("_id") for name in (*changed, "corrected_fields")])
    follow = FOLLOWED_BY.get(type(target))
    if follow is not None:
        follow(target, before)
    record(
        event=f"registry.{KINDS[type(target)]}.corrected",
        target=target,
        by=by,
        at=at,
        before={name: as_the_diary_keeps(before[name]) for name in changed},
        after={name: as_the_diary_keeps(values[name]) for name in changed},
    )


def _spell_name_anew(area: Area, before: Mapping[str, Any]) -> None:
    """The official name in force is spelt as the area is."""
    name = area.names.filter(kind=NameKind.OFFICIAL, text=before.get("label")).order_by("pk").last()
    if name is None or name.text == area.label:
        return
    name.text, name.folded = area.label, unaccented(area.label)
    name.note_corrected(["text", "folded"])
    name.save(update_fields=["text", "folded", "corrected_fields"])


FOLLOWED_BY: Mapping[type[models.Model], Callable[[Any, Mapping[str, Any]], None]] = {
    Area: _spell_name_anew
}
KINDS: Mapping[type[models.Model], str] = {
    Area: "area",
    BorderGate: "gate",
    Document: "document",
    Language: "language",
    UnitGroup: "group",
}
