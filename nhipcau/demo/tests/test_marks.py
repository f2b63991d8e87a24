import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nhipcau.demo.models import SampleLoad
from nhipcau.demo.sample.persons import PASSWORD
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_user

pytestmark = pytest.mark.django_db
HEADING = 'id="sample-house"'


@pytest.fixture
def house():
    SampleLoad.objects.create(seed=1, loaded_at=timezone.now())
    return make_user(Role.PLANNER, email="ke-hoach@mau.example")


def page(client, name):
    return client.get(reverse(name), headers={"accept-language": "en"}).content.decode()


def test_the_sign_in_page_of_a_local_host_lists_the_accounts(house, settings):
    settings.IS_LOCAL = True

    shown = page(Client(), "account_login")

    assert HEADING in shown
    assert "ke-hoach@mau.example" in shown
    assert PASSWORD in shown


def test_the_sign_in_page_of_another_host_says_sample_but_lists_nobody(house, settings):
    settings.IS_LOCAL = False

    shown = page(Client(), "account_login")

    assert HEADING in shown
    assert "mau.example" not in shown
    assert PASSWORD not in shown


def test_the_sign_in_page_of_a_real_house_says_nothing_of_a_sample():
    assert HEADING not in page(Client(), "account_login")


def test_the_desk_bears_the_mark_for_a_person_of_the_sample_only(house):
    theirs, ours = Client(), Client()
    theirs.force_login(house)
    ours.force_login(make_user(Role.PLANNER, email="nguoi-that@tinh.example.vn"))

    assert 'class="sample-mark"' in page(theirs, "plans:index")
    assert 'class="sample-mark"' not in page(ours, "plans:index")


def test_the_command_names_every_account_of_the_sample_with_its_password(house, capsys):
    make_user(Role.AUTHOR, email="ai-do@langson.example.vn")

    call_command("demo_accounts")

    heading, *accounts = capsys.readouterr().out.splitlines()
    assert PASSWORD in heading
    assert [line.split()[0] for line in accounts] == ["ke-hoach@mau.example"]
    assert len(accounts[0].split()) > 1


def test_the_command_names_nobody_of_a_real_house(capsys):
    make_user(Role.PLANNER, email="ke-hoach@langson.example.vn")

    call_command("demo_accounts")

    assert capsys.readouterr().out == ""
