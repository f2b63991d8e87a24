"""The desk: its first page, the registry, documents, the diary, work in the background."""

from nhipcau.people.enums import Permission
from tests.permissions.table.audiences import EVERYBODY, NOBODY, STAFF, STAFF_BUT_EMPTY

TABLE = {
    EVERYBODY: [
        "healthz",
        "readyz",
    ],
    STAFF: [
        "admin/papers/",
        "admin/registry/",
        "admin/registry/areas/",
        "admin/registry/gates/",
        "admin/registry/groups/",
        "admin/registry/languages/",
        "admin/registry/units/",
        "admin/",
    ],
    STAFF_BUT_EMPTY: [
        "admin/papers/<uuid:uuid>/",
        "admin/registry/areas/<int:key>/",
        "admin/registry/groups/<int:key>/",
        "admin/registry/languages/<slug:tag>/",
        "admin/registry/units/<uuid:uuid>/",
        "admin/emblem/",
    ],
    Permission.REGISTRY_CHANGE: [
        "admin/papers/<uuid:uuid>/bind/",
        "admin/papers/<uuid:uuid>/correct/",
        "admin/papers/<uuid:uuid>/link/",
        "admin/papers/<uuid:uuid>/link/<int:key>/withdraw/",
        "admin/papers/<uuid:uuid>/receive/",
        "admin/papers/<uuid:uuid>/take-off/",
        "admin/papers/<uuid:uuid>/undo/<int:key>/",
        "admin/papers/add/",
        "admin/registry/areas/<int:key>/border/",
        "admin/registry/areas/<int:key>/border/<int:tag>/take-back/",
        "admin/registry/areas/add/",
        "admin/registry/gates/add/",
        "admin/registry/groups/add/",
        "admin/registry/languages/new/add/",
        "admin/registry/areas/<int:key>/change/",
        "admin/registry/areas/<int:key>/change/<int:change>/take-back/",
        "admin/registry/areas/<int:key>/change/<slug:kind>/",
        "admin/registry/areas/<int:key>/correct/",
        "admin/registry/gates/<int:key>/correct/",
        "admin/registry/gates/<int:key>/kind/",
        "admin/registry/groups/<int:key>/correct/",
        "admin/registry/languages/<slug:tag>/correct/",
        "admin/registry/languages/<slug:tag>/use/",
        "admin/registry/undo/<int:key>/",
        "admin/registry/units/<uuid:uuid>/change/",
        "admin/registry/units/<uuid:uuid>/change/<int:key>/take-back/",
        "admin/registry/units/<uuid:uuid>/change/<slug:kind>/",
        "admin/registry/units/<uuid:uuid>/code/",
        "admin/registry/units/<uuid:uuid>/code/<int:key>/take-back/",
        "admin/registry/units/<uuid:uuid>/name/",
        "admin/registry/units/<uuid:uuid>/name/<int:key>/take-back/",
        "admin/registry/units/import/",
        "admin/registry/units/import/<slug:digest>/",
    ],
    Permission.AUDIT_READ: [
        "admin/diary/",
    ],
    Permission.OPERATIONS_WATCH: [
        "admin/background/",
    ],
    NOBODY: [
        "",
    ],
}
