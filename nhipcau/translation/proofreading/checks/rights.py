"""Pictures, recordings and files bear a credit, a source and a licence that holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.people.enums import Permission
from nhipcau.translation.proofreading.context import Rights
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft
from nhipcau.translation.proofreading.examples import Bad, Good, picture
from nhipcau.translation.proofreading.passages import media_of

NO_RECORD = gettext_noop(
    "Nothing is on record about the rights of this item. Fill in its credit, source and licence "
    "in the media library."
)
NO_CREDIT = gettext_noop("Nobody is credited for this item. Name who made it, as it is to be read.")
NO_SOURCE = gettext_noop("It is not on record where this item comes from. Name its source.")
NO_LICENCE = gettext_noop(
    "It is not on record under which licence or agreement this item may be used. Name it."
)
LICENCE_ENDED = gettext_noop(
    "The right to use this item ends on %(until)s, before it goes out. Renew the agreement or "
    "choose another item."
)

_WHOLE = {"picture/1": Rights(credit="Ảnh: Hoàng Văn Thụ", source="Sở VHTTDL", licence="CC BY 4.0")}


def _with(**changed: Any) -> dict[str, object]:
    whole = _WHOLE["picture/1"]
    told = {name: getattr(whole, name) for name in ("credit", "source", "licence")} | changed
    return {"rights": {"picture/1": Rights(**told)}}


class MediaRights(Proofreader):
    slug = "rights"
    title = _("Credit, source and licence")
    explanation = _(
        "Looks for pictures, recordings and files that are used without naming who made them, "
        "where they come from and by what right they are used."
    )
    severity = Severity.MUST_BE_ANSWERED
    overruled_by = Permission.WORKS_APPROVE
    good = (
        Good((picture(1, alt="Hội"),), context={"rights": _WHOLE}),
        Good("Không có ảnh."),
        Good((picture(1),), context=_with(licence_until=date(2026, 12, 31))),
    )
    bad = (
        Bad((picture(1, alt="Hội"),), finds=("picture/1",)),
        Bad((picture(1),), context=_with(credit=" "), finds=("picture/1",)),
        Bad((picture(1),), context=_with(source=""), finds=("picture/1",)),
        Bad((picture(1),), context=_with(licence=""), finds=("picture/1",)),
        Bad((picture(1),), context=_with(licence_until=date(2026, 2, 28)), finds=("picture/1",)),
        Bad(
            (picture(1),),
            context=_with(licence_until=date(2026, 6, 1)) | {"planned": date(2026, 6, 2)},
            finds=("picture/1",),
        ),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for part, key in media_of(draft):
            rights = draft.rights.get(key)
            if rights is None:
                yield self.found(NO_RECORD, part.place, quotation=key)
                continue
            name = rights.file_name or key
            for value, template in (
                (rights.credit, NO_CREDIT),
                (rights.source, NO_SOURCE),
                (rights.licence, NO_LICENCE),
            ):
                if not value.strip():
                    yield self.found(template, part.place, quotation=name)
            if rights.licence_until is not None and rights.licence_until < draft.day:
                yield self.found(
                    LICENCE_ENDED,
                    part.place,
                    quotation=name,
                    until=rights.licence_until.strftime("%d/%m/%Y"),
                )
