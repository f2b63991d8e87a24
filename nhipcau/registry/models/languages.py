"""Content languages in use: script, own name, mode, fonts, and where they are spoken."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.enums import LanguageMode, LanguageRole
from nhipcau.registry.models.areas import Area
from nhipcau.registry.models.dated import Corrected, Sourced, choice_constraint

# The parts of RFC 5646 that content languages use: language, script, region, private use.
BCP47 = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-x(-[a-z0-9]{1,8})+)?$"


class Language(Corrected, Sourced):
    """One content language in one script, by its BCP-47 tag; interface languages are settings."""

    tag = models.CharField(
        _("BCP-47 tag"), max_length=35, unique=True, validators=[RegexValidator(BCP47)]
    )
    name = models.CharField(_("Vietnamese name"), max_length=100)
    english_name = models.CharField(_("English name"), max_length=100)
    own_name = models.CharField(_("own name"), max_length=100, blank=True)
    script = models.CharField(
        _("script (ISO 15924)"),
        max_length=4,
        blank=True,
        validators=[RegexValidator("^[A-Z][a-z]{3}$")],
    )
    mode = models.CharField(
        _("mode"), max_length=10, choices=LanguageMode.choices, default=LanguageMode.WRITTEN
    )
    font_stack = models.JSONField(_("fonts, first choice first"), default=list, blank=True)
    spaces_between_words = models.BooleanField(_("puts spaces between words"), default=True)
    in_use = models.BooleanField(_("in use"), default=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            choice_constraint("mode", LanguageMode, name="a_language_is_of_a_known_mode"),
            models.CheckConstraint(
                name="a_written_language_has_a_script",
                condition=~Q(mode=LanguageMode.WRITTEN) | ~Q(script=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LanguageArea(Sourced):
    """A language of an area or across its border. It is said of areas, never of persons."""

    language = models.ForeignKey(Language, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="languages")
    role = models.CharField(max_length=10, choices=LanguageRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "area"], name="a_language_is_told_once_of_an_area"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language_id} {self.area_id}"
