"""Screens of the library."""

from tests.journeys.screens.screen import EDITOR, FILMER, MEDIA, Screen

PICTURE = ("/admin/media/?q=doi+che+nui+che+buoi", "a.media-card")
FILM = ("/admin/media/?q=canh+quay", "a.media-card")

SCREENS = [
    Screen("library", ("/admin/media/",), ("admin/media/",)),
    Screen("no-items", ("/admin/media/?q=xyz",)),
    Screen("item", PICTURE, ("admin/media/<uuid:uuid>/",), EDITOR),
    Screen("item-of-a-map", ("/admin/media/?q=so+do+duong", "a.media-card"), people=EDITOR),
    Screen(
        "moving",
        (*FILM, "a[href$='/moving/']"),
        ("admin/media/<uuid:uuid>/moving/",),
        FILMER,
    ),
    Screen(
        "subtitles",
        (*FILM, "a[href$='/moving/']", "a[href*='/subtitles/']"),
        ("admin/media/<uuid:uuid>/subtitles/<int:pk>/",),
        FILMER,
    ),
    Screen(
        "transcript",
        (*FILM, "a[href$='/moving/']", "a[href*='/transcript/']"),
        ("admin/media/<uuid:uuid>/transcript/<slug:tag>/",),
        FILMER,
    ),
    Screen("bring-media", ("/admin/media/bring/",), ("admin/media/bring/",), MEDIA),
    Screen("room-left", ("/admin/media/room/",), ("admin/media/room/",)),
]

# Routes that show no page of their own, and why.
NO_SCREEN = {
    "admin/media/uploads/": "a file, or an act that leads back",
    "admin/media/uploads/<uuid:uuid>/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/words/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/replace/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/trash/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/file/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/size/<str:spec>": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/moving/state/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/moving/poster/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/moving/cut/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/moving/order/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/moving/<uuid:rendition>/stop/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/moving/<uuid:rendition>/again/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/subtitles/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/cues/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/file/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/bring/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/back/": "a file, or an act that leads back",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/words/": "a file, or an act that leads back",
    "admin/media/chooser/": "a piece of an editor's page",
    "admin/media/chooser/results/": "a piece of an editor's page",
    "admin/media/chooser/chosen/<str:pk>/": "a piece of an editor's page",
    "admin/media/chooser/chosen-multiple/": "a piece of an editor's page",
    "admin/media/chooser/create/": "a piece of an editor's page",
}
