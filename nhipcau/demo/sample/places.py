"""The invented province: areas with what they were before, gates, and units beside the usual ones.

Every name is invented. Days are those of the real reorganisation: districts ended on 1 July 2025
(Resolution 202/2025/QH15); one more merger, in the middle of 2026, is there so that a task given in
January has a successor to go to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

PROVINCE = "tinh/mau"
SOURCE = "Dữ liệu mẫu"
COLOUR, ACCENT = "#23407a", "#b02a57"
TWO_TIERS = date(2025, 7, 1)
MIDYEAR = date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """An area under `parent` (a key); `valid_from` None: since before anybody counts."""

    key: str
    kind: str
    name: str
    parent: str
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Merger:
    on: date
    before: tuple[str, ...]
    after: Place
    is_border: bool


DISTRICTS = (
    Place("huyen/mau/khe-suong", "district", "Huyện Khe Sương", PROVINCE),
    Place("huyen/mau/song-lanh", "district", "Huyện Sông Lành", PROVINCE),
    Place("huyen/mau/thanh-pho-mau", "district", "Thành phố Mẫu", PROVINCE),
)
FORMER_COMMUNES = tuple(
    Place(f"xa/mau/{key}-cu", "commune", name, district)
    for key, name, district in (
        ("khe-suong", "Xã Khe Sương", "huyen/mau/khe-suong"),
        ("nam-suong", "Xã Nậm Sương", "huyen/mau/khe-suong"),
        ("ban-lat", "Xã Bản Lát", "huyen/mau/khe-suong"),
        ("huoi-chuong", "Xã Huổi Chương", "huyen/mau/khe-suong"),
        ("na-chuong", "Xã Nà Chuông", "huyen/mau/khe-suong"),
        ("na-lanh", "Xã Nà Lành", "huyen/mau/khe-suong"),
        ("pha-may", "Xã Pha Mây", "huyen/mau/khe-suong"),
        ("pha-suong", "Xã Pha Sương", "huyen/mau/khe-suong"),
        ("nui-che", "Thị trấn Núi Chè", "huyen/mau/song-lanh"),
        ("lung-che", "Xã Lũng Chè", "huyen/mau/song-lanh"),
        ("song-lanh", "Thị trấn Sông Lành", "huyen/mau/song-lanh"),
        ("ben-lanh", "Xã Bến Lành", "huyen/mau/song-lanh"),
        ("mau-thuong", "Phường Mẫu Thượng", "huyen/mau/thanh-pho-mau"),
        ("mau-ha", "Phường Mẫu Hạ", "huyen/mau/thanh-pho-mau"),
    )
)


def _commune(key: str, name: str, on: date) -> Place:
    return Place(f"xa/mau/{key}", "commune", name, PROVINCE, on)


MERGERS = (
    *(
        Merger(
            TWO_TIERS,
            tuple(f"xa/mau/{each}-cu" for each in before),
            _commune(key, name, TWO_TIERS),
            is_border,
        )
        for key, name, before, is_border in (
            ("khe-suong", "Xã Khe Sương", ("khe-suong", "nam-suong"), True),
            ("ban-lat", "Xã Bản Lát", ("ban-lat", "huoi-chuong"), True),
            ("na-chuong", "Xã Nà Chuông", ("na-chuong", "na-lanh"), True),
            ("pha-may", "Xã Pha Mây", ("pha-may", "pha-suong"), True),
            ("nui-che", "Xã Núi Chè", ("nui-che", "lung-che"), False),
            ("song-lanh", "Xã Sông Lành", ("song-lanh", "ben-lanh"), False),
            ("mau-thuong", "Phường Mẫu Thượng", ("mau-thuong", "mau-ha"), False),
        )
    ),
    Merger(
        MIDYEAR,
        ("xa/mau/na-chuong", "xa/mau/pha-may"),
        _commune("na-chuong-2026", "Xã Nà Chuông", MIDYEAR),
        is_border=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Gate:
    key: str
    name: str
    kind: str
    facing: str
    opens: time
    closes: time
    languages: tuple[str, ...]


GATES = (
    Gate(
        "cua-khau/mau/khe-suong",
        "Cửa khẩu quốc tế Khe Sương",
        "international",
        "Cửa khẩu đối diện Khe Sương (mẫu)",
        time(7),
        time(19),
        ("vi", "lo", "en"),
    ),
    Gate(
        "cua-khau/mau/na-chuong",
        "Cửa khẩu chính Nà Chuông",
        "bilateral",
        "Cửa khẩu đối diện Nà Chuông (mẫu)",
        time(7, 30),
        time(17, 30),
        ("vi", "lo"),
    ),
)
NEIGHBOUR_COUNTRY = "LA"
NEIGHBOUR_AREA = "Tỉnh láng giềng (mẫu)"


@dataclass(frozen=True, slots=True)
class FurtherUnit:
    """A unit that is not among those every province has; `parent` is the key of a unit."""

    key: str
    kind: str
    name: str
    parent: str
    abbreviation: str = ""


FURTHER_UNITS = (
    FurtherUnit(
        "mau/bql-kktck",
        "management_board",
        "Ban Quản lý Khu kinh tế cửa khẩu Khe Sương",
        f"ubnd@{PROVINCE}",
        "BQL KKTCK Khe Sương",
    ),
    *(
        FurtherUnit(f"mau/don-{key}", "border_guard", name, f"bch-bdbp@{PROVINCE}")
        for key, name in (
            ("khe-suong", "Đồn Biên phòng Cửa khẩu quốc tế Khe Sương"),
            ("na-chuong", "Đồn Biên phòng Nà Chuông"),
            ("pha-may", "Đồn Biên phòng Pha Mây"),
            ("ban-lat", "Đồn Biên phòng Bản Lát"),
        )
    ),
    FurtherUnit("mau/thu-vien", "public_service", "Thư viện tỉnh", f"so-vhttdl@{PROVINCE}"),
)
# Newspaper and broadcaster came together with the two tiers.
PRESS = Place(
    "mau/bao-ptth", "press", "Báo và Phát thanh, Truyền hình tỉnh Mẫu", f"ubnd@{PROVINCE}"
)
PRESS_BEFORE = (f"bao@{PROVINCE}", f"dai-ptth@{PROVINCE}")
# The units of a commune that a merger of communes merges as well.
OF_A_COMMUNE = ("dang-uy", "hdnd", "ubnd", "phong-vhxh")
