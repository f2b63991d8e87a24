"""Units, persons and roles for tests, here and in the rooms above."""

from datetime import UTC, date, datetime
from itertools import count

from nhipcau.kernel.actor import Machine
from nhipcau.people.actions import add_person, give_role, open_account
from nhipcau.people.enums import Reach, Role
from nhipcau.registry.models import Unit

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)
TEST = Machine("test")
PASSWORD = "bốn-ngọn-đèn-bên-cầu"
_number = count(1)


def make_unit(label="Sở Văn hóa, Thể thao và Du lịch", *, kind="department", **fields):
    return Unit.objects.create(key=f"don-vi/{next(_number)}", kind=kind, label=label, **fields)


def make_person(full_name="Nguyễn Thị Lan", *, email=None, **fields):
    """A person with a contact of his or her own unless `email` says otherwise."""
    if email is None:
        email = f"person{next(_number)}@langson.example.vn"
    return add_person(full_name=full_name, email=email, by=TEST, at=AT, **fields)


def make_member(role=Role.AUTHOR, *, unit=None, reach=Reach.UNIT, start=LONG_AGO, **fields):
    """A person with one role, held since long ago; the unit is made when none is given."""
    person = make_person(**fields)
    give_role(
        person=person, unit=unit or make_unit(), role=role, reach=reach, start=start, by=TEST, at=AT
    )
    return person


def make_user(*roles, unit=None, reach=Reach.UNIT, password=PASSWORD, **fields):
    """A person who signs in, with roles in one unit since long ago."""
    person = make_person(**fields)
    unit = unit or (make_unit() if roles else None)
    for role in roles:
        give_role(person=person, unit=unit, role=role, reach=reach, start=LONG_AGO, by=TEST, at=AT)
    return open_account(person=person, password=password, by=TEST, at=AT)
