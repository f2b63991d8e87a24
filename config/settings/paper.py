"""Printed matter: where its fonts lie."""

from __future__ import annotations

from config import env

FONT_FOLDERS = env.words(
    "NHIPCAU_FONT_FOLDERS",
    default="/usr/share/fonts/truetype/noto,/usr/share/fonts/opentype/noto",
    help="Folders of the Noto fonts that printed matter is set in, parted by commas.",
)
