"""Every screen of the house: its routes, the way to it, and who of the sample may walk it.

A way is an address, then links to follow by their selectors; “press …” clicks. `test_screens.py`
holds the list complete.
"""

from dataclasses import dataclass

from tests.journeys.accessibility import findings
from tests.journeys.conftest import DESK, PHONE

SIZES = {"desk": DESK, "phone": PHONE}
STRANGER = None
PLANNERS = ("ke-hoach", "can-bo-so", "can-bo-xa")
DECIDERS = (*PLANNERS, "phe-duyet")
OPERATOR = ("van-hanh",)
AUTHORS = ("tac-gia",)
STAFF = (
    *DECIDERS,
    "tac-gia",
    "bien-dich",
    "hieu-dinh",
    "pho-phong",
    "tham-dinh",
    "phat-hanh",
    *OPERATOR,
)
PLAN = ("/admin/plans/", "a:has-text('Triển khai công tác thông tin đối ngoại')")
REVIEW = ("/admin/plans/bring/", "a[href*='/import/']")


@dataclass(frozen=True)
class Screen:
    name: str
    way: tuple
    routes: tuple = ()
    people: tuple = STAFF
    size: str = ""  # the only size at which it exists


SCREENS = [
    # the way in
    Screen("sign-in", ("/accounts/login/",), ("accounts/login/",), (STRANGER,)),
    Screen("sample-accounts", ("/accounts/login/", "press details summary"), people=(STRANGER,)),
    Screen("forgotten", ("/accounts/password/reset/",), ("accounts/password/reset/",), (STRANGER,)),
    Screen(
        "forgotten-sent",
        ("/accounts/password/reset/done/",),
        ("accounts/password/reset/done/",),
        (STRANGER,),
    ),
    Screen(
        "new-password-broken-link",
        ("/accounts/password/reset/key/1-hong/",),
        ("accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",),
        (STRANGER,),
    ),
    Screen(
        "new-password-done",
        ("/accounts/password/reset/key/done/",),
        ("accounts/password/reset/key/done/",),
        (STRANGER,),
    ),
    Screen(
        "confirm-address",
        ("/accounts/confirm-email/hong/",),
        (r"accounts/^confirm-email/(?P<key>[-:\w]+)/$",),
        (STRANGER,),
    ),
    Screen(
        "address-to-confirm",
        ("/accounts/confirm-email/",),
        ("accounts/confirm-email/",),
        (STRANGER,),
    ),
    Screen("inactive", ("/accounts/inactive/",), ("accounts/inactive/",), (STRANGER,)),
    Screen(
        "invitation-closed",
        ("/accounts/invitation/hong/",),
        ("accounts/invitation/<str:token>/",),
        (STRANGER,),
    ),
    Screen(
        "service-said-no",
        ("/accounts/3rdparty/login/cancelled/",),
        ("accounts/3rdparty/login/cancelled/",),
        (STRANGER,),
    ),
    Screen(
        "service-failed",
        ("/accounts/3rdparty/login/error/",),
        ("accounts/3rdparty/login/error/",),
        (STRANGER,),
    ),
    Screen("no-such-page", ("/khong-co/",), people=(STRANGER,)),
    # my account
    Screen("account", ("/accounts/",), ("accounts/",)),
    Screen("second-factor", ("/accounts/2fa/",), ("accounts/2fa/",)),
    Screen("set-up-app", ("/accounts/2fa/totp/activate/",), ("accounts/2fa/totp/activate/",)),
    Screen("keys", ("/accounts/2fa/webauthn/",), ("accounts/2fa/webauthn/",)),
    Screen("add-key", ("/accounts/2fa/webauthn/add/",), ("accounts/2fa/webauthn/add/",)),
    Screen("sessions", ("/accounts/sessions/",), ("accounts/sessions/",)),
    Screen("password", ("/accounts/password/change/",), ("accounts/password/change/",)),
    Screen("address", ("/accounts/email/",), ("accounts/email/",)),
    Screen("identity-service", ("/accounts/3rdparty/",), ("accounts/3rdparty/",)),
    Screen("again-who", ("/accounts/reauthenticate/",), ("accounts/reauthenticate/",)),
    Screen("sign-out", ("/accounts/logout/",), ("accounts/logout/",)),
    Screen("acting-unit", ("/accounts/unit/",), ("accounts/unit/",)),
    Screen("preferences", ("/admin/account/",), ("admin/account/",)),
    # the desk
    Screen("my-work", ("/admin/",), ("admin/",)),
    Screen("menu", ("/admin/", "press .sidebar-nav-toggle"), size="phone"),
    Screen("my-menu", ("/admin/", "press .sidebar-footer button"), size="desk"),
    Screen("no-such-page-in-the-desk", ("/admin/khong-co/",), ("admin/^.*/$",)),
    Screen("units", ("/admin/registry/units/",), ("admin/registry/units/",)),
    Screen("no-units", ("/admin/registry/units/?q=xyz",)),
    Screen(
        "unit",
        ("/admin/registry/units/?q=so+van+hoa", "tbody th a"),
        ("admin/registry/units/<uuid:uuid>/",),
    ),
    Screen(
        "bring-units",
        ("/admin/registry/units/import/",),
        ("admin/registry/units/import/",),
        (*PLANNERS, *OPERATOR),
    ),
    # people
    Screen("people", ("/admin/people/",), ("admin/people/",)),
    Screen("person", ("/admin/people/", "tbody th a"), ("admin/people/<uuid:uuid>/",)),
    Screen(
        "person-all-open",
        (
            "/admin/people/",
            "tbody tr:nth-of-type(2) th a",
            "press .changes details:nth-of-type(1) summary",
            "press .changes details:nth-of-type(2) summary",
            "press .changes details:nth-of-type(3) summary",
            "press .changes details:nth-of-type(4) summary",
        ),
        people=OPERATOR,
    ),
    Screen("invite", ("/admin/people/invite/",), ("admin/people/invite/",), OPERATOR),
    # works
    Screen("works", ("/admin/works/",), ("admin/works/",)),
    Screen("no-works", ("/admin/works/?q=xyz&overdue=on&mine=on",)),
    Screen("works-trash", ("/admin/works/trash/",), ("admin/works/trash/",)),
    Screen("start-work", ("/admin/works/start/",), ("admin/works/start/",), AUTHORS),
    Screen(
        "start-leaflet",
        ("/admin/works/start/leaflet/",),
        ("admin/works/start/<slug:kind>/",),
        AUTHORS,
    ),
    # plans
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

# Routes of ours that show no page of their own, and why.
NO_SCREEN = {
    "": "leads on to the desk",
    "healthz": "for machines",
    "readyz": "for machines",
    "accounts/language/": "takes a choice and leads back",
    "accounts/sessions/end/": "ends sessions and leads back",
    "accounts/oidc/<str:provider_id>/login/": "leads to the province's identity service",
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/": "as above",
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/": "comes back from there",
    "accounts/social/connections/": "closed",
    "admin/emblem/": "a picture",
    "admin/jsi18n/": "words of the scripts",
    "admin/registry/units/import/<slug:digest>/": "walked by the journeys, for it needs a workbook",
    "admin/plans/import/<uuid:uuid>/accept/": "accepts and leads on",
    "admin/plans/import/<uuid:uuid>/compare/": "walked by the journeys, for it needs two versions",
    "admin/plans/import/<uuid:uuid>/discard/": "discards and leads on",
    "admin/plans/import/<uuid:uuid>/plan/": "takes a choice and leads back",
    "admin/plans/import/<uuid:uuid>/progress/": "for the review's script",
    "admin/plans/import/<uuid:uuid>/state/": "as above",
    "admin/plans/import/<uuid:uuid>/step/": "as above",
    "admin/plans/import/<uuid:uuid>/unit/": "as above",
    "admin/plans/units/": "as above",
    "admin/works/<uuid:uuid>/": "the sample has no works yet",
    "admin/works/<uuid:uuid>/about/": "as above",
    "admin/works/<uuid:uuid>/duplicate/": "as above",
    "admin/works/<uuid:uuid>/hand-on/": "as above",
    "admin/works/<uuid:uuid>/languages/": "as above",
    "admin/works/<uuid:uuid>/money/": "as above",
    "admin/works/<uuid:uuid>/put-away/": "puts away and leads back",
    # The library: the sample has nothing in it yet; the room's tests ask its pages.
    "admin/media/": "the sample has no items yet",
    "admin/media/<uuid:uuid>/": "as above",
    "admin/media/<uuid:uuid>/file/": "as above",
    "admin/media/<uuid:uuid>/moving/": "as above",
    "admin/media/<uuid:uuid>/moving/<uuid:rendition>/again/": "as above",
    "admin/media/<uuid:uuid>/moving/<uuid:rendition>/stop/": "as above",
    "admin/media/<uuid:uuid>/moving/cut/": "as above",
    "admin/media/<uuid:uuid>/moving/order/": "as above",
    "admin/media/<uuid:uuid>/moving/poster/": "as above",
    "admin/media/<uuid:uuid>/moving/state/": "as above",
    "admin/media/<uuid:uuid>/replace/": "as above",
    "admin/media/<uuid:uuid>/size/<str:spec>": "as above",
    "admin/media/<uuid:uuid>/subtitles/": "as above",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/": "as above",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/back/": "as above",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/bring/": "as above",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/cues/": "as above",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/file/": "as above",
    "admin/media/<uuid:uuid>/subtitles/<int:pk>/words/": "as above",
    "admin/media/<uuid:uuid>/transcript/<slug:tag>/": "as above",
    "admin/media/<uuid:uuid>/trash/": "as above",
    "admin/media/<uuid:uuid>/words/": "as above",
    "admin/media/bring/": "as above",
    "admin/media/chooser/": "as above",
    "admin/media/chooser/chosen-multiple/": "as above",
    "admin/media/chooser/chosen/<str:pk>/": "as above",
    "admin/media/chooser/create/": "as above",
    "admin/media/chooser/results/": "as above",
    "admin/media/room/": "as above",
    "admin/media/uploads/": "as above",
    "admin/media/uploads/<uuid:uuid>/": "as above",
    "admin/logout/": "shows accounts/logout/",
    "accounts/2fa/authenticate/": "walked by the journey of signing in, between two steps of it",
    "accounts/2fa/reauthenticate/": "needs a second factor: the journey of passkeys",
    "accounts/2fa/recovery-codes/": "as above",
    "accounts/2fa/recovery-codes/download/": "as above",
    "accounts/2fa/recovery-codes/generate/": "as above",
    "accounts/2fa/totp/deactivate/": "as above",
    "accounts/2fa/webauthn/login/": "for the sign-in page's script",
    "accounts/2fa/webauthn/reauthenticate/": "needs a key: the journey of passkeys",
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": "as above",
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": "as above",
    "accounts/login/code/confirm/": "switched off",
    "accounts/password/set/": "leads to accounts/password/change/",
}


def go(visit, screen):
    """Walk the way; the page has come to rest then."""
    page = visit.page
    for step in screen.way:
        if step.startswith("/"):
            visit.go(step)
        elif step.startswith("press "):
            page.locator(step.removeprefix("press ")).first.click()
        else:
            visit.go(page.locator(step).first.get_attribute("href"))
        page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


def look(visit, screen, person, *, language, size, schemes):
    """What is wrong with a screen, by where; a picture of each look is kept."""
    if screen.size not in {"", size}:
        return {}
    here = visit(person, size=SIZES[size], language=language)
    go(here, screen)
    wrong = {}
    for scheme in schemes:
        here.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        here.picture(f"{screen.name}-{size}-{scheme}")
        found = findings(here.page)
        if here.overflows():
            found.append("wider than its window")
        if found:
            wrong[screen.name, person, language, size, scheme] = found
    here.close()
    return wrong
