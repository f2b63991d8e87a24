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

# --- how often pages are read, without watching people ------------------------------------------

USE_COUNTED_BY = env.text(
    "NHIPCAU_USE_COUNTED_BY",
    default="house",
    help="Who counts readers: house (this server itself), nginx (its log without addresses, "
    "NHIPCAU_USE_LOG) or nobody (behind a CDN: then numbers are unknown).",
)
if USE_COUNTED_BY not in {"house", "nginx", "nobody"}:
    raise env.SettingUnusable(
        f"NHIPCAU_USE_COUNTED_BY là “{USE_COUNTED_BY}”; chỉ nhận house, nginx hoặc nobody.",
        f"NHIPCAU_USE_COUNTED_BY is “{USE_COUNTED_BY}”; it may be house, nginx or nobody.",
    )
USE_LOG = env.text(
    "NHIPCAU_USE_LOG",
    default="/var/log/nginx/nhipcau-use.log",
    help="The log of nginx that tells which pages were read (deploy/nginx.conf).",
)
USE_AREAS = env.text(
    "NHIPCAU_USE_AREAS",
    default="",
    help="File of ranges (first address, last address, country; CSV) by which readers are counted "
    "by country; empty: not by country.",
)
