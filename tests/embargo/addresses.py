"""Where the public could meet what is released. Every room that opens a door adds it here.

`RELEASED` are the routes of the URL conf that show what was released, each with the addresses that
a waiting bundle would be met under; `NOTHING_RELEASED` the other open routes, with the reason.
`PROMISED` are addresses of rooms that are not built yet: they answer nobody, and move up when they
do. Search is told by the worker: publishing/tests/test_searching.py holds it back until the minute.
`test_every_open_route_says_whether_it_shows_releases` fails for a route in neither list.
"""

from nhipcau.publishing.queries import short_address_of
from nhipcau.website.feeds.reading import absolute

RELEASED = {
    "api/v1/works": lambda waiting: ["/api/v1/works", "/api/v1/works?limit=1&language=vi"],
    "api/v1/works/<name>": lambda waiting: [
        f"/api/v1/works/{waiting.work.subject.uuid}",
        f"/api/v1/works/{waiting.work.subject.short_id}",
    ],
    "api/v1/works/<name>/versions/<language>": lambda waiting: [
        f"/api/v1/works/{waiting.work.subject.short_id}/versions/vi"
    ],
    "api/v1/renditions": lambda waiting: ["/api/v1/renditions", "/api/v1/renditions?form=sheet"],
    # Pictures and their sizes; films, posters, subtitles, transcripts; forms: PDF, drawings, texts.
    "media/<str:name>": lambda waiting: [f"/media/{name}" for name in waiting.names],
    "<short:short_id>": lambda waiting: [short_address_of(waiting.work.subject)],
    # A work, the sections that it flows into, the month in which it goes out; homes.
    "<tag:language>/<path:rest>/": lambda waiting: [
        *waiting.run.addresses,
        "/vi/tin-tuc/",
        f"/vi/tin-tuc/{waiting.month}/",
    ],
    "<tag:language>/": lambda _waiting: ["/vi/"],
    "<tag:language>/feed.<slug:form>": lambda _waiting: [
        f"/vi/feed.{form}" for form in ("atom", "rss", "json")
    ],
    "<tag:language>/unit/<path:key>/feed.<slug:form>": lambda waiting: [
        f"/vi/unit/{waiting.work.unit.key}/feed.atom"
    ],
    # The work has no topic; the feed of one is read as that of a unit is.
    "<tag:language>/topic/<path:key>/feed.<slug:form>": lambda _waiting: [],
    "<tag:language>/press.json": lambda _waiting: ["/vi/press.json"],
    "sitemap-<int:year>-<int:month>-<int:part>.xml": lambda waiting: [
        f"/sitemap-{waiting.month}-1.xml"
    ],
    # Of the last two days, which the minute of this bundle is not among.
    "sitemap-news.xml": lambda _waiting: [],
    "oembed": lambda waiting: [f"/oembed?url={absolute(short_address_of(waiting.work.subject))}"],
    "nhe/<tag:language>/<path:rest>/": lambda waiting: [
        *(f"/nhe{address}" for address in waiting.run.addresses),
        "/nhe/vi/tin-tuc/",
    ],
    "nhe/<tag:language>/": lambda _waiting: ["/nhe/vi/"],
}

NOTHING_RELEASED = {
    "": "leads to the home of the browser's language",
    ".well-known/security.txt": "whom to tell of a hole in the house",
    "look/<str:colours>.css": "the province's colours",
    "look/emblem-<str:digest>.png": "the province's emblem",
    "api/v1/": "which lists there are",
    "api/v1/docs": "how the interface is asked",
    "api/v1/openapi.json": "how the interface answers",
    "api/v1/<path:rest>": "that nothing is there",
    "api/v1/topics": "what works may be about, whether any is or not",
    "api/v1/units": "names of bodies that have released something",
    "api/v1/areas": "names of areas that something released speaks of",
    "api/v1/languages": "names of languages in which something is public",
    "api/v1/corrections": "a bundle that waits corrects nothing: test_versions.py",
    "api/v1/withdrawals": "a bundle that waits takes nothing back",
    "decision/<str:secret>/": "one text under review, behind a secret that was sent to one person",
    "decision/<str:secret>/lines/<int:pk>/": "its subtitles, to the browser that opened the link",
    "decision/<str:secret>/shown/<slug:kind>/<int:number>/": "its films, to that browser",
    "robots.txt": "where machines may look",
    "sitemap.xml": "the months in which something went out",
    "<tag:language>/search.xml": "where the search is",
    "healthz": "whether the house lives",
    "readyz": "what the house runs on",
}

PROMISED = {
    "harvest": lambda waiting: ["/oai?verb=ListRecords&metadataPrefix=oai_dc"],
}
