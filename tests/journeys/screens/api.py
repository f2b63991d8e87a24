"""The documentation of the interface for machines; its other addresses show no page."""

from tests.journeys.screens.screen import STRANGER, Screen

SCREENS = [Screen("api", ("/api/v1/docs",), ("api/v1/docs",), (STRANGER,))]

_ANSWERS = "an answer for machines"
NO_SCREEN = {
    "api/v1/": _ANSWERS,
    "api/v1/<path:rest>": _ANSWERS,
    "api/v1/areas": _ANSWERS,
    "api/v1/corrections": _ANSWERS,
    "api/v1/languages": _ANSWERS,
    "api/v1/openapi.json": _ANSWERS,
    "api/v1/renditions": _ANSWERS,
    "api/v1/topics": _ANSWERS,
    "api/v1/units": _ANSWERS,
    "api/v1/withdrawals": _ANSWERS,
    "api/v1/works": _ANSWERS,
    "api/v1/works/<name>": _ANSWERS,
    "api/v1/works/<name>/versions/<language>": _ANSWERS,
}
