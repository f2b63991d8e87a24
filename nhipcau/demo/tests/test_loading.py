import pytest
from django.core.management import CommandError, call_command

from nhipcau.audit.models import Entry
from nhipcau.demo.sample.persons import PARTS, names_for
from nhipcau.demo.tests.conftest import counts
from nhipcau.people.enums import PersonKind, Role
from nhipcau.people.tests.factories import make_user
from nhipcau.registry.models import Area

# One loading serves all of them, so one process runs them all; on a busy machine it takes minutes.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sample,
    pytest.mark.xdist_group("sample"),
    pytest.mark.timeout(1500),
]

PROVINCE_PLAN, PROGRAMME_PLAN, COMMUNE_PLAN = "18/KH-UBND", "12/KH-SVHTTDL", "07/KH-UBND"


def parties_of(plan, path, role):
    (task,) = [task for task in plan["tasks"] if task["path"] == path]
    return [(words, label) for kind, words, label in task["parties"] if kind == role]


def test_loading_twice_changes_nothing(sample):
    assert sample.second is None
    assert sample.counts_after_second == sample.counts_before_second
    assert sample.counts_before_second["demo.SampleLoad"] == 1


@pytest.mark.once
@pytest.mark.survey  # it loads the province a second time
def test_the_same_seed_gives_the_same_and_another_gives_other_names(loaded):
    names = names_for(1)

    first, again = loaded(1), loaded(1, turn=2)

    assert dict(first.content["persons"]) == {part.email: names[part.key] for part in PARTS}
    assert names_for(2) != names
    assert again.content == first.content
    for name in ("works", "versions", "releases", "items", "money", "forms", "embargoed"):
        assert getattr(again, name) == getattr(first, name), name


def test_every_role_has_an_account_that_signs_in_with_the_documented_password(sample):
    assert set(sample.roles) == set(Role.values)
    assert all(sample.roles[role] for role in Role.values)
    assert len(sample.extra) == 13
    assert set(sample.extra.values()) == {True}
    assert sample.superusers == 0


def test_people_from_outside_and_a_leader_are_known_by_a_verified_contact(sample):
    assert sample.without_account == [
        PersonKind.LEADER,
        PersonKind.REVIEWER,
        PersonKind.TRANSLATOR,
    ]


def test_every_person_bears_the_mark_of_the_sample_and_an_address_that_nobody_owns(sample):
    assert len(sample.content["persons"]) == 16
    for email, name in sample.content["persons"]:
        assert name.endswith("(mẫu)")
        assert email.endswith("@mau.example")


def test_one_delegation_carries_the_right_to_approve(sample):
    assert sample.delegations == [
        ("phe-duyet@mau.example", "pho-phong@mau.example", [Role.APPROVER])
    ]
    taken = [grant for grant in sample.rights["pho-phong@mau.example"].grants if grant.on_behalf_of]
    assert [grant.role for grant in taken] == [Role.APPROVER]


def test_the_draft_and_the_signed_paper_are_two_versions_of_one_plan(sample):
    plan = sample.plans[PROVINCE_PLAN]

    assert plan["versions"] == [
        (1, "ke-hoach-tinh-2026-du-thao.docx", True),
        (2, "ke-hoach-tinh-2026.docx", False),
    ]
    assert plan["gone"] == ["II.3.3"]
    assert parties_of(plan, "II.1.2", "lead") == [
        ("Báo và Phát thanh, Truyền hình tỉnh Mẫu", "Báo và Phát thanh, Truyền hình tỉnh Mẫu")
    ]


def test_the_plans_hold_the_tasks_that_their_papers_order(sample):
    assert set(sample.plans) == {PROVINCE_PLAN, PROGRAMME_PLAN, COMMUNE_PLAN}
    assert [task["path"] for task in sample.plans[PROVINCE_PLAN]["tasks"]] == [
        *("II.1", "II.1.1", "II.1.2", "II.1.3"),
        *("II.2", "II.2.1", "II.2.2", "II.2.3"),
        *("II.3", "II.3.1", "II.3.2"),
        *("II.4", "II.4.1", "II.4.2"),
        *("II.5", "II.5.1", "II.5.2"),
        *("T1.1", "T1.2", "T1.3", "T1.4"),
    ]
    assert len(sample.plans[PROGRAMME_PLAN]["tasks"]) == 5
    assert len(sample.plans[COMMUNE_PLAN]["tasks"]) == 5
    assert all(plan["is_sample"] for plan in sample.plans.values())


