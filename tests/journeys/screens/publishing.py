"""Screens of clearance, releases, bundles, the board."""

from tests.journeys.screens.screen import EDITOR, FILMER, PUBLISHERS, STRANGER, Screen
from tests.journeys.screens.works import LEAFLET

BUNDLE = ("/admin/bundles/?q=Túi", "tbody th a")

SCREENS = [
    Screen("bundles", ("/admin/bundles/",), ("admin/bundles/",), PUBLISHERS),
    Screen("start-bundle", ("/admin/bundles/start/",), ("admin/bundles/start/",), PUBLISHERS),
    Screen(
        "bundle-under-embargo",
        ("/admin/bundles/?q=Tuần", "tbody th a"),
        ("admin/bundles/<uuid:uuid>/",),
        PUBLISHERS,
    ),
    Screen("bundle-being-made", BUNDLE, people=PUBLISHERS),
    Screen(
        "choose-texts",
        (*BUNDLE, "td.no-print a.nc-button"),
        ("admin/bundles/<uuid:uuid>/<uuid:work_uuid>/",),
        PUBLISHERS,
    ),
    Screen("releases", ("/admin/releases/",), ("admin/releases/",)),
    Screen("release", ("/admin/releases/?q=Hỏi", "tbody th a"), ("admin/releases/<uuid:uuid>/",)),
    Screen(
        "withdraw",
        (*LEAFLET, "a[href*='/withdraw/']"),
        ("admin/releases/withdraw/<uuid:uuid>/",),
        PUBLISHERS,
    ),
    Screen("no-releases", ("/admin/releases/?q=xyz&late=on&since=x",)),
    Screen("board", ("/admin/board/",), ("admin/board/",)),
    Screen("board-mine", ("/admin/board/?scope=mine",)),
    Screen("clearances", ("/admin/clearance/?scope=all",), ("admin/clearance/",)),
    Screen("nothing-waits-for-me", ("/admin/clearance/?q=xyz",)),
    Screen("decision-closed", ("/decision/hong/",), ("decision/<str:secret>/",), (STRANGER,)),
    Screen(
        "review-of-a-map",
        ("/admin/clearance/", "tbody th a"),
        ("admin/clearance/<uuid:uuid>/",),
        ("tham-dinh",),
    ),
    Screen(
        "hand-in",
        ("/admin/works/?q=tieng+trong", "tbody th a", "a[href*='/hand-in/']"),
        ("admin/clearance/hand-in/<uuid:uuid>/",),
        FILMER,
    ),
    Screen(
        "ask-correction",
        (*LEAFLET, "a[href*='/correct/']"),
        ("admin/releases/correct/<uuid:uuid>/",),
        EDITOR,
    ),
]

# Routes that show no page of their own, and why.
NO_SCREEN = {
    "admin/clearance/<uuid:uuid>/decision/": "takes a decision and leads on",
    "admin/clearance/<uuid:uuid>/reasons/": "confirms reasons and leads back to the text",
    "admin/clearance/<uuid:uuid>/give/": "gives a step and leads back",
    "admin/clearance/take-back/<int:pk>/": "takes a text back and leads back",
    "admin/forms/look/<int:pk>/drawn/": "a frame of the page that shows a draft",
    "admin/forms/<uuid:uuid>/order/": "takes an order and leads back",
    "admin/forms/<uuid:uuid>/file/": "a file",
    "admin/bundles/<uuid:uuid>/<uuid:work_uuid>/leave-out/": "leaves out and leads back",
    "admin/bundles/<uuid:uuid>/call-off/": "calls off and leads back",
    "admin/bundles/<uuid:uuid>/release/": "releases and leads back",
    "admin/bundles/<uuid:uuid>/schedule/": "sets a minute and leads back",
}
