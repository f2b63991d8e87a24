"""The invented persons, their roles and accounts. Names are drawn by the seed, roles are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from nhipcau.demo.sample.places import PROVINCE, TWO_TIERS
from nhipcau.people.enums import PersonKind, Reach, Role

DOMAIN = "mau.example"  # RFC 2606: nobody can own it, so no mail ever leaves
PASSWORD = "cau-mau-khe-suong"  # noqa: S105 -- the documented password of accounts that exist on local hosts only

SURNAMES = ("Lò", "Lường", "Quàng", "Cà", "Hoàng", "Nguyễn", "Trần", "Phạm", "Vũ", "Đinh", "Hà")
MIDDLES = {"nam": ("Văn", "Đức", "Minh", "Quang"), "nu": ("Thị", "Thu", "Ngọc", "Thanh")}
GIVEN = {
    "nam": ("An", "Bình", "Dũng", "Hải", "Kiên", "Long", "Nam", "Sơn", "Tuấn", "Việt"),
    "nu": ("Chi", "Hà", "Hoa", "Lan", "Linh", "Mai", "Ngân", "Thảo", "Vân", "Yến"),
}
MARK = "(mẫu)"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody in the sample: a key (also the mail box), the unit, the roles.

    Without `has_account` the person is known by a verified contact only.
    """

    key: str
    what: str
    unit: str
    roles: tuple[Role, ...]
    reach: Reach = Reach.UNIT
    kind: PersonKind = PersonKind.STAFF
    has_account: bool = True
    is_in_charge: bool = False
    since: date = TWO_TIERS

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


CULTURE = f"so-vhttdl@{PROVINCE}"
FOREIGN_AFFAIRS = f"so-ngoai-vu@{PROVINCE}"
COMMUNE = "ubnd@xa/mau/khe-suong"

PARTS = (
    Part(
        "ke-hoach",
        "Cán bộ lập kế hoạch, Sở Văn hóa, Thể thao và Du lịch",
        CULTURE,
        (Role.PLANNER,),
        reach=Reach.HOUSE,
        is_in_charge=True,
    ),
    Part(
        "can-bo-xa",
        "Công chức xã Khe Sương",
        COMMUNE,
        (Role.PLANNER, Role.UNIT_OFFICER, Role.AUTHOR),
        is_in_charge=True,
    ),
    Part(
        "can-bo-so",
        "Chuyên viên Sở Ngoại vụ",
        FOREIGN_AFFAIRS,
        (Role.PLANNER, Role.UNIT_OFFICER, Role.AUTHOR),
        is_in_charge=True,
    ),
    Part("tac-gia", "Phóng viên", "mau/bao-ptth", (Role.AUTHOR,), is_in_charge=True),
    Part(
        "bien-dich",
        "Biên dịch viên tiếng Lào",
        FOREIGN_AFFAIRS,
        (Role.TRANSLATOR,),
        reach=Reach.HOUSE,
    ),
    Part("hieu-dinh", "Người hiệu đính", CULTURE, (Role.REVISER,)),
    Part(
        "phe-duyet",
        "Phó Giám đốc Sở Văn hóa, Thể thao và Du lịch",
        CULTURE,
        (Role.APPROVER,),
        reach=Reach.HOUSE,
    ),
    Part("pho-phong", "Phó Trưởng phòng, nhận ủy quyền phê duyệt", CULTURE, (Role.UNIT_OFFICER,)),
    Part(
        "tham-dinh",
        "Người thẩm định bí mật và đối ngoại",
        FOREIGN_AFFAIRS,
        (Role.SECRECY_REVIEWER,),
        reach=Reach.HOUSE,
    ),
    Part(
        "phat-hanh",
        "Người phát hành, Cổng Thông tin điện tử tỉnh",
        f"cong-ttdt@{PROVINCE}",
        (Role.PUBLISHER,),
        reach=Reach.HOUSE,
        is_in_charge=True,
    ),
    Part(
        "van-hanh",
        "Người vận hành hệ thống",
        f"van-phong-ubnd@{PROVINCE}",
        (Role.OPERATOR,),
        reach=Reach.HOUSE,
        is_in_charge=True,
    ),
    Part(
        "dich-ngoai",
        "Cộng tác viên dịch tiếng Mông, người ngoài cơ quan",
        CULTURE,
        (Role.TRANSLATOR,),
        kind=PersonKind.TRANSLATOR,
        has_account=False,
    ),
    Part(
        "doc-gop-y",
        "Người đọc góp ý tiếng Lào, người ngoài cơ quan",
        CULTURE,
        (Role.REVISER,),
        kind=PersonKind.REVIEWER,
        has_account=False,
    ),
    Part(
        "lanh-dao",
        "Lãnh đạo Ủy ban nhân dân tỉnh, không dùng tài khoản",
        f"ubnd@{PROVINCE}",
        (Role.APPROVER,),
        reach=Reach.HOUSE,
        kind=PersonKind.LEADER,
        has_account=False,
    ),
    Part(
        "bien-tap",
        "Biên tập viên, viết và biên tập cho các đơn vị",
        CULTURE,
        (Role.AUTHOR,),
        reach=Reach.HOUSE,
    ),
    Part(
        "dich-anh-trung",
        "Biên dịch viên tiếng Anh, tiếng Trung",
        FOREIGN_AFFAIRS,
        (Role.TRANSLATOR,),
        reach=Reach.HOUSE,
    ),
)
DELEGATION = ("phe-duyet", "pho-phong", CULTURE, Role.APPROVER)


def names_for(seed: int) -> Mapping[str, str]:
    """A full name for every part; the same seed gives the same names, no name comes twice."""
    draw = Random(seed)  # noqa: S311 -- names of the sample, no secret
    names: dict[str, str] = {}
    taken: set[str] = set()
    for place, part in enumerate(PARTS):
        voice = "nu" if place % 2 == 0 else "nam"
        while True:
            name = " ".join(
                (draw.choice(SURNAMES), draw.choice(MIDDLES[voice]), draw.choice(GIVEN[voice]))
            )
            if name not in taken:
                break
        taken.add(name)
        names[part.key] = f"{name} {MARK}"
    return names
