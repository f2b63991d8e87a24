"""Pages of the portal, as strangers read them."""

from tests.journeys.screens.screen import PUBLISHERS, STRANGER, Screen

PUBLIC = (STRANGER,)
LIGHT = ("nhe/<tag:language>/<path:rest>/",)


def page(name, *way, routes=("<tag:language>/<path:rest>/",)):
    return Screen(f"portal-{name}", way, routes, PUBLIC)


HOMES = [
    page(f"home-{code}", f"/{code}/", routes=("<tag:language>/",))
    for code in ("vi", "en", "zh-hans", "lo", "km")
]
SCREENS = [
    *HOMES,
    page("light-home", "/nhe/vi/", routes=("nhe/<tag:language>/",)),
    page("section", "/vi/tin-tuc/"),
    page("section-lo", "/lo/news/"),
    page("month", "/vi/tin-tuc/", ".months a"),
    page("article", "/vi/van-hoa-cac-dan-toc/", ".card h2 a"),
    page(
        "light-article",
        "/nhe/vi/tin-tuc/",
        "main h2 a",
        routes=("nhe/<tag:language>/<path:rest>/",),
    ),
    page("article-zh", "/zh-hans/news/", ".card h2 a"),
    page("article-km-missing", "/km/news/"),
    page("gates", "/vi/cua-khau/"),
    page("corrections", "/vi/dinh-chinh/"),
    page("accounts", "/vi/tai-khoan-chinh-thuc/"),
    page("about", "/vi/gioi-thieu/"),
    page("accessibility", "/km/accessibility/"),
    page("search", "/vi/tim-kiem/"),
    page("parts", "/vi/bo-phan/"),
    page("not-here", "/vi/khong-co-trang-nay/"),
    Screen("portal", ("/admin/portal/",), ("admin/portal/",), PUBLISHERS),
    Screen("portal-alarm", ("/admin/portal/alarm/",), ("admin/portal/alarm/",), PUBLISHERS),
    Screen(
        "portal-gate-hours",
        ("/admin/portal/", "a[href*='/portal/gates/']"),
        ("admin/portal/gates/<int:pk>/",),
        PUBLISHERS,
    ),
    Screen(
        "portal-list-account",
        ("/admin/portal/accounts/list/",),
        ("admin/portal/accounts/list/",),
        PUBLISHERS,
    ),
    Screen("portal-edit-home", ("/admin/portal/", "main li a"), people=PUBLISHERS),
]

# Routes that show no page of their own, and why.
NO_SCREEN = {
    "": "leads on to the home of a language",
    "<short:short_id>": "leads on to a work",
    "admin/portal/accounts/<int:pk>/over/": "takes an account off and leads back",
    "admin/portal/alarm/<int:pk>/over/": "takes an alarm off and leads back",
    ".well-known/security.txt": "for machines",
    "<tag:language>/feed.<slug:form>": "a feed",
    "<tag:language>/press.json": "a feed",
    "<tag:language>/search.xml": "for browsers",
    "<tag:language>/topic/<path:key>/feed.<slug:form>": "a feed",
    "<tag:language>/unit/<path:key>/feed.<slug:form>": "a feed",
    "look/<str:colours>.css": "a style",
    "look/emblem-<str:digest>.png": "a picture",
    "oembed": "a card for other pages",
    "robots.txt": "for crawlers",
    "sitemap-<int:year>-<int:month>-<int:part>.xml": "for crawlers",
    "sitemap-news.xml": "for crawlers",
    "sitemap.xml": "for crawlers",
}
