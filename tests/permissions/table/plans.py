"""The room plans."""

from nhipcau.people.enums import Permission
from tests.permissions.table.audiences import STAFF, STAFF_BUT_EMPTY

TABLE = {
    STAFF: [
        "admin/plans/tasks/",
        "admin/plans/",
    ],
    STAFF_BUT_EMPTY: [
        "admin/plans/<uuid:uuid>/",
        "admin/plans/<uuid:uuid>/documents/",
        "admin/plans/<uuid:uuid>/table/",
        "admin/plans/task/<uuid:uuid>/",
    ],
    Permission.PLANS_ACCEPT: [
        "admin/plans/import/<uuid:uuid>/",
        "admin/plans/import/<uuid:uuid>/accept/",
        "admin/plans/import/<uuid:uuid>/compare/",
        "admin/plans/import/<uuid:uuid>/progress/",
        "admin/plans/import/<uuid:uuid>/state/",
        "admin/plans/import/<uuid:uuid>/step/",
    ],
    Permission.PLANS_IMPORT: [
        "admin/plans/import/<uuid:uuid>/unit/",
        "admin/plans/bring/",
        "admin/plans/import/<uuid:uuid>/discard/",
        "admin/plans/import/<uuid:uuid>/plan/",
        "admin/plans/units/",
    ],
}
