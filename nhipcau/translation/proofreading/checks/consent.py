"""Persons who can be recognised have agreed, and their consent holds when it goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.media.enums import Consent
from nhipcau.translation.proofreading.context import Rights
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft
from nhipcau.translation.proofreading.examples import Bad, Good, picture
from nhipcau.translation.proofreading.passages import media_of

UNKNOWN = gettext_noop(
    "It is not on record whether persons can be recognised in this item and have agreed. State "
    "it in the media library: consent is never assumed."
)
REFUSED = gettext_noop(
    "The persons in this item did not agree, or took their consent back. Choose another item."
)
EXPIRED = gettext_noop(
    "The consent of the persons in this item ended on %(until)s. Ask for a new one, or choose "
    "another item."
)
ENDS_BEFORE_RELEASE = gettext_noop(
    "The consent of the persons in this item ends on %(until)s, before the planned release on "
    "%(planned)s. Renew it first, or choose another item."
)
ENDS_SOON = gettext_noop(
    "The consent of the persons in this item ends on %(until)s. The item will have to be taken "
    "out of what was released by then."
)
SOON = timedelta(days=90)


def _consent(**told: Any) -> dict[str, object]:
    return {"rights": {"picture/1": Rights(**{"consent": Consent.GIVEN, **told})}}


class ConsentHolds(Proofreader):
    slug = "consent"
    title = _("Consent of persons shown")
    explanation = _(
        "Looks for pictures and recordings of recognisable persons whose consent is missing, has "
        "ended, or ends before the planned release (Law 91/2025/QH15 on personal data)."
    )
    severity = Severity.NEVER_OVERRULED
    overruled_by = None
    good = (
        Good((picture(1),), context=_consent()),
        Good((picture(1),), context=_consent(consent_until=date(2027, 3, 1))),
        Good((picture(1),), context={"rights": {"picture/1": Rights()}}),
        Good(
            (picture(1),),
            context=_consent(consent_until=date(2026, 9, 1)) | {"planned": date(2026, 4, 1)},
        ),
    )
    bad = (
        Bad((picture(1),), context=_consent(consent=Consent.UNKNOWN), finds=("picture/1",)),
        Bad((picture(1),), context=_consent(consent=Consent.REFUSED), finds=("picture/1",)),
        Bad(
            (picture(1),),
            context=_consent(consent_until=date(2026, 3, 1)),
            finds=("picture/1",),
        ),
        Bad(
            (picture(1),),
            context=_consent(consent_until=date(2026, 6, 30)) | {"planned": date(2026, 7, 1)},
            finds=("picture/1",),
        ),
        Bad(
            (picture(1),),
            context=_consent(consent_until=date(2026, 3, 2)),
            finds=("picture/1",),
        ),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for part, key in media_of(draft):
            rights = draft.rights.get(key)
            if rights is None or rights.consent == Consent.NOT_NEEDED:
                continue
            name = rights.file_name or key
            until = rights.consent_until
            if rights.consent == Consent.REFUSED:
                yield self.found(REFUSED, part.place, quotation=name)
            elif rights.consent != Consent.GIVEN:
                yield self.found(UNKNOWN, part.place, quotation=name)
            elif until is None:
                continue
            elif until < draft.today:
                yield self.found(EXPIRED, part.place, quotation=name, until=_shown(until))
            elif until < draft.day:
                yield self.found(
                    ENDS_BEFORE_RELEASE,
                    part.place,
                    quotation=name,
                    until=_shown(until),
                    planned=_shown(draft.day),
                )
            elif until < draft.day + SOON:
                yield self.found(
                    ENDS_SOON,
                    part.place,
                    quotation=name,
                    severity=Severity.WARNING,
                    until=_shown(until),
                )


def _shown(day: date) -> str:
    return day.strftime("%d/%m/%Y")
