"""Finished pages of the portal: where they are kept, and what tells that one is old."""

from __future__ import annotations

from config import env

PAGE_MEMORY_BYTES = 1_000_000 * env.number(
    "NHIPCAU_PAGE_MEMORY",
    default=64,
    help="Megabytes of the most read pages that each web process holds in memory.",
    least=1,
)
# Which tags a piece of news touches: a function (topic, payload), which answers news.Touching.
PAGE_STORE_NEWS = "nhipcau.website.store.news.touching"
