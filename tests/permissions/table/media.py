"""The library of pictures, sound and film."""

from nhipcau.people.enums import Permission
from tests.permissions.table.audiences import STAFF, STAFF_BUT_EMPTY

TABLE = {
    STAFF: [
        "admin/media/",
        "admin/media/chooser/",
        "admin/media/chooser/chosen-multiple/",
        "admin/media/chooser/results/",
        "admin/media/room/",
    ],
    STAFF_BUT_EMPTY: [
        "admin/media/<uuid:uuid>/",
        "admin/media/<uuid:uuid>/file/",
        "admin/media/<uuid:uuid>/size/<str:spec>",
        "admin/media/<uuid:uuid>/moving/",
        "admin/media/<uuid:uuid>/moving/state/",
        "admin/media/<uuid:uuid>/subtitles/<int:pk>/",
        "admin/media/<uuid:uuid>/subtitles/<int:pk>/cues/",
        "admin/media/<uuid:uuid>/subtitles/<int:pk>/file/",
        "admin/media/<uuid:uuid>/transcript/<slug:tag>/",
        "admin/media/chooser/chosen/<str:pk>/",
    ],
    Permission.MEDIA_ADD: [
        "admin/media/<uuid:uuid>/moving/<uuid:rendition>/again/",
        "admin/media/<uuid:uuid>/moving/<uuid:rendition>/stop/",
        "admin/media/<uuid:uuid>/moving/cut/",
        "admin/media/<uuid:uuid>/moving/order/",
        "admin/media/<uuid:uuid>/moving/poster/",
        "admin/media/<uuid:uuid>/replace/",
        "admin/media/<uuid:uuid>/trash/",
        "admin/media/<uuid:uuid>/words/",
        "admin/media/<uuid:uuid>/subtitles/",
        "admin/media/<uuid:uuid>/subtitles/<int:pk>/back/",
        "admin/media/<uuid:uuid>/subtitles/<int:pk>/bring/",
        "admin/media/<uuid:uuid>/subtitles/<int:pk>/words/",
        "admin/media/bring/",
        "admin/media/chooser/create/",
        "admin/media/uploads/",
        "admin/media/uploads/<uuid:uuid>/",
    ],
}
