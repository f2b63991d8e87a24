"""Words that mean the same, kept by editors."""

from nhipcau.people.enums import Permission

TABLE = {
    Permission.SEARCH_WORDS: [
        "admin/search-words/",
        "admin/search-words/<int:key>/",
        "admin/search-words/<int:key>/drop/",
        "admin/search-words/add/",
        "admin/search-words/list.xlsx",
    ],
}
