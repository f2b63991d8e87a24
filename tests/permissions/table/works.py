"""The room works: texts, templates, workbooks of records."""

from nhipcau.people.enums import Permission
from tests.permissions.table.audiences import STAFF, STAFF_BUT_EMPTY

TABLE = {
    STAFF: [
        "admin/works/",
        "admin/works/templates/",
        "admin/works/words/history/<int:pk>/",  # leads to the page of the history
        "admin/works/trash/",
        "admin/works/read/<int:pk>/remark/",
    ],
    STAFF_BUT_EMPTY: [
        "admin/works/<uuid:uuid>/",
        "admin/works/read/<int:pk>/",
    ],
    Permission.WORKS_TEMPLATES: [
        "admin/works/<uuid:uuid>/keep-template/",
        "admin/works/templates/<int:pk>/state/",
    ],
    Permission.WORKS_WRITE: [
        "admin/works/<uuid:uuid>/about/",
        "admin/works/<uuid:uuid>/duplicate/",
        "admin/works/<uuid:uuid>/money/",
        "admin/works/<uuid:uuid>/put-away/",
        "admin/works/sheets/",
        "admin/works/sheets/<uuid:uuid>/",
        "admin/works/sheets/<uuid:uuid>/decision/",
        "admin/works/sheets/<uuid:uuid>/progress/",
        "admin/works/sheets/example/",
        "admin/works/start/",
        "admin/works/start/<slug:kind>/",
    ],
    (Permission.WORKS_WRITE, Permission.WORKS_TRANSLATE, Permission.WORKS_REVISE): [
        "admin/works/<uuid:uuid>/languages/",
        "admin/works/read/<int:pk>/follow/",
        "admin/works/read/<int:pk>/bring/",
        "admin/works/words/edit/<int:pk>/",
        "admin/works/read/<int:pk>/history/take/",
        "admin/works/words/preview/<int:pk>/",
    ],
    (
        Permission.WORKS_WRITE,
        Permission.WORKS_TRANSLATE,
        Permission.WORKS_REVISE,
        Permission.WORKS_APPROVE,
        Permission.WORKS_CLEAR_SECRECY,
        Permission.RELEASES_PUBLISH,
    ): [
        "admin/works/read/<int:pk>/history/",
        "admin/works/read/<int:pk>/history/compare/",
    ],
    (Permission.WORKS_WRITE, Permission.WORKS_APPROVE): [
        "admin/works/<uuid:uuid>/hand-on/",
    ],
    Permission.WORKS_CLEAR_SECRECY: [
        "admin/works/<uuid:uuid>/stop/",
    ],
}
