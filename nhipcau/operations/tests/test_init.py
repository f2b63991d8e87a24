"""A real province begins in an empty place, without a sample, whole or not at all."""

import hashlib
import io
import json
import shutil
import tarfile

import pytest
from PIL import Image

from nhipcau.operations.tests.houses import House

WORDS = (
    *("--province", "tinh/lang-son", "--name", "Tỉnh Lạng Sơn", "--languages", "vi,en,zh-hans"),
    *("--operator", "quan.tri@langson.gov.vn", "--operator-name", "Hoàng Văn Nội"),
)


LATER = """
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))])
    ]
"""


@pytest.fixture(scope="module")
def province(prepared_house, tmp_path_factory):
    house = House(shutil.copytree(prepared_house, tmp_path_factory.mktemp("init") / "house"))
    result = house.run("init", *WORDS)
    return house, result


def test_a_province_has_its_name_its_usual_units_and_an_invited_operator(province):
    house, result = province

    assert result.returncode == 0, result.stderr
    assert house.ask("SELECT name, languages FROM registry_province") == [
        ("Tỉnh Lạng Sơn", '["vi", "en", "zh-hans"]')
    ]
    assert house.ask("SELECT count(*) FROM registry_unit")[0][0] > 20
    assert house.ask("SELECT email FROM people_person") == [("quan.tri@langson.gov.vn",)]
    assert house.ask("SELECT count(*) FROM people_user") == [(0,)]
    assert "http://127.0.0.1:8000/" in result.stdout


def test_a_province_has_the_shipped_topics_spending_items_and_one_route_of_clearance(province):
    house, _ = province

    assert house.ask("SELECT count(*) FROM works_topic")[0][0] > 4
    assert house.ask("SELECT count(*) FROM works_spendingitem")[0][0] > 0
    assert house.ask("SELECT kind, unit_id, valid_to FROM publishing_route") == [("", None, None)]


def test_whoever_lets_people_in_or_words_out_needs_a_second_factor_from_the_first_day(province):
    house, _ = province

    assert house.ask("SELECT role, valid_to FROM people_secondfactorrule ORDER BY role") == [
        ("approver", None),
        ("operator", None),
        ("publisher", None),
        ("secrecy_reviewer", None),
    ]


def test_the_sample_leaves_a_province_alone_in_which_nobody_has_signed_in_yet(province):
    house, _ = province
    people = house.ask("SELECT id, email FROM people_person")

    prepared = house.run("prepare", "--sample")

    assert prepared.returncode == 0, prepared.stderr
    assert house.ask("SELECT id, email FROM people_person") == people
    assert house.ask("SELECT count(*) FROM demo_sampleload") == [(0,)]


def test_a_new_version_never_changes_the_database_of_a_province_without_a_backup(
    province, tmp_path
):
    first, _ = province
    house = House(shutil.copytree(first.data, tmp_path / "house"))
    later = tmp_path / "later"
    (later / "migrations").mkdir(parents=True)
    (later / "__init__.py").touch()
    (later / "migrations" / "__init__.py").touch()
    (later / "migrations" / "0001_initial.py").write_text(LATER)
    (tmp_path / "newer.py").write_text(
        "from config.settings.base import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'later']\n"
    )
    house.settings |= {"PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newer"}

    refused = house.run("prepare")

    assert refused.returncode == 3
    assert "nhipcau upgrade" in refused.stderr
    assert house.ask("SELECT name FROM sqlite_master WHERE name = 'later_thing'") == []

    upgraded = house.run("upgrade")

    assert upgraded.returncode == 0, upgraded.stderr
    (backup,) = (house.data / "backups").glob("before-upgrade-*.nhipcau")
    with tarfile.open(backup) as tar:
        summary = json.load(tar.extractfile("summary.json"))
    assert summary["diary_head"]["signature"]
    assert house.ask("SELECT name FROM sqlite_master WHERE name = 'later_thing'") == [
        ("later_thing",)
    ]
    told = "SELECT after FROM audit_entry WHERE event = 'operations.house.upgraded'"
    assert [json.loads(after) for (after,) in house.ask(told)] == [
        {"migrations": ["later.0001_initial"]}
    ]
    assert house.run("prepare").returncode == 0


def test_units_and_emblem_come_from_files(province, prepared_house, tmp_path):
    first, _ = province
    exported = first.run("registry", "export", tmp_path / "units.xlsx")
    assert exported.returncode == 0, exported.stderr
    # A drawing, whatever it is called; it is kept as a picture.
    (tmp_path / "emblem.png").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<rect width="9" height="9"/></svg>'
    )
    house = House(shutil.copytree(prepared_house, tmp_path / "house"))

    words = ("--units", tmp_path / "units.xlsx", "--emblem", tmp_path / "emblem.png")
    result = house.run("init", *WORDS, *words, "--operator-unit", "so-vhttdl@tinh/lang-son")

    assert result.returncode == 0, result.stderr
    question = "SELECT key FROM registry_unit ORDER BY key"
    assert house.ask(question) == first.ask(question)
    [(emblem, digest)] = house.ask("SELECT emblem, emblem_sha256 FROM registry_province")
    with Image.open(io.BytesIO(emblem), formats=["PNG"]) as picture:
        assert picture.size == (1024, 1024)
    assert digest == hashlib.sha256(emblem).hexdigest()


def test_a_house_in_use_is_not_set_up_again(province):
    house, _ = province
    before = house.ask("SELECT * FROM registry_province")

    again = house.run("init", *WORDS)

    assert again.returncode == 1
    assert "Traceback" not in again.stderr
    assert house.ask("SELECT * FROM registry_province") == before
    assert house.ask("SELECT count(*) FROM people_person") == [(1,)]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param((*WORDS, "--operator-unit", "no/such"), id="an unknown unit"),
        pytest.param((*WORDS, "--colour", "#ffff00", "--operator-unit", "x"), id="yellow"),
        pytest.param((*WORDS, "--emblem", __file__), id="no picture"),
        pytest.param(WORDS[2:], id="no province and nobody to ask"),
    ],
)
def test_what_fails_leaves_the_place_empty(house, words):
    place = House(house)

    result = place.run("init", *words)

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert place.ask("SELECT count(*) FROM registry_province") == [(0,)]
    assert place.ask("SELECT count(*) FROM people_person") == [(0,)]
    assert place.ask("SELECT count(*) FROM registry_unit WHERE key LIKE '%@tinh/lang-son'") == [
        (0,)
    ]
