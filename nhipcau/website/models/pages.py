"""The pages of the portal: one tree for each interface language, arranged in Wagtail.

A tree begins with a HomePage whose slug is the language's code, right under the root, so that the
path of a page in the tree is its address. Works are no pages: they flow in by rules or are chosen.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from nhipcau.translation.rules.addresses import is_short_id
from nhipcau.website.blocks import PlainBlock, PortalBlock
from nhipcau.website.enums import Look, Place
from nhipcau.website.rules.addresses import month_in
from nhipcau.works.enums import WorkKind
from nhipcau.works.models import Topic

RENDER = "nhipcau.website.views.previews.preview"


class BlocksOutsideMigrations(StreamField):
    """A stream field whose blocks stay out of migrations: they change often, the column never."""

    made_of: type[blocks.StreamBlock]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("block_types", None)
        kwargs.pop("block_lookup", None)
        super().__init__(self.made_of(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_types", None)
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class PortalField(BlocksOutsideMigrations):
    made_of = PortalBlock


class PlainField(BlocksOutsideMigrations):
    made_of = PlainBlock


class PortalPage(Page):
    """What every page of the portal has; a table of its own is not made."""

    is_creatable = False
    promote_panels: list[Any] = [
        FieldPanel("slug"),
        FieldPanel("show_in_menus"),
        FieldPanel("search_description"),
    ]

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """/vi/du-lich/: the path in the tree."""
        return str(self.url_path)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Where Wagtail's screens find the page; one host has all languages."""
        site = Site.find_for_request(request) if request else None
        number = site.pk if site is not None else 0
        return number, settings.WAGTAILADMIN_BASE_URL.rstrip("/"), self.address

    def clean(self) -> None:
        super().clean()
        if is_short_id(self.slug.rpartition("-")[2]):
            raise ValidationError(
                {"slug": _("This ends as the address of a work does; choose other words.")}
            )
        if month_in(self.slug)[1] is not None:
            raise ValidationError(
                {"slug": _("This reads as a month does in an address; choose other words.")}
            )

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as readers will see it, with what the editor holds."""
        return cast("HttpResponse", import_string(RENDER)(request, self))


class HomePage(PortalPage):
    """The first page of a language."""

    tagline = models.CharField(_("line under the province's name"), max_length=120, blank=True)
    body = PortalField(verbose_name=_("page"), blank=True)

    is_creatable = True
    parent_page_types: list[str] = ["wagtailcore.Page"]
    subpage_types: list[str] = [
        "website.SectionPage",
        "website.TopicPage",
        "website.PlainPage",
        "website.PlacePage",
    ]
    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("tagline"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home")
        verbose_name_plural = _("homes")


class SectionForm(WagtailAdminPageForm):
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=WorkKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: works of every kind."),
    )


class SectionPage(PortalPage):
    """A section: works flow in by topics and kinds, newest first, and by month behind that.

    `above` are chosen works and words that stand before the list.
    """

    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    topics = ParentalManyToManyField(
        Topic,
        blank=True,
        related_name="+",
        verbose_name=_("topics"),
        help_text=_("None chosen: works of every topic."),
    )
    kinds = models.JSONField(_("kinds"), default=list, blank=True)
    look = models.CharField(
        _("how works stand"), max_length=8, choices=Look.choices, default=Look.CARDS
    )
    above = PortalField(verbose_name=_("before the list"), blank=True)

    is_creatable = True
    base_form_class = SectionForm
    parent_page_types: list[str] = ["website.HomePage"]
    subpage_types: list[str] = ["website.TopicPage", "website.PlainPage"]
    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        FieldPanel("kinds"),
        FieldPanel("look"),
        FieldPanel("above"),
    ]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class TopicPage(PortalPage):
    """A page about one thing, put together by hand and by rules."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    body = PortalField(verbose_name=_("page"), blank=True)

    is_creatable = True
    subpage_types: list[str] = ["website.PlainPage"]
    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("topic page")
        verbose_name_plural = _("topic pages")


class PlainPage(PortalPage):
    """Words about the portal itself: about, accessibility, how to read without pictures."""

    body = PlainField(verbose_name=_("page"), blank=True)

    is_creatable = True
    content_panels: list[Any] = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class PlacePage(PortalPage):
    """A page that shows what the house knows by itself; editors say what it is called."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    place = models.CharField(_("what it shows"), max_length=12, choices=Place.choices)

    is_creatable = True
    parent_page_types: list[str] = ["website.HomePage"]
    subpage_types: list[str] = []
    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("place"),
    ]

    class Meta:
        verbose_name = _("page of the house")
        verbose_name_plural = _("pages of the house")
