"""Content languages: those in use, and those of an area and across its border."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, get_language_info

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


def names_of_languages(tags: Iterable[str]) -> dict[str, str]:
    """What to call these tags in the language in force, by tag. One query; none for no tags.

    A tag that stands for several rows, such as zh, gets what their names share; one that is not on
    record is called as Django calls it, or else by its tag.
    """
    wanted = set(tags)
    if not wanted:
        return {}
    column = "name" if get_language() == "vi" else "english_name"
    known = dict(Language.objects.order_by("pk").values_list("tag", column))
    return {tag: known.get(tag) or _without_script(tag, known) for tag in wanted}


def _without_script(tag: str, known: dict[str, str]) -> str:
    for other, name in known.items():
        if other.startswith(f"{tag}-"):
            return name.partition(" (")[0]
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag
