"""Languages of the interface and of the portal; content languages live in the registry."""

from __future__ import annotations

from django.conf import global_settings, locale
from django.utils.translation import gettext_lazy as _

from config import env

# Django knows no Lao.
locale.LANG_INFO["lo"] = {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"}
global_settings.LANGUAGES = [*global_settings.LANGUAGES, ("lo", "Lao")]
_every_language = {
    "vi": _("Vietnamese"),
    "en": _("English"),
    "zh-hans": _("Simplified Chinese"),
    "lo": _("Lao"),
    "km": _("Khmer"),
}
LANGUAGES = [
    (code, _every_language[code])
    for code in env.words(
        "NHIPCAU_LANGUAGES",
        default="vi,en,zh-hans,lo,km",
        help="Languages of the public interface, the first is the default.",
    )
]
LANGUAGE_CODE = LANGUAGES[0][0]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
