"""Screens of the room works."""

from tests.journeys.screens.screen import AUTHORS, EDITOR, FILMER, Screen

DRAFT = ("/admin/works/?q=tieng+trong", "tbody th a", "a[href*='/words/edit/']")
CORRECTED = ("/admin/works/?q=gio+lam+viec", "tbody th a")
LEAFLET = ("/admin/works/?q=hoi+dap", "tbody th a")

SCREENS = [
    Screen("works", ("/admin/works/",), ("admin/works/",)),
    Screen("no-works", ("/admin/works/?q=xyz&overdue=on&mine=on",)),
    Screen("works-trash", ("/admin/works/trash/",), ("admin/works/trash/",)),
    Screen("sheets", ("/admin/works/sheets/",), ("admin/works/sheets/",), AUTHORS),
    Screen("start-work", ("/admin/works/start/",), ("admin/works/start/",), AUTHORS),
    Screen(
        "start-leaflet",
        ("/admin/works/start/leaflet/",),
        ("admin/works/start/<slug:kind>/",),
        AUTHORS,
    ),
    Screen(
        "start-from-template",
        ("/admin/works/start/leaflet/", "press a.kind-card[href*='template=']"),
        people=AUTHORS,
    ),
    Screen("templates", ("/admin/works/templates/",), ("admin/works/templates/",)),
    Screen(
        "keep-template",
        (*LEAFLET, "a[href$='/keep-template/']"),
        ("admin/works/<uuid:uuid>/keep-template/",),
        ("ke-hoach",),
    ),
    Screen("work", LEAFLET, ("admin/works/<uuid:uuid>/",)),
    Screen("work-corrected", CORRECTED),
    Screen("work-withdrawn", ("/admin/works/?q=muc+thu", "tbody th a")),
    Screen("work-under-embargo", ("/admin/works/?q=tuan+huu+nghi", "tbody th a")),
    Screen(
        "about-work",
        (*LEAFLET, "a[href$='/about/']"),
        ("admin/works/<uuid:uuid>/about/",),
        EDITOR,
    ),
    Screen(
        "duplicate-work",
        (*LEAFLET, "a[href$='/duplicate/']"),
        ("admin/works/<uuid:uuid>/duplicate/",),
        EDITOR,
    ),
    Screen(
        "hand-on-work",
        (*LEAFLET, "a[href$='/hand-on/']"),
        ("admin/works/<uuid:uuid>/hand-on/",),
        EDITOR,
    ),
    Screen(
        "languages-of-work",
        (*LEAFLET, "a[href$='/languages/']"),
        ("admin/works/<uuid:uuid>/languages/",),
        EDITOR,
    ),
    Screen(
        "money-of-work",
        (*LEAFLET, "a[href$='/money/']"),
        ("admin/works/<uuid:uuid>/money/",),
        EDITOR,
    ),
    Screen("read-words", (*LEAFLET, "a[href*='/works/read/']"), ("admin/works/read/<int:pk>/",)),
    Screen("write-words", DRAFT, ("admin/works/words/edit/<int:pk>/",), FILMER),
    Screen(
        "history-of-words",
        (*CORRECTED, "a[href$='/history/']"),
        ("admin/works/read/<int:pk>/history/",),
        EDITOR,
    ),
    Screen(
        "words-compared",
        (*CORRECTED, "a[href$='/history/']", "press button[form='compare']"),
        ("admin/works/read/<int:pk>/history/compare/",),
        EDITOR,
    ),
    Screen(
        "look-at-a-draft",
        ("/admin/works/?q=tieng+trong", "tbody th a", "a[href*='/forms/look/']"),
        ("admin/forms/look/<int:pk>/",),
    ),
]

# Routes that show no page of their own, and why.
NO_SCREEN = {
    "admin/works/<uuid:uuid>/stop/": "lifts or confirms a stop and leads back",
    "admin/works/sheets/<uuid:uuid>/": "needs a workbook that the worker has looked through",
    "admin/works/sheets/<uuid:uuid>/decision/": "takes a decision and leads back",
    "admin/works/sheets/<uuid:uuid>/progress/": "for the page's script",
    "admin/works/sheets/example/": "a workbook",
    "admin/works/read/<int:pk>/bring/": "takes a file and leads back",
    "admin/works/read/<int:pk>/follow/": "goes on from the newest source and leads back",
    "admin/works/read/<int:pk>/remark/": "takes a remark and leads back",
    "admin/works/words/history/<int:pk>/": "leads to the page of the history",
    "admin/works/read/<int:pk>/history/take/": "takes an earlier text back and leads back",
    "admin/works/words/preview/<int:pk>/": "a frame of the editor's page",
    "admin/works/templates/<int:pk>/state/": "retires a template and leads back",
    "admin/works/<uuid:uuid>/put-away/": "puts away and leads back",
}
