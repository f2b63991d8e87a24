"""Screens of the room plans."""

from tests.journeys.screens.screen import PLANNERS, Screen

PLAN = ("/admin/plans/", "a:has-text('Triển khai công tác thông tin đối ngoại')")
REVIEW = ("/admin/plans/bring/", "a[href*='/import/']")

SCREENS = [
    Screen("plans", ("/admin/plans/",), ("admin/plans/",)),
    Screen("no-plans", ("/admin/plans/?q=xyz",)),
    Screen("outline", PLAN, ("admin/plans/<uuid:uuid>/",)),
    Screen("table", (*PLAN, "a[href$='/table/']"), ("admin/plans/<uuid:uuid>/table/",)),
    Screen("graph", (*PLAN, "a[href$='/documents/']"), ("admin/plans/<uuid:uuid>/documents/",)),
    Screen("task", (*PLAN, "a[href*='/task/']"), ("admin/plans/task/<uuid:uuid>/",)),
    Screen("all-tasks", ("/admin/plans/tasks/",), ("admin/plans/tasks/",)),
    Screen("no-tasks", ("/admin/plans/tasks/?q=xyz&since=2026-01-01&role=lead",)),
    Screen("bring", ("/admin/plans/bring/",), ("admin/plans/bring/",), PLANNERS),
    Screen(
        "review",
        (*REVIEW, "press #tab-look"),
        ("admin/plans/import/<uuid:uuid>/",),
        ("ke-hoach", "can-bo-so"),
    ),
    Screen(
        "review-task",
        (*REVIEW, "press #tab-tasks", "press #tasks > li:nth-of-type(2) .task-head"),
        people=("ke-hoach", "can-bo-so"),
    ),
    Screen(
        "review-edit",
        (
            *REVIEW,
            "press #tab-tasks",
            "press #tasks > li:nth-of-type(2) .task-head",
            "press #tasks .current .task-acts button:nth-of-type(1)",
        ),
        people=("ke-hoach", "can-bo-so"),
    ),
    Screen("review-names", (*REVIEW, "press #tab-names"), people=("ke-hoach", "can-bo-so")),
    Screen("review-header", (*REVIEW, "press #tab-header"), people=("ke-hoach", "can-bo-so")),
    Screen(
        "review-words",
        (*REVIEW, "press #tab-text"),
        people=("ke-hoach", "can-bo-so"),
        size="phone",
    ),
    Screen(
        "review-keys",
        (*REVIEW, "press #help-button"),
        people=("ke-hoach", "can-bo-so"),
        size="desk",
    ),
]

# Routes that show no page of their own, and why.
NO_SCREEN = {
    "admin/plans/import/<uuid:uuid>/accept/": "accepts and leads on",
    "admin/plans/import/<uuid:uuid>/compare/": "walked by the journeys, for it needs two versions",
    "admin/plans/import/<uuid:uuid>/discard/": "discards and leads on",
    "admin/plans/import/<uuid:uuid>/plan/": "takes a choice and leads back",
    "admin/plans/import/<uuid:uuid>/progress/": "for the review's script",
    "admin/plans/import/<uuid:uuid>/state/": "as above",
    "admin/plans/import/<uuid:uuid>/step/": "as above",
    "admin/plans/import/<uuid:uuid>/unit/": "as above",
    "admin/plans/units/": "as above",
}
