"""The sample's sketches as SVG: an invented province, no scale, and no line of a border.

What lies where is invented; names stand in the language that is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 1200, 800
LAND, ROAD, WATER, INK, STONE = "#eef0e2", "#b58a5a", "#5b9fc0", "#1f2a44", "#b02a57"
_WORDS = {
    "vi": {
        "sketch": "Sơ đồ mẫu, không theo tỉ lệ, không thể hiện đường biên giới",
        "north": "Bắc",
        "road": "Đường ô tô",
        "river": "Sông Lành",
        "gate": "Cửa khẩu",
        "place": "Điểm đến",
    },
    "en": {
        "sketch": "Sample sketch, not to scale, shows no boundary",
        "north": "North",
        "road": "Motor road",
        "river": "Lành river",
        "gate": "Border gate",
        "place": "Place to visit",
    },
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the sketch: where it stands, its name by language, and whether it is a gate."""

    x: int
    y: int
    names: Mapping[str, str]
    is_gate: bool = False


_SPOTS = (
    Spot(660, 610, {"vi": "Phường Mẫu Thượng", "en": "Mẫu Thượng ward"}),
    Spot(880, 430, {"vi": "Đồi chè Núi Chè", "en": "Núi Chè tea hills"}),
    Spot(430, 470, {"vi": "Bến thuyền Sông Lành", "en": "Sông Lành landing"}),
    Spot(300, 300, {"vi": "Chợ phiên Bản Lát", "en": "Bản Lát market"}),
    Spot(580, 250, {"vi": "Bản dệt Nậm Sương", "en": "Nậm Sương weavers' village"}),
    Spot(640, 120, {"vi": "Cửa khẩu Khe Sương", "en": "Khe Sương border gate"}, is_gate=True),
    Spot(850, 170, {"vi": "Cửa khẩu Nà Chuông", "en": "Nà Chuông border gate"}, is_gate=True),
)
_GATE_SPOTS = (
    Spot(160, 620, {"vi": "Bến xe Khe Sương", "en": "Khe Sương bus station"}),
    Spot(400, 500, {"vi": "Chợ cửa khẩu", "en": "Gate market"}),
    Spot(640, 410, {"vi": "Bãi kiểm tra hàng", "en": "Cargo yard"}),
    Spot(820, 300, {"vi": "Nhà chờ, quầy thông tin", "en": "Waiting hall, information desk"}),
    Spot(960, 190, {"vi": "Nhà làm thủ tục", "en": "Control hall"}, is_gate=True),
)


def _text(x: float, y: float, words: str, size: int = 22, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    told = f'x="{x:g}" y="{y:g}" font-family="Noto Sans, sans-serif" font-size="{size}"{weight}'
    around = f'fill="{LAND}" stroke="{LAND}" stroke-width="7"'  # so that a road does not strike it
    return "".join(
        f"<text {told} {look}>{escape(words)}</text>" for look in (around, f'fill="{INK}"')
    )


def _curve(points: Sequence[tuple[int, int]]) -> str:
    """A smooth path through the points."""
    path = f"M{points[0][0]} {points[0][1]}"
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (x + to_x) / 2
        path += f" C{middle:g} {y} {middle:g} {to_y} {to_x} {to_y}"
    return path


def _spot(spot: Spot, language: str) -> str:
    colour = STONE if spot.is_gate else INK
    mark = (
        f'<rect x="{spot.x - 13}" y="{spot.y - 13}" width="26" height="26" rx="4" fill="{colour}"/>'
        if spot.is_gate
        else f'<circle cx="{spot.x}" cy="{spot.y}" r="12" fill="{colour}"/>'
    )
    return mark + _text(spot.x + 22, spot.y + 8, spot.names[language], bold=spot.is_gate)


def _sheet(parts: Sequence[str], title: str, language: str) -> bytes:
    words = _WORDS[language]
    key = [
        f'<rect x="40" y="690" width="26" height="26" rx="4" fill="{STONE}"/>',
        _text(80, 711, words["gate"], 20),
        f'<circle cx="263" cy="703" r="12" fill="{INK}"/>',
        _text(286, 711, words["place"], 20),
        f'<path d="M460 703H530" stroke="{ROAD}" stroke-width="8" fill="none"/>',
        _text(544, 711, words["road"], 20),
        _text(40, 760, words["sketch"], 20),
        f'<path d="M1130 40l22 60h-44z" fill="{INK}"/>',
        _text(1108, 128, words["north"], 20),
    ]
    drawn = "".join(
        [
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{LAND}"/>',
            *parts,
            _text(40, 64, title, 34, bold=True),
            *key,
        ]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">{drawn}</svg>\n'
    ).encode()


def _road(points: Sequence[tuple[int, int]]) -> str:
    return f'<path d="{_curve(points)}" stroke="{ROAD}" stroke-width="8" fill="none"/>'


def _slope(x: int, y: int, across: int, along: int) -> str:
    return f'<ellipse cx="{x}" cy="{y}" rx="{across}" ry="{along}" fill="#dde6cb"/>'


def places_to_visit(language: str) -> bytes:
    """Where in the invented province there is something to see, and the roads there."""
    river = _curve([(60, 360), (260, 430), (430, 520), (640, 540), (860, 640), (1160, 660)])
    parts = [
        _slope(330, 250, 210, 90),
        _slope(860, 380, 190, 120),
        _slope(560, 180, 160, 70),
        f'<path d="{river}" stroke="{WATER}" stroke-width="16" fill="none"/>',
        _text(900, 700, _WORDS[language]["river"], 20),
        _road([(660, 610), (880, 430), (850, 170)]),
        _road([(660, 610), (430, 470), (300, 300), (580, 250), (640, 120)]),
        *(_spot(spot, language) for spot in _SPOTS),
    ]
    title = {"vi": "Các điểm đến vùng biên", "en": "Places to visit near the border"}[language]
    return _sheet(parts, title, language)


def way_to_the_gate(language: str) -> bytes:
    """From the bus station to the hall where papers are shown."""
    parts = [
        _slope(330, 260, 220, 100),
        _slope(900, 520, 200, 90),
        _road([(160, 620), (400, 500), (640, 410), (820, 300), (960, 190)]),
        *(_spot(spot, language) for spot in _GATE_SPOTS),
    ]
    title = {"vi": "Đường tới Cửa khẩu Khe Sương", "en": "The way to Khe Sương border gate"}[
        language
    ]
    return _sheet(parts, title, language)


MAPS = {"places-to-visit": places_to_visit, "way-to-the-gate": way_to_the_gate}
