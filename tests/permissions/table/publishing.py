"""Clearance, releases, bundles, forms, the board."""

from nhipcau.people.enums import Permission
from tests.permissions.table.audiences import NOBODY, STAFF, STAFF_BUT_EMPTY

TABLE = {
    STAFF: [
        "admin/board/",
        "admin/clearance/",
        "admin/releases/",
        # Asked for with POST only; what may be said there is the room's own question and test.
        "admin/clearance/<uuid:uuid>/decision/",
        "admin/clearance/<uuid:uuid>/give/",
        "admin/clearance/<uuid:uuid>/reasons/",
    ],
    STAFF_BUT_EMPTY: [
        "admin/clearance/<uuid:uuid>/",
        "admin/forms/<uuid:uuid>/file/",
        "admin/releases/<uuid:uuid>/",
        "admin/releases/correct/<uuid:uuid>/",
        "admin/forms/look/<int:pk>/",
        "admin/forms/look/<int:pk>/drawn/",
    ],
    Permission.RELEASES_PUBLISH: [
        "admin/bundles/",
        "admin/bundles/<uuid:uuid>/",
        "admin/bundles/<uuid:uuid>/<uuid:work_uuid>/",
        "admin/bundles/<uuid:uuid>/<uuid:work_uuid>/leave-out/",
        "admin/bundles/<uuid:uuid>/call-off/",
        "admin/bundles/<uuid:uuid>/release/",
        "admin/bundles/<uuid:uuid>/schedule/",
        "admin/bundles/start/",
    ],
    Permission.RELEASES_WITHDRAW: [
        "admin/releases/withdraw/<uuid:uuid>/",
    ],
    (Permission.WORKS_WRITE, Permission.WORKS_TRANSLATE, Permission.WORKS_REVISE): [
        "admin/clearance/hand-in/<uuid:uuid>/",
        "admin/clearance/take-back/<int:pk>/",
    ],
    (
        Permission.WORKS_WRITE,
        Permission.WORKS_TRANSLATE,
        Permission.WORKS_REVISE,
        Permission.RELEASES_PUBLISH,
    ): [
        "admin/forms/<uuid:uuid>/order/",
    ],
    NOBODY: [
        # A leader without an account comes by a link with a secret; any other leads nowhere.
        "decision/<str:secret>/",
        # What its text shows, for the browser that has opened the page behind it.
        "decision/<str:secret>/shown/<slug:kind>/<int:number>/",
        "decision/<str:secret>/lines/<int:pk>/",
        # What was released is open to everybody; a name that nobody was told leads nowhere.
        "media/<str:name>",
    ],
}
