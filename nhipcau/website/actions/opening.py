"""The trees of the portal's pages come to be, one for each interface language."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.website.models import HomePage, PlacePage, PlainPage, PortalPage, SectionPage
from nhipcau.works.models import Topic

TREES = Path(__file__).resolve().parent.parent / "data" / "trees.toml"
_NAMESPACE = uuid.UUID("6f1c2b1e-52a4-4e0e-9a55-0d8a3b7c1f10")


@transaction.atomic
def open_portal(*, by: Actor, at: datetime) -> list[HomePage]:
    """Make a home with its sections for every interface language that has none; else nothing.

    What editors changed since stays: a language that has a home is left alone.
    """
    root = _root()
    told = tomllib.loads(TREES.read_text(encoding="utf-8"))
    standing = set(HomePage.objects.values_list("slug", flat=True))
    made = []
    for code, _name in settings.LANGUAGES:
        if code in standing or code not in told["home"]["title"]:
            continue
        home = _home(root, code, told)
        record(
            event="website.portal.opened",
            target=home,
            by=by,
            at=at,
            after={"language": code, "pages": home.get_descendant_count()},
        )
        made.append(home)
    return made


def _root() -> Page:
    """The root of all trees, which is what the only site shows; Wagtail's greeting page goes."""
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=root, is_default_site=True)
    elif site.root_page_id != root.pk:
        greeting = site.root_page
        site.root_page = root
        site.save()
        if type(greeting.specific) is Page and greeting.is_leaf():
            greeting.delete()
    found: Page = Page.objects.get(pk=root.pk)
    return found


def _home(root: Page, code: str, told: Mapping[str, Any]) -> HomePage:
    locale, _made = Locale.objects.get_or_create(language_code=code)
    words = told["home"]
    home = HomePage(
        title=words["title"][code],
        slug=code,
        tagline=words["tagline"][code],
        search_description=words["description"][code],
        locale=locale,
        translation_key=uuid.uuid5(_NAMESPACE, "home"),
    )
    root.add_child(instance=home)
    pages = {each["key"]: _page(home, each, code, locale) for each in told["pages"]}
    home.body = _rooms(told["rooms"], pages, code)
    home.save()
    return home


def _page(home: HomePage, told: Mapping[str, Any], code: str, locale: Locale) -> PortalPage:
    common = {
        "title": told["title"][code],
        "slug": told["slug"].get(code, told["slug"]["en"]),
        "show_in_menus": told.get("menu", False),
        "locale": locale,
        "translation_key": uuid.uuid5(_NAMESPACE, told["key"]),
    }
    intro = told.get("intro", {}).get(code, "")
    page: PortalPage
    if told["kind"] == "section":
        page = SectionPage(**common, intro=intro, look=told.get("look", "cards"))
        page.kinds = list(told.get("kinds", []))
        home.add_child(instance=page)
        page.topics.set(Topic.objects.filter(key__in=told["topics"]))
        page.save()
    elif told["kind"] == "place":
        page = home.add_child(instance=PlacePage(**common, intro=intro, place=told["place"]))
    else:
        page = home.add_child(instance=PlainPage(**common, body=_plain(told["body"][code])))
    return page


def _plain(paragraphs: Sequence[str]) -> list[tuple[str, Any]]:
    """Paragraphs, and headings, which begin with “# ”."""
    return [
        ("heading", {"text": each.removeprefix("# "), "level": "2"})
        if each.startswith("# ")
        else ("text", f"<p>{each}</p>")
        for each in paragraphs
    ]


def _rooms(
    told: Sequence[Mapping[str, Any]], pages: Mapping[str, PortalPage], code: str
) -> list[tuple[str, Any]]:
    rooms: list[tuple[str, Any]] = []
    for each in told:
        title = each.get("title", {}).get(code, "")
        value: dict[str, Any] = {"title": title} if title else {}
        if each["kind"] == "works":
            value |= {
                "topics": each.get("topics", []),
                "kinds": each.get("kinds", []),
                "number": each["number"],
                "look": each["look"],
                "more": pages[each["more"]] if "more" in each else None,
            }
        elif each["kind"] == "listen":
            value["number"] = each["number"]
        elif each["kind"] == "lead":
            value["work"] = ""
        rooms.append((each["kind"], value))
    return rooms
