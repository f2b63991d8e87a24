"""What a body is made of: the blocks of the editor. Their raw form is read by `manuscript`.

The names of blocks and of their parts stand in the database: adding is free, renaming is a
migration of data. What is chosen from the library stands as the number of its item.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.field_block import RichTextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField

from nhipcau.media.blocks import (
    AudioChooserBlock,
    FileChooserBlock,
    PictureChooserBlock,
    VideoChooserBlock,
)

PLAIN = ["bold", "italic", "link", "superscript", "subscript"]
PROSE = [*PLAIN, "ol", "ul"]
LONGEST = 10_000  # characters of one paragraph's worth of plain text


class ProseBlock(RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": PROSE, "label": _("Text"), "icon": "pilcrow", **kwargs})

    @cached_property
    def field(self) -> forms.Field:
        """The editor's field, called by the block's name for those who hear the page."""
        field: forms.Field = super().field
        field.widget.options["ariaLabel"] = self.label
        return field


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=300)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words quoted"), max_length=LONGEST)
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=300)
    source = blocks.CharBlock(label=_("Where it stands"), required=False, max_length=500)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{text}"


class PictureBlock(blocks.StructBlock):
    picture = PictureChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What the picture shows"),
        required=False,
        max_length=500,
        help_text=_("In the language of this version, for people who cannot see it."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative: says nothing that the text does not say"), required=False
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=1000)

    class Meta:
        icon = "image"
        label = _("Picture")
        label_format = "{caption}"


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=pgettext_lazy("words", "Title"), required=False, max_length=300)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), max_num=60)

    class Meta:
        icon = "image"
        label = _("Gallery")
        label_format = "{title}"


class TableBlock(TypedTableBlock):
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=2000)
    number = blocks.CharBlock(label=_("Number"), required=False, max_length=60)

    class Meta:
        icon = "table"
        label = _("Table")


class VideoBlock(blocks.StructBlock):
    video = VideoChooserBlock(label=_("Video"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=1000)

    class Meta:
        icon = "media"
        label = _("Video")
        label_format = "{caption}"


class AudioBlock(blocks.StructBlock):
    audio = AudioChooserBlock(label=_("Sound"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=1000)

    class Meta:
        icon = "media"
        label = _("Sound")
        label_format = "{caption}"


class FileBlock(blocks.StructBlock):
    file = FileChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=pgettext_lazy("words", "Title"), max_length=300)

    class Meta:
        icon = "doc-full"
        label = _("File")
        label_format = "{title}"


class MapBlock(blocks.StructBlock):
    picture = PictureChooserBlock(label=_("Map"))
    alt = blocks.CharBlock(label=_("What the map shows"), required=False, max_length=500)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=1000)
    source = blocks.CharBlock(
        label=_("Source"),
        required=False,
        max_length=500,
        help_text=_("Who made the map, in which year, and its permit."),
    )
    areas = blocks.CharBlock(label=_("Areas shown"), required=False, max_length=500)

    class Meta:
        icon = "site"
        label = _("Map")
        label_format = "{caption}"


class TimelineEntryBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("When"), max_length=100)
    what = blocks.TextBlock(label=_("What"), max_length=2000)


class TimelineBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=pgettext_lazy("words", "Title"), required=False, max_length=300)
    entries = blocks.ListBlock(TimelineEntryBlock(), label=_("Entries"))

    class Meta:
        icon = "history"
        label = _("Timeline")
        label_format = "{title}"


class CallOutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Good to know")),
            ("warning", _("Warning")),
            ("contact", _("Whom to ask")),
        ],
        default="note",
    )
    title = blocks.CharBlock(label=pgettext_lazy("words", "Title"), required=False, max_length=300)
    text = ProseBlock()

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        label_format = "{title}"


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What"), max_length=200)
    value = blocks.CharBlock(label=_("Value"), max_length=500)


class FactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=pgettext_lazy("words", "Title"), required=False, max_length=300)
    rows = blocks.ListBlock(FactBlock(), label=_("Facts"))

    class Meta:
        icon = "list-ul"
        label = _("Facts box")
        label_format = "{title}"


class SeriesBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Name of the row"), max_length=200)
    values = blocks.ListBlock(
        blocks.DecimalBlock(label=_("Value"), required=False), label=_("Values")
    )


class ChartBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Form"),
        choices=[
            ("bar", _("Bars, lying")),
            ("column", _("Columns, standing")),
            ("line", _("Line over time")),
            ("share", _("Shares of a whole")),
        ],
        default="column",
    )
    title = blocks.CharBlock(label=pgettext_lazy("words", "Title"), max_length=300)
    unit = blocks.CharBlock(label=_("Unit"), max_length=60)
    source = blocks.CharBlock(label=_("Source of the figures"), max_length=500)
    columns = blocks.ListBlock(
        blocks.CharBlock(label=_("Heading"), max_length=100), label=_("Headings of the columns")
    )
    rows = blocks.ListBlock(SeriesBlock(), label=_("Rows"))

    class Meta:
        icon = "order"
        label = _("Chart from figures")
        label_format = "{title}"


class BodyBlock(blocks.StreamBlock):
    """Everything that a body may hold, in the order in which the editor offers it."""

    text = ProseBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    table = TableBlock()
    video = VideoBlock()
    audio = AudioBlock()
    file = FileBlock()
    map = MapBlock()
    timeline = TimelineBlock()
    call_out = CallOutBlock()
    facts = FactsBlock()
    chart = ChartBlock()

    class Meta:
        block_counts: dict[str, dict[str, int]] = {}
        max_num = 2000


class BodyField(StreamField):
    """A stream field whose blocks stay out of migrations: they change often, the column never."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("block_types", None)
        kwargs.pop("block_lookup", None)
        super().__init__(BodyBlock(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_types", None)
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
