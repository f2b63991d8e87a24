"""Every screen of the house: its routes, the way to it, and who of the sample may walk it.

A way is an address, then links to follow by their selectors; “press …” clicks, “type …” fills.
`test_screens.py` holds the list complete.
"""

from dataclasses import dataclass

from tests.journeys.accessibility import findings
from tests.journeys.conftest import DESK, PHONE

SIZES = {"desk": DESK, "phone": PHONE}
STRANGER = None
PLANNERS = ("ke-hoach", "can-bo-so", "can-bo-xa")
DECIDERS = (*PLANNERS, "phe-duyet")
OPERATOR = ("van-hanh",)
AUTHORS = ("tac-gia", "bien-tap", "can-bo-xa", "can-bo-so")
PUBLISHERS = ("phat-hanh",)
EDITOR = ("bien-tap",)  # writes for every unit
FILMER = ("tac-gia",)
CHANGERS = (*PLANNERS, *OPERATOR)
MEDIA = (*PLANNERS, "pho-phong", "tac-gia", "bien-tap", "phat-hanh")
STAFF = (
    *DECIDERS,
    "tac-gia",
    "bien-tap",
    "bien-dich",
    "dich-anh-trung",
    "hieu-dinh",
    "pho-phong",
    "tham-dinh",
    "phat-hanh",
    *OPERATOR,
)
PLAN = ("/admin/plans/", "a:has-text('Triển khai công tác thông tin đối ngoại')")
REVIEW = ("/admin/plans/bring/", "a[href*='/import/']")
BUNDLE = ("/admin/bundles/?q=Túi", "tbody th a")
DRAFT = ("/admin/works/?q=tieng+trong", "tbody th a", "a[href*='/words/edit/']")
CORRECTED = ("/admin/works/?q=gio+lam+viec", "tbody th a")
LEAFLET = ("/admin/works/?q=hoi+dap", "tbody th a")
PICTURE = ("/admin/media/?q=doi+che+nui+che+buoi", "a.media-card")
FILM = ("/admin/media/?q=canh+quay", "a.media-card")


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
        "kinds-of-change",
        ("/admin/registry/units/?q=so+van+hoa", "tbody th a", "a[href$='/change/']"),
        ("admin/registry/units/<uuid:uuid>/change/",),
        CHANGERS,
    ),
    Screen(
        "merge-units",
        (
            "/admin/registry/units/?q=so+van+hoa",
            "tbody th a",
            "a[href$='/change/']",
            "a[href$='/merge/']",
            "type #id_new_name=Sở Mới",
            "type #id_partners=Sở Xây dựng",
            "type #id_source=Nghị quyết",
            "press .sheet > .filter-acts button",
        ),
        ("admin/registry/units/<uuid:uuid>/change/<slug:kind>/",),
        CHANGERS,
    ),
    Screen(
        "split-unit",
        (
            "/admin/registry/units/?q=so+van+hoa",
            "tbody th a",
            "a[href$='/change/']",
            "a[href$='/split/']",
        ),
        (),
        CHANGERS,
    ),
    Screen(
        "name-unit",
        ("/admin/registry/units/?q=so+van+hoa", "tbody th a", "a[href$='/name/']"),
        ("admin/registry/units/<uuid:uuid>/name/",),
        CHANGERS,
    ),
    Screen(
        "code-unit",
        ("/admin/registry/units/?q=so+van+hoa", "tbody th a", "a[href$='/code/']"),
        ("admin/registry/units/<uuid:uuid>/code/",),
        CHANGERS,
    ),
    Screen(
        "bring-units",
        ("/admin/registry/units/import/",),
        ("admin/registry/units/import/",),
        CHANGERS,
    ),
    # the registry
    Screen("registry", ("/admin/registry/",), ("admin/registry/",)),
    Screen("documents", ("/admin/papers/",), ("admin/papers/",)),
    Screen("no-documents", ("/admin/papers/?q=xyz&state=replaced&year=2026",)),
    Screen("document", ("/admin/papers/?q=72/2015", "tbody th a"), ("admin/papers/<uuid:uuid>/",)),
    Screen("document-of-a-plan", ("/admin/papers/?q=18/KH-UBND", "tbody th a")),
    Screen("document-only-cited", ("/admin/papers/?state=cited", "tbody th a")),
    Screen("add-document", ("/admin/papers/add/",), ("admin/papers/add/",), CHANGERS),
    Screen(
        "correct-document",
        ("/admin/papers/?q=72/2015", "tbody th a", "a[href$='/correct/']"),
        ("admin/papers/<uuid:uuid>/correct/",),
        CHANGERS,
    ),
    Screen(
        "receive-document",
        ("/admin/papers/?state=cited", "tbody th a", "a[href$='/receive/']"),
        ("admin/papers/<uuid:uuid>/receive/",),
        CHANGERS,
    ),
    Screen(
        "bind-document",
        ("/admin/papers/?state=cited", "tbody th a", "a[href$='/bind/']"),
        ("admin/papers/<uuid:uuid>/bind/",),
        CHANGERS,
    ),
    Screen(
        "link-document",
        (
            "/admin/papers/?q=72/2015",
            "tbody th a",
            "a[href$='/link/']",
            "type #id_q=bao chi",
            "press .sheet button",
        ),
        ("admin/papers/<uuid:uuid>/link/",),
        CHANGERS,
    ),
    Screen("areas", ("/admin/registry/areas/",), ("admin/registry/areas/",)),
    Screen("no-areas", ("/admin/registry/areas/?q=xyz&kind=province",)),
    Screen(
        "area",
        ("/admin/registry/areas/?q=tinh+lang+son", "tbody th a"),
        ("admin/registry/areas/<int:key>/",),
    ),
    Screen("area-that-was", ("/admin/registry/areas/?q=tinh+soc+trang&all=on", "tbody th a")),
    Screen(
        "correct-area",
        ("/admin/registry/areas/?q=tinh+lang+son", "tbody th a", "a[href$='/correct/']"),
        ("admin/registry/areas/<int:key>/correct/",),
        CHANGERS,
    ),
    Screen(
        "kinds-of-area-change",
        ("/admin/registry/areas/?q=tinh+lang+son", "tbody th a", "a[href$='/change/']"),
        ("admin/registry/areas/<int:key>/change/",),
        CHANGERS,
    ),
    Screen(
        "merge-areas",
        (
            "/admin/registry/areas/?q=tinh+lang+son",
            "tbody th a",
            "a[href$='/change/']",
            "a[href$='/merge/']",
        ),
        ("admin/registry/areas/<int:key>/change/<slug:kind>/",),
        CHANGERS,
    ),
    Screen(
        "mark-area",
        ("/admin/registry/areas/?q=tinh+lang+son", "tbody th a", "a[href$='/border/']"),
        ("admin/registry/areas/<int:key>/border/",),
        CHANGERS,
    ),
    Screen(
        "add-area",
        ("/admin/registry/areas/add/",),
        ("admin/registry/areas/add/",),
        CHANGERS,
    ),
    Screen(
        "add-gate",
        ("/admin/registry/gates/add/",),
        ("admin/registry/gates/add/",),
        CHANGERS,
    ),
    Screen(
        "add-language",
        ("/admin/registry/languages/new/add/",),
        ("admin/registry/languages/new/add/",),
        CHANGERS,
    ),
    Screen(
        "add-group",
        ("/admin/registry/groups/add/",),
        ("admin/registry/groups/add/",),
        CHANGERS,
    ),
    Screen("gates", ("/admin/registry/gates/",), ("admin/registry/gates/",)),
    Screen("no-gates", ("/admin/registry/gates/?q=xyz",)),
    Screen("gate", ("/admin/registry/gates/?q=chi+ma", "tbody th a")),
    Screen(
        "correct-gate",
        ("/admin/registry/gates/?q=chi+ma", "tbody th a", "a[href*='/gates/'][href$='/correct/']"),
        ("admin/registry/gates/<int:key>/correct/",),
        CHANGERS,
    ),
    Screen(
        "new-kind-of-gate",
        ("/admin/registry/gates/?q=chi+ma", "tbody th a", "a[href$='/kind/']"),
        ("admin/registry/gates/<int:key>/kind/",),
        CHANGERS,
    ),
    Screen("languages", ("/admin/registry/languages/?all=on",), ("admin/registry/languages/",)),
    Screen("no-languages", ("/admin/registry/languages/?q=xyz",)),
    Screen(
        "language", ("/admin/registry/languages/lo/",), ("admin/registry/languages/<slug:tag>/",)
    ),
    Screen("spoken-language", ("/admin/registry/languages/ium/",)),
    Screen(
        "correct-language",
        ("/admin/registry/languages/lo/correct/",),
        ("admin/registry/languages/<slug:tag>/correct/",),
        CHANGERS,
    ),
    Screen("groups", ("/admin/registry/groups/",), ("admin/registry/groups/",)),
    Screen(
        "group",
        ("/admin/registry/groups/", "a:has-text('Các sở, ban, ngành')"),
        ("admin/registry/groups/<int:key>/",),
    ),
    Screen(
        "correct-group",
        ("/admin/registry/groups/", "tbody th a", "a[href$='/correct/']"),
        ("admin/registry/groups/<int:key>/correct/",),
        CHANGERS,
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
    Screen("diary", ("/admin/diary/",), ("admin/diary/",), OPERATOR),
    Screen("diary-open", ("/admin/diary/", "press .diary details summary"), people=OPERATOR),
    Screen("background", ("/admin/background/",), ("admin/background/",), OPERATOR),
    Screen("person-added", ("/admin/people/add/",), ("admin/people/add/",), OPERATOR),
    Screen(
        "person-details",
        ("/admin/people/?kind=leader", "tbody th a", "a[href$='details/']"),
        ("admin/people/<uuid:uuid>/details/",),
        OPERATOR,
    ),
    Screen(
        "own-delegations",
        ("/admin/people/delegations/",),
        ("admin/people/delegations/",),
        ("phe-duyet",),
    ),
    Screen("invite", ("/admin/people/invite/",), ("admin/people/invite/",), OPERATOR),
    # clearance
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
    # works
    Screen("works", ("/admin/works/",), ("admin/works/",)),
    Screen("no-works", ("/admin/works/?q=xyz&overdue=on&mine=on",)),
    Screen("works-trash", ("/admin/works/trash/",), ("admin/works/trash/",)),
    Screen("sheets", ("/admin/works/sheets/",), ("admin/works/sheets/",), AUTHORS),
    Screen("start-work", ("/admin/works/start/",), ("admin/works/start/",), AUTHORS),
    Screen(
        "start-leaflet",
        ("/admin/works/start/leaflet/",),
        ("admin/works/start/<slug:kind>/",),
        AUTHORS,
    ),
    Screen(
        "start-from-template",
        ("/admin/works/start/leaflet/", "press a.kind-card[href*='template=']"),
        people=AUTHORS,
    ),
    Screen("templates", ("/admin/works/templates/",), ("admin/works/templates/",)),
    Screen(
        "keep-template",
        (*LEAFLET, "a[href$='/keep-template/']"),
        ("admin/works/<uuid:uuid>/keep-template/",),
        ("ke-hoach",),
    ),
    Screen("work", LEAFLET, ("admin/works/<uuid:uuid>/",)),
    Screen("work-corrected", CORRECTED),
    Screen("work-withdrawn", ("/admin/works/?q=muc+thu", "tbody th a")),
    Screen("work-under-embargo", ("/admin/works/?q=tuan+huu+nghi", "tbody th a")),
    Screen(
        "about-work",
        (*LEAFLET, "a[href$='/about/']"),
        ("admin/works/<uuid:uuid>/about/",),
        EDITOR,
    ),
    Screen(
        "duplicate-work",
        (*LEAFLET, "a[href$='/duplicate/']"),
        ("admin/works/<uuid:uuid>/duplicate/",),
        EDITOR,
    ),
    Screen(
        "hand-on-work",
        (*LEAFLET, "a[href$='/hand-on/']"),
        ("admin/works/<uuid:uuid>/hand-on/",),
        EDITOR,
    ),
    Screen(
        "languages-of-work",
        (*LEAFLET, "a[href$='/languages/']"),
        ("admin/works/<uuid:uuid>/languages/",),
        EDITOR,
    ),
    Screen(
        "money-of-work",
        (*LEAFLET, "a[href$='/money/']"),
        ("admin/works/<uuid:uuid>/money/",),
        EDITOR,
    ),
    Screen("read-words", (*LEAFLET, "a[href*='/works/read/']"), ("admin/works/read/<int:pk>/",)),
    Screen("write-words", DRAFT, ("admin/works/words/edit/<int:pk>/",), FILMER),
    Screen(
        "history-of-words",
        (*CORRECTED, "a[href$='/history/']"),
        ("admin/works/read/<int:pk>/history/",),
        EDITOR,
    ),
    Screen(
        "words-compared",
        (*CORRECTED, "a[href$='/history/']", "press button[form='compare']"),
        ("admin/works/read/<int:pk>/history/compare/",),
        EDITOR,
    ),
    Screen(
        "look-at-a-draft",
        ("/admin/works/?q=tieng+trong", "tbody th a", "a[href*='/forms/look/']"),
        ("admin/forms/look/<int:pk>/",),
    ),
    # clearance
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
    # the library
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
    "accounts/copy/": "sends a table",
    "accounts/sessions/end/": "ends sessions and leads back",
    "accounts/oidc/<str:provider_id>/login/": "leads to the province's identity service",
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/": "as above",
    "accounts/oidc/^(?P<provider_id>[^/]+)/login/callback/": "comes back from there",
    "accounts/social/connections/": "closed",
    "admin/emblem/": "a picture",
    "admin/jsi18n/": "words of the scripts",
    "admin/papers/<uuid:uuid>/link/<int:key>/withdraw/": "withdraws a link and leads back",
    "admin/papers/<uuid:uuid>/take-off/": "takes a document off the record and leads on",
    "admin/papers/<uuid:uuid>/undo/<int:key>/": "takes something back and leads back",
    "admin/registry/languages/<slug:tag>/use/": "takes a choice and leads back",
    "admin/registry/undo/<int:key>/": "takes something back and leads back",
    "admin/registry/areas/<int:key>/border/<int:tag>/take-back/": "as above",
    "admin/registry/areas/<int:key>/change/<int:change>/take-back/": "as above",
    "admin/registry/units/<uuid:uuid>/change/<int:key>/take-back/": "as above",
    "admin/registry/units/<uuid:uuid>/code/<int:key>/take-back/": "as above",
    "admin/registry/units/<uuid:uuid>/name/<int:key>/take-back/": "as above",
    "admin/registry/units/import/<slug:digest>/": "walked by the journeys, for it needs a workbook",
    "admin/works/<uuid:uuid>/stop/": "lifts or confirms a stop and leads back",
    "admin/plans/import/<uuid:uuid>/accept/": "accepts and leads on",
    "admin/plans/import/<uuid:uuid>/compare/": "walked by the journeys, for it needs two versions",
    "admin/plans/import/<uuid:uuid>/discard/": "discards and leads on",
    "admin/plans/import/<uuid:uuid>/plan/": "takes a choice and leads back",
    "admin/plans/import/<uuid:uuid>/progress/": "for the review's script",
    "admin/plans/import/<uuid:uuid>/state/": "as above",
    "admin/plans/import/<uuid:uuid>/step/": "as above",
    "admin/plans/import/<uuid:uuid>/unit/": "as above",
    "admin/plans/units/": "as above",
    "admin/works/sheets/<uuid:uuid>/": "needs a workbook that the worker has looked through",
    "admin/works/sheets/<uuid:uuid>/decision/": "takes a decision and leads back",
    "admin/works/sheets/<uuid:uuid>/progress/": "for the page's script",
    "admin/works/sheets/example/": "a workbook",
    "admin/clearance/<uuid:uuid>/decision/": "takes a decision and leads on",
    "admin/clearance/<uuid:uuid>/give/": "gives a step and leads back",
    "admin/clearance/take-back/<int:pk>/": "takes a text back and leads back",
    "admin/forms/look/<int:pk>/drawn/": "a frame of the page that shows a draft",
    "admin/forms/<uuid:uuid>/order/": "takes an order and leads back",
    "admin/forms/<uuid:uuid>/file/": "a file",
    "admin/bundles/<uuid:uuid>/<uuid:work_uuid>/leave-out/": "leaves out and leads back",
    "admin/bundles/<uuid:uuid>/call-off/": "calls off and leads back",
    "admin/bundles/<uuid:uuid>/release/": "releases and leads back",
    "admin/bundles/<uuid:uuid>/schedule/": "sets a minute and leads back",
    "admin/works/read/<int:pk>/bring/": "takes a file and leads back",
    "admin/works/read/<int:pk>/follow/": "goes on from the newest source and leads back",
    "admin/works/read/<int:pk>/remark/": "takes a remark and leads back",
    "admin/works/words/history/<int:pk>/": "leads to the page of the history",
    "admin/works/read/<int:pk>/history/take/": "takes an earlier text back and leads back",
    "admin/works/words/preview/<int:pk>/": "a frame of the editor's page",
    "admin/works/templates/<int:pk>/state/": "retires a template and leads back",
    "admin/works/<uuid:uuid>/put-away/": "puts away and leads back",
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
            page.wait_for_load_state("networkidle")  # whoever listens for it is there
            page.locator(step.removeprefix("press ")).first.click()
        elif step.startswith("type "):
            place, words = step.removeprefix("type ").split("=", 1)
            page.locator(place).fill(words)
        else:
            visit.go(page.locator(step).first.get_attribute("href"))
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


# What axe looks at, without the words: pages alike in it differ by their words alone.
SKELETON = """() => [...document.querySelectorAll("*")].map(each => [
  each.localName, each.className, each.type, each.hidden, each.getAttribute("role"),
  ...each.getAttributeNames(),
].join(" ")).join("\\n")"""


def look(here, screen, person, *, language, size, schemes, seen=None):
    """What is wrong with a screen in this window, by where; a picture of each look is kept.

    With `seen`, a page whose skeleton is in it already is not searched by axe again.
    """
    if screen.size not in {"", size}:
        return {}
    here.page.set_viewport_size(SIZES[size])
    go(here, screen)
    wrong = {}
    for scheme in schemes:
        here.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        skeleton = size, scheme, language, here.page.evaluate(SKELETON)
        found = []
        if seen is None or skeleton not in seen:
            here.picture(f"{screen.name}-{size}-{scheme}")
            found += findings(here.page)
        if seen is not None:
            seen.add(skeleton)
        if here.overflows():
            found.append("wider than its window")
        if found:
            wrong[screen.name, person, language, size, scheme] = found
    return wrong
