"""Which page may load what, and who may frame it: strict for the public, wider for the desk."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin

DESK = "/admin/"
# What Wagtail's admin needs beyond the public policy (config.settings: CONTENT_SECURITY_POLICY):
# its choosers and date fields start themselves by scripts inside the page, without a nonce; its
# rich text editor and its charts set style attributes; pictures are shown before they are sent
# (blob:); the preview shows our own pages in a frame.
DESK_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# A house of public information needs none of the visitor's devices.
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

Answer = Callable[[HttpRequest], HttpResponseBase]


class PoliciesMiddleware:
    """Gives the desk its wider policy, and every page the permissions it does not need."""

    def __init__(self, get_response: Answer) -> None:
        self.public = get_response
        self.desk: Answer = xframe_options_sameorigin(csp_replace(DESK_POLICY)(get_response))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.desk if request.path.startswith(DESK) else self.public
        response = answer(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
