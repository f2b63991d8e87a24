"""What other programs follow: feeds, sitemaps, news for the press, cards of single works.

Reading is in `reading`, all writers are pure: from `Feed` and `SitemapEntry` to bytes.
"""
