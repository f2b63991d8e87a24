"""Dated lists with their source: topics, programmes, spending items."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.models import Document
from nhipcau.works.enums import TopicClass


class Listed(models.Model):
    """A row of a dated list; found by its key, never deleted, ended by its day."""

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=300)
    english_name = models.CharField(_("English name"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to (excluded)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.english_name if self.english_name and get_language() == "en" else self.name


class Topic(Listed):
    """What a work is about: a class of Decree 72/2015 on top, the plans' themes below."""

    topic_class = models.CharField(_("class"), max_length=14, choices=TopicClass.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="below"
    )

    class Meta(Listed.Meta):
        abstract = False
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(
                name="a_topic_is_of_a_known_class", condition=Q(topic_class__in=TopicClass.values)
            ),
        ]


class Programme(Listed):
    """A programme that pays for works: a national target programme, a scheme of the province."""

    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes"
    )

    class Meta(Listed.Meta):
        abstract = False
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")


class SpendingItem(Listed):
    """What money may be spent on; the list is the law's (Circular 60/2026, Art. 4)."""

    class Meta(Listed.Meta):
        abstract = False
        verbose_name = _("spending item")
        verbose_name_plural = _("spending items")
