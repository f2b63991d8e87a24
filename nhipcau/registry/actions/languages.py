"""Bringing content languages into use and out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical
from nhipcau.registry.enums import Grade, LanguageMode
from nhipcau.registry.errors import LanguageRefused
from nhipcau.registry.models import Language


@transaction.atomic
def add_language(
    *,
    tag: str,
    name: str,
    english_name: str,
    own_name: str = "",
    script: str = "",
    mode: str = LanguageMode.WRITTEN,
    font_stack: Sequence[str] = (),
    spaces_between_words: bool = True,
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> Language:
    """Put a content language on record and in use.

    Raises LanguageRefused when the tag is malformed (BCP-47) or on record, or when a written
    language has no script; nothing is changed then.
    """
    language = Language(
        tag=tag.strip(),
        name=canonical(name),
        english_name=canonical(english_name),
        own_name=own_name.strip(),
        script=script,
        mode=mode,
        font_stack=list(font_stack),
        spaces_between_words=spaces_between_words,
        source=source,
        grade=grade,
    )
    try:
        language.full_clean()
    except ValidationError as wrong:
        raise LanguageRefused(
            _("The language “%(tag)s” cannot be added: %(reasons)s")
            % {"tag": tag, "reasons": " ".join(wrong.messages)}
        ) from wrong
    language.save()
    record(
        event="registry.language.added",
        target=language,
        by=by,
        at=at,
        after={"tag": language.tag, "mode": language.mode},
    )
    return language


@transaction.atomic
def use_language(*, language: Language, in_use: bool, by: Actor, at: datetime) -> Language:
    """Offer the language for new work, or no longer; what exists in it stays.

    Saying what is so already changes nothing.
    """
    language = Language.objects.select_for_update().get(pk=language.pk)
    if language.in_use == in_use:
        return language
    language.in_use = in_use
    language.save(update_fields=["in_use"])
    record(
        event="registry.language.used" if in_use else "registry.language.rested",
        target=language,
        by=by,
        at=at,
        before={"in_use": not in_use},
        after={"in_use": in_use},
    )
    return language