def test_an_ambiguous_name_was_decided_and_an_unknown_one_kept_as_written(sample):
    plan = sample.plans[PROVINCE_PLAN]

    assert ("Sở NV", "Sở Nội vụ") in parties_of(plan, "II.4.1", "coordinating")
    assert ("Công ty Viễn thông Sông Lành", None) in parties_of(plan, "II.2.3", "coordinating")
    assert parties_of(sample.plans[COMMUNE_PLAN], "II.1", "lead") == [
        ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội xã Khe Sương")
    ]


def test_the_plans_below_rest_on_the_provinces_plan(sample):
    assert PROVINCE_PLAN in sample.plans[COMMUNE_PLAN]["rests_on"]
    assert PROVINCE_PLAN in sample.plans[PROGRAMME_PLAN]["rests_on"]
    assert sample.plans[PROVINCE_PLAN]["rests_on"] == [
        "06/TTr-SVHTTDL",
        "47/NQ-CP",
        "72/2015/NĐ-CP",
        "Luật Tổ chức chính quyền địa phương",
    ]


def test_one_more_plan_waits_for_review_with_points_to_look_at(sample):
    *accepted, waiting = sample.imports

    assert {state for _name, state, *_rest in accepted} == {"accepted"}
    name, state, is_sample, proposals, warnings = waiting
    assert (name, state, is_sample) == ("ke-hoach-tuan-huu-nghi-2026.docx", "review", True)
    assert proposals == 9
    assert sorted(warning["code"] for warning in warnings) == [
        "impossible_date",
        "repeated_numeral",
    ]


def test_units_that_merged_have_their_successors(sample):
    assert sample.successors == {
        "ubnd@xa/mau/pha-may": ["ubnd@xa/mau/na-chuong-2026"],
        "ubnd@xa/mau/pha-suong-cu": ["ubnd@xa/mau/na-chuong-2026"],
        "bao@tinh/mau": ["mau/bao-ptth"],
    }


def test_whoever_brought_and_accepted_the_plans_may_do_so(sample):
    for email, permission in (
        ("ke-hoach@mau.example", "plans.import"),
        ("ke-hoach@mau.example", "plans.accept"),
        ("phe-duyet@mau.example", "plans.accept"),
        ("can-bo-xa@mau.example", "plans.import"),
        ("can-bo-xa@mau.example", "plans.accept"),
        ("can-bo-so@mau.example", "plans.import"),
    ):
        assert permission in sample.rights[email].permissions, (email, permission)


@pytest.mark.django_db
def test_a_host_that_is_not_local_gets_a_sentence_and_nothing_else(settings):
    settings.SAMPLE_ACCOUNTS_ALLOWED = False
    before = counts()

    with pytest.raises(CommandError, match="NHIPCAU_SAMPLE_ACCOUNTS=yes"):
        call_command("demo_load")

    assert counts() == before


@pytest.mark.django_db
def test_a_house_with_people_of_its_own_is_left_alone():
    make_user(Role.OPERATOR)
    before = counts()

    with pytest.raises(CommandError, match="NHIPCAU_DATA"):
        call_command("demo_load")

    assert counts() == before


@pytest.mark.django_db
def test_a_loading_that_breaks_off_leaves_nothing_behind(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    before = counts()
    monkeypatch.setattr("nhipcau.demo.actions.plans.FOLDER", tmp_path / "empty")

    with pytest.raises(FileNotFoundError):
        call_command("demo_load")

    assert counts() == before
    assert not Area.objects.filter(key="tinh/mau").exists()
    assert not Entry.objects.filter(event="registry.area.created").exists()
