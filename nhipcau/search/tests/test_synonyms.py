"""Words that mean the same: kept by editors, known to searches at once."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page

from nhipcau.audit.models import Entry
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_member, make_unit, make_user
from nhipcau.search.actions import drop_synonyms, keep_synonyms
from nhipcau.search.engine import meanings
from nhipcau.search.errors import NotSynonyms
from nhipcau.search.models import SynonymGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_member(Role.PUBLISHER, unit=make_unit())


@pytest.fixture(autouse=True)
def _no_one_else_s_words():
    meanings.forget()
    yield
    meanings.forget()


def kept(editor, *wordings, **more):
    told = {"language": None, "note": ""} | more
    return keep_synonyms(wordings=wordings, by=editor, at=timezone.now(), **told)


def test_an_abbreviation_finds_the_long_form_of_old_pages_and_back(
    indexing, page, editor, django_capture_on_commit_callbacks
):
    page("Kế hoạch thông tin đối ngoại")
    page("Báo cáo TTĐN quý ba")
    indexing.catch_up()
    assert Page.objects.search("ttdn").count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        group = kept(editor, "TTĐN", "thông tin đối ngoại")
    assert Page.objects.search("ttdn").count() == 2
    assert Page.objects.search("thông tin đối ngoại").count() == 2
    assert Page.objects.search("thông tin").count() == 1  # a part of it means something else

    with django_capture_on_commit_callbacks(execute=True):
        drop_synonyms(group=group, by=editor, at=timezone.now())
    assert Page.objects.search("ttdn").count() == 1
    assert list(
        Entry.objects.filter(event__startswith="search.")
        .order_by("pk")
        .values_list("event", flat=True)
    ) == [
        "search.synonyms.kept",
        "search.synonyms.dropped",
    ]


@pytest.mark.parametrize(
    "wordings", [[], ["một mình"], ["như nhau", "Như  nhau"], ["có chữ", "🎉"], ["", "  "]]
)
def test_what_says_nothing_twice_is_refused_in_one_sentence(editor, wordings):
    with pytest.raises(NotSynonyms, match=r"wordings|cách viết"):
        kept(editor, *wordings)
    assert not SynonymGroup.objects.exists()


def test_the_screens_add_change_export_and_strike(client):
    client.force_login(make_user(Role.PUBLISHER, unit=make_unit()))
    refused = client.post(reverse("search:add_synonyms"), {"wordings": "chỉ một"})
    assert (refused.status_code, SynonymGroup.objects.count()) == (400, 0)
    client.post(reverse("search:add_synonyms"), {"wordings": "XNC\nxuất nhập cảnh", "note": "quen"})
    group = SynonymGroup.objects.get()
    assert group.listed == ["XNC", "xuất nhập cảnh"]
    client.post(
        reverse("search:change_synonyms", args=[group.pk]),
        {"wordings": "XNC\nxuất nhập cảnh\nxuất cảnh, nhập cảnh"},
    )
    found = client.get(reverse("search:synonyms"), {"q": "nhap canh"})
    assert "xuất cảnh, nhập cảnh" in found.content.decode()
    sheet = b"".join(client.get(reverse("search:synonyms_xlsx")).streaming_content)
    cells = load_workbook(io.BytesIO(sheet), read_only=True).active
    assert next(cells.iter_rows(min_row=2, values_only=True))[0].startswith("XNC; xuất nhập cảnh")
    client.post(reverse("search:drop_synonyms", args=[group.pk]))
    assert not SynonymGroup.objects.exists()
