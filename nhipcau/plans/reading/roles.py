"""What a section is for, by its title."""

from __future__ import annotations

import re

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import folded
from nhipcau.plans.reading.reading import Role

_LEADING: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.FUNDING,
        expression(
            r"(?:ve )?(?:nguon )?(?:kinh phi|du toan|nguon luc|tai chinh|nguon von|nhu cau kinh phi|(?:cong tac )?(?:bao dam|dam bao)(?:$| kinh phi| nguon luc| co so vat chat|,)|co che tai chinh|von va nguon|khai toan|tong kinh phi|che do, kinh phi)"
        ),
    ),
    (
        Role.ORGANISATION,
        expression(
            r"(?:cong tac )?(?:to chuc (?:thuc hien|trien khai|chi dao|quan ly)|phan cong|trach nhiem|to chuc, (?:thuc hien|trien khai)|trien khai thuc hien$|to chuc (?:bo may|thi hanh)|che do (?:thong tin|bao cao)|thong tin,? bao cao|bao cao,? danh gia|kiem tra,? giam sat|dieu khoan thi hanh|khen thuong|quan ly va to chuc|nhiem vu (?:cu the )?(?:cua )?(?:cac )?(?:so|co quan|don vi|thanh vien)|dieu kien bao dam|theo doi,? danh gia|hieu luc|de xuat|kien nghi|to chuc va phan cong)"
        ),
    ),
    (Role.SLOGANS, expression(r"(?:mot so )?(?:khau hieu|noi dung khau hieu|goi y khau hieu)")),
    (
        Role.SITUATION,
        expression(
            r"(?:danh gia |khai quat |dac diem )?(?:tinh hinh|ket qua|thuc trang|danh gia|boi canh|su can thiet|co so (?:phap ly|chinh tri|xay dung|thuc tien)|can cu|dac diem|ton tai|han che|nguyen nhan|kho khan|thuan loi|bai hoc|du bao|uu diem|gioi thieu|khai quat|nhan xet|cong tac chi dao|phan mo dau|mo dau|nhung ket qua|mot so ket qua|nhung (?:ton tai|han che|kho khan))"
        ),
    ),
    (
        Role.PURPOSE,
        expression(
            r"(?:nhung )?(?:quan diem|muc dich|muc tieu|yeu cau|y nghia|phuong cham|nguyen tac|tu tuong chi dao|tam nhin|phuong huong chung|dinh huong chung|chu de)"
        ),
    ),
    (Role.TARGETS, expression(r"(?:cac |mot so )?(?:chi tieu)")),
    (
        Role.SCOPE,
        expression(
            r"(?:pham vi|doi tuong|thanh phan|dia ban|giai thich|so luong|quy mo|ten goi|co cau giai|doi tuong va pham vi)"
        ),
    ),
    (
        Role.SCHEDULE,
        expression(
            r"(?:thoi gian|tien do|lo trinh|ke hoach thoi gian|chuong trinh (?:hoi nghi|du kien|le)|dia diem|kich ban|thoi han|thoi luong|lich )"
        ),
    ),
    (
        Role.METHOD,
        expression(r"(?:hinh thuc|phuong thuc|phuong phap|cach thuc|bien phap to chuc|quy trinh)"),
    ),
)
_CONTENT = expression(
    r"(?:^|[,;:] |\bva |\bcac |\bnhung )(?:cac |nhung |mot so )?(?:noi dung|nhiem vu|giai phap|hoat dong|phuong huong)"
)
_TASKS_OF_UNITS = expression(r"^(?:noi dung|nhiem vu)(?: va)? (?:to chuc thuc hien|phan cong)")
_ASSIGNMENT = expression(
    r"^(?:to chuc (?:thuc hien|trien khai)|phan cong(?: (?:thuc hien|nhiem vu|trach nhiem|to chuc thuc hien))?|(?:don vi|co quan)(?:,? (?:don vi|co quan))? (?:thuc hien|chu tri|phoi hop|to chuc|trien khai)|trach nhiem(?: thuc hien| cua cac.*)?|chu tri|phoi hop|thuc hien|don vi chu tri.*|co quan chu tri.*)$"
)
_SCHEDULE_ITEM = expression(r"^(?:du kien )?(?:thoi gian|thoi han|tien do|lo trinh|thoi diem)")
_PRODUCT_ITEM = expression(
    r"^(?:san pham|ket qua|dau ra)(?: (?:du kien|dau ra|thuc hien|can dat|dat duoc|hoan thanh))*$"
)
_METHOD_ITEM = expression(r"^(?:hinh thuc|phuong thuc|cach thuc|phuong phap)")
_SCOPE_ITEM = expression(r"^(?:pham vi|doi tuong|thanh phan|dia diem|so luong|quy mo|dia ban)")


def role_of_section(title: str) -> Role | None:
    """None where the title says nothing that we know; then it is taken for content."""
    plain = " ".join(folded(title).split()).strip(" .:;-–")
    if not plain:
        return None
    for role, pattern in _LEADING[:3]:
        if pattern.match(plain):
            return role
    if _TASKS_OF_UNITS.match(plain):
        return Role.CONTENT
    situation = _LEADING[3][1].match(plain)
    if situation is not None:
        return Role.SITUATION
    if _CONTENT.search(plain):
        return Role.CONTENT
    for role, pattern in _LEADING[4:]:
        if pattern.match(plain):
            return role
    return None


def role_of_item(title: str) -> Role | None:
    """The role of a numbered node that only says who, when or how: None for a task of its own."""
    plain = " ".join(folded(title).split()).strip(" .:;-–")
    head = plain.split(":")[0].strip()
    if len(head) > 60:
        return None
    if _ASSIGNMENT.match(head):
        return Role.ASSIGNMENT
    if _SCHEDULE_ITEM.match(head):
        return Role.SCHEDULE
    return None


def is_product_item(title: str) -> bool:
    plain = " ".join(folded(title).split())
    return bool(_PRODUCT_ITEM.match(plain.split(":")[0].strip(" .;-–")))
