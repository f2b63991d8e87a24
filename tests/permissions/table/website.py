"""The portal, and Wagtail's screens for its pages."""

from nhipcau.people.enums import Permission
from tests.permissions.table.audiences import EVERYBODY, NOBODY

TABLE = {
    EVERYBODY: [
        "",
        "look/<str:colours>.css",
        "robots.txt",
        "sitemap-news.xml",
        "sitemap.xml",
    ],
    # Open to everybody; in the empty house of this test nothing stands there yet. What a stranger
    # is shown at each is told in nhipcau/website/tests/test_pages.py.
    NOBODY: [
        ".well-known/security.txt",
        "<short:short_id>",
        "<tag:language>/",
        "<tag:language>/feed.<slug:form>",
        "<tag:language>/press.json",
        "<tag:language>/search.xml",
        "<tag:language>/topic/<path:key>/feed.<slug:form>",
        "<tag:language>/unit/<path:key>/feed.<slug:form>",
        "oembed",
        "sitemap-<int:year>-<int:month>-<int:part>.xml",
        "<tag:language>/<path:rest>/",
        "look/emblem-<str:digest>.png",
        "nhe/<tag:language>/",
        "nhe/<tag:language>/<path:rest>/",
    ],
    Permission.PORTAL_ARRANGE: [
        "admin/portal/",
        "admin/portal/accounts/<int:pk>/over/",
        "admin/portal/accounts/list/",
        "admin/portal/alarm/",
        "admin/portal/alarm/<int:pk>/over/",
        "admin/portal/gates/<int:pk>/",
        # Wagtail's screens for its pages; others of them are closed for the root, their example.
        "admin/pages/",
        "admin/pages/<int:parent_page_id>/",
        "admin/pages/<int:parent_page_id>/add_subpage/",
        "admin/pages/<int:parent_page_id>/results/",
        "admin/pages/search/",
        "admin/pages/search/results/",
        "admin/reports/aging-pages/",
        "admin/reports/aging-pages/results/",
        "admin/reports/page-types-usage/",
        "admin/reports/page-types-usage/results/",
        "admin/reports/workflow/",
        "admin/reports/workflow/results/",
        "admin/reports/workflow_tasks/",
        "admin/reports/workflow_tasks/results/",
    ],
}
