"""Words of the desk for what the registry keeps as codes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.enums import LinkKind

# The neighbours by land; any other country is called by its code.
COUNTRIES = {"CN": _("China"), "LA": _("Laos"), "KH": _("Cambodia")}

# ISO 15924 codes of the scripts in the shipped languages.
SCRIPTS = {
    "Latn": _("Latin script"),
    "Hans": _("Chinese, simplified"),
    "Hant": _("Chinese, traditional"),
    "Laoo": _("Lao script"),
    "Khmr": _("Khmer script"),
    "Jpan": _("Japanese script"),
    "Kore": _("Korean script"),
    "Tavt": _("Tai Viet script"),
}

# Words with the marks that a font has to place well: above, below, stacked.
SAMPLES = {
    "Latn": "Ấp ủ, rực rỡ, nghĩa, Hmôngz",
    "Hans": "边境 口岸 友谊",
    "Hant": "邊境 口岸 友誼",
    "Laoo": "ນ້ຳ ທີ່ ເມືອງ ຊື່ສັດ",
    "Khmr": "ទន្លេ ស្ពាន ព្រំដែន ខ្ញុំ",
    "Jpan": "国境 みなと トンネル",
    "Kore": "국경 다리 강물",
    "Tavt": "ꪼꪕ ꪒꪾ ꪹꪣꪉ",
}

# What a document does to the one that it names, and what is done to it, as headings.
NAMES = {
    LinkKind.BASIS: _("Is based on"),
    LinkKind.IMPLEMENTS: _("Implements"),
    LinkKind.REPLACES: _("Replaces"),
    LinkKind.AMENDS: _("Amends"),
}
NAMED_BY = {
    LinkKind.BASIS: _("Is the basis of"),
    LinkKind.IMPLEMENTS: _("Is implemented by"),
    LinkKind.REPLACES: _("Is replaced by"),
    LinkKind.AMENDS: _("Is amended by"),
}


def country_name(code: str) -> str | Promise:
    return COUNTRIES.get(code, code)


def script_name(code: str) -> str | Promise:
    return SCRIPTS.get(code, code)
