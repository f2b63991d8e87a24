"""Finished pages of the portal: where they are kept, and what tells that one is old."""

from __future__ import annotations

from config import env

PAGE_MEMORY_BYTES = 1_000_000 * env.number(
    "NHIPCAU_PAGE_MEMORY",
    default=64,
    help="Megabytes of the most read pages that each web process holds in memory.",
    least=1,
)
PAGE_BUCKET = env.text(
    "NHIPCAU_PAGE_BUCKET",
    default="",
    help="S3-compatible storage in which finished pages are kept for several web nodes or a CDN: "
    "https://host/bucket, with a prefix where wanted. Empty: a folder in NHIPCAU_DATA.",
)
PAGE_BUCKET_REGION = env.text(
    "NHIPCAU_PAGE_BUCKET_REGION", default="us-east-1", help="Region of that storage."
)
PAGE_BUCKET_KEY = env.text("NHIPCAU_PAGE_BUCKET_KEY", default="", help="Our name at that storage.")
PAGE_BUCKET_SECRET = env.secret("NHIPCAU_PAGE_BUCKET_SECRET", help="Our secret at that storage.")
if PAGE_BUCKET and not (
    PAGE_BUCKET.startswith(("https://", "http://127.0.0.1", "http://localhost"))
    and PAGE_BUCKET.count("/") > 2
):
    raise env.SettingUnusable(
        "NHIPCAU_PAGE_BUCKET phải có dạng https://máy-chủ/kho.",
        "NHIPCAU_PAGE_BUCKET must be https://host/bucket.",
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
SECURITY_CONTACT = env.text(
    "NHIPCAU_SECURITY_CONTACT",
    default="",
    help="Where to tell of holes in the house (mailto:… or https://…), for security.txt.",
)
