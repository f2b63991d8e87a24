"""What a screen is, and who of the sample walks where."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Screen:
    name: str
    way: tuple
    routes: tuple = ()
    people: tuple = STAFF
    size: str = ""  # the only size at which it exists
