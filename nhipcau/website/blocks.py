"""What editors put home, sections and topic pages together from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.field_block import CharBlock

from nhipcau.translation.blocks import (
    CallOutBlock,
    FactsBlock,
    HeadingBlock,
    ProseBlock,
    QuoteBlock,
    TableBlock,
)
from nhipcau.translation.rules.addresses import is_short_id
from nhipcau.website.enums import Look
from nhipcau.works.enums import WorkKind
from nhipcau.works.models import Topic


def topic_choices() -> list[tuple[str, str]]:
    """The topics of works by their keys. One query."""
    return [(topic.key, str(topic)) for topic in Topic.objects.all()]


def short_id_in(typed: str) -> str:
    """The short id at the end of an address that somebody pasted; "" where there is none."""
    last = typed.strip().rstrip("/").rpartition("/")[2]
    short_id = last.rpartition("-")[2]
    return short_id if is_short_id(short_id) else ""


class ChosenWorkBlock(CharBlock):
    """One work, by the address that stands in the browser; kept as its short id."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Paste the address of the work, or the seven letters at its end.")
        )
        super().__init__(**{"label": _("Work"), "max_length": 300, **kwargs})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return typed
        short_id = short_id_in(typed)
        if not short_id:
            raise ValidationError(
                _("No work has this address; copy it from the browser once more.")
            )
        return short_id


class RuleBlock(blocks.StructBlock):
    """Which works flow in by themselves, newest first."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    topics = blocks.MultipleChoiceBlock(
        label=_("Topics"),
        choices=topic_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: works of every topic."),
    )
    kinds = blocks.MultipleChoiceBlock(
        label=_("Kinds"),
        choices=WorkKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: works of every kind."),
    )
    number = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=24, default=6)
    look = blocks.ChoiceBlock(label=_("How they stand"), choices=Look.choices, default=Look.CARDS)
    more = blocks.PageChooserBlock(
        label=_("Page with all of them"), required=False, page_type="website.SectionPage"
    )

    class Meta:
        icon = "list-ul"
        label = _("Works by a rule")
        label_format = "{title}"


class PicksBlock(blocks.StructBlock):
    """Works that somebody chose, in the order chosen."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    works = blocks.ListBlock(ChosenWorkBlock(), label=_("Works"), max_num=24)
    look = blocks.ChoiceBlock(label=_("How they stand"), choices=Look.choices, default=Look.CARDS)

    class Meta:
        icon = "pick"
        label = _("Chosen works")
        label_format = "{title}"


class LeadBlock(blocks.StructBlock):
    """What matters now: one work, large."""

    work = ChosenWorkBlock(
        required=False,
        help_text=_("Leave it empty for the newest work with a picture."),
    )

    class Meta:
        icon = "pin"
        label = _("What matters now")


class TitledBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)

    class Meta:
        label_format = "{title}"


class GatesBlock(TitledBlock):
    class Meta:
        icon = "site"
        label = _("Border gates")


class CorrectionsBlock(TitledBlock):
    class Meta:
        icon = "warning"
        label = _("Corrections")


class ListenBlock(TitledBlock):
    """The newest works that are spoken, in any language."""

    number = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=12, default=4)

    class Meta:
        icon = "media"
        label = _("To listen to")


class WordsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=pgettext_lazy("words", "Title"), max_length=120, required=False)
    text = ProseBlock()

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        label_format = "{title}"


class PortalBlock(blocks.StreamBlock):
    """Everything that home, sections and topic pages may hold."""

    lead = LeadBlock()
    works = RuleBlock()
    picks = PicksBlock()
    gates = GatesBlock()
    listen = ListenBlock()
    corrections = CorrectionsBlock()
    words = WordsBlock()


class PlainBlock(blocks.StreamBlock):
    """What a plain page holds: words, and nothing that would have to be released."""

    text = ProseBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    call_out = CallOutBlock()
    facts = FactsBlock()
    table = TableBlock()
