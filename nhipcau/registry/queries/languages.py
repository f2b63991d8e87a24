"""Content languages: those in use, and those of an area and across its border."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.registry.models import Area, Language, LanguageArea


@dataclass(frozen=True, slots=True)
class SpokenHere:
    language: Language
    role: str
    source: str
    grade: str


def languages_in_use() -> list[Language]:
    """Every content language in use, Vietnamese first, then by its Vietnamese name. One query."""
    languages = Language.objects.filter(in_use=True).order_by("name", "tag")
    return sorted(languages, key=lambda language: language.tag != "vi")


def languages_of(area: Area) -> list[SpokenHere]:
    """Languages of the area and across its border, how well each is known. One query.

    Said of areas only, never of persons.
    """
    rows = LanguageArea.objects.filter(area=area, language__in_use=True)
    return [
        SpokenHere(row.language, row.role, row.source, row.grade)
        for row in rows.select_related("language").order_by("-role", "language__name")
    ]
