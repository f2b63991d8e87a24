"""Screens of the room search."""

from tests.journeys.screens.screen import PUBLISHERS, Screen

SCREENS = [
    Screen("search-words", ("/admin/search-words/",), ("admin/search-words/",), PUBLISHERS),
    Screen(
        "add-search-words", ("/admin/search-words/add/",), ("admin/search-words/add/",), PUBLISHERS
    ),
]
NO_SCREEN = {
    "admin/search-words/<int:key>/": "the form of add-search-words, filled in",
    "admin/search-words/<int:key>/drop/": "strikes a group and leads back",
    "admin/search-words/list.xlsx": "a workbook",
}
