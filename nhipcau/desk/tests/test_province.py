"""The identity of the province at the desk: tried, saved, refused, put back, shown at once."""

import base64
import errno
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from nhipcau.audit.models import Entry
from nhipcau.media.queries import emblems
from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import AT, TEST, make_user
from nhipcau.registry.actions.areas import create_area
from nhipcau.registry.actions.province import change_look, establish_province
from nhipcau.registry.models import FormerLook, Province
from nhipcau.registry.queries.province import look_version
from nhipcau.registry.rules.looks import Look

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
PAGE = "/admin/province/"


def png(colour="#b02a57"):
    file = io.BytesIO()
    Image.new("RGBA", (40, 40), colour).save(file, "PNG")
    return file.getvalue()


LOOK = Look("Tỉnh Thử", png(), "#0b5d7a", "#9c4a00")


@pytest.fixture
def province(culture):
    return establish_province(
        area=create_area(key="tinh/thu", kind="province", name="Tỉnh Thử", by=TEST, at=AT),
        name=LOOK.name,
        emblem=LOOK.emblem,
        colour=LOOK.colour,
        accent=LOOK.accent,
        languages=["vi", "en"],
        by=TEST,
        at=AT,
    )


@pytest.fixture
def operator():
    return make_user(Role.OPERATOR, reach=Reach.HOUSE, full_name="Triệu Văn Cao")


@pytest.fixture
def desk(client, operator, province):
    client.force_login(operator)
    client.get("/admin/registry/")
    return client


def sent(file=None, **more):
    """What the form sends, with the look in force where nothing else is said."""
    values = {
        "name": LOOK.name,
        "colour": LOOK.colour,
        "accent": LOOK.accent,
        "seen": look_version(),
        "kept": "",
    }
    if file is not None:
        values["emblem"] = SimpleUploadedFile("quoc-huy.txt", file)
    return values | more


def look():
    return Province.objects.get().look


def test_the_page_shows_the_look_in_force_and_how_well_its_colours_read(desk, province):
    page = desk.get(PAGE).content.decode()

    assert f'value="{LOOK.name}"' in page
    assert f'href="{reverse("desk_emblem")}?v={province.emblem_sha256}"' in page
    assert f'fill="{LOOK.colour}"' in page
    assert page.count('data-enough="yes"') == 5
    assert " style=" not in page


def test_what_is_saved_is_in_force_at_once_in_the_menu_and_in_the_diary(desk, operator):
    answer = desk.post(PAGE, sent(png("blue"), name="Tỉnh Thử Mới", colour="123456"), follow=True)

    page = answer.content.decode()
    assert "Tỉnh Thử Mới</small>" in page
    assert f'src="{reverse("desk_emblem")}?v={Province.objects.get().emblem_sha256}"' in page
    assert (look().name, look().colour) == ("Tỉnh Thử Mới", "#123456")
    assert FormerLook.objects.get().look == LOOK
    entry = Entry.objects.get(event="registry.province.changed")
    assert entry.by_name == "Triệu Văn Cao"
    assert set(entry.after) == {"name", "emblem", "colour"}
    assert "Triệu Văn Cao" in page.partition('id="before"')[2]


def test_a_preview_saves_nothing_and_brings_the_emblem_along(desk):
    page = desk.post(PAGE, sent(png("blue"), accent="#7a0000", preview="yes"))

    assert page.status_code == 200
    assert look() == LOOK
    assert not FormerLook.objects.exists()
    kept = page.context["form"]["kept"].value()
    assert kept in page.content.decode()
    assert 'href="data:image/png;base64,' in page.content.decode()
    assert 'fill="#7a0000"' in page.content.decode()

    desk.post(PAGE, sent(accent="#7a0000", kept=kept))

    assert look().emblem == base64.b64decode(kept)
    with Image.open(io.BytesIO(look().emblem)) as picture:
        assert picture.convert("RGB").getpixel((5, 5)) == (0, 0, 255)


def test_a_drawing_is_taken_by_its_content_and_kept_as_a_picture(desk):
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
        b'<circle cx="5" cy="5" r="4" fill="#123456"/></svg>'
    )

    desk.post(PAGE, sent(drawing))

    assert look().emblem.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        pytest.param({"name": " "}, "id_name", id="no name"),
        pytest.param({"colour": "#777777"}, "3,8", id="grey on a tinted field"),
        pytest.param({"accent": "#ffee00"}, "#ffee00", id="yellow"),
        pytest.param({"colour": "đỏ"}, "“đỏ”", id="a word"),
        pytest.param({"kept": "%%%"}, "trống", id="nonsense for an emblem"),
        pytest.param({"seen": "x"}, "Tải lại", id="a broken page"),
        pytest.param({"file": b"<script>"}, "PNG", id="no picture"),
        pytest.param({"file": b""}, "trống", id="an empty file"),
        pytest.param({"file": b"0" * 2_000_001}, "2 MB", id="too large"),
        pytest.param({"file": png(), "without": "on"}, "id_without", id="both"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_changes(desk, values, sentence):
    answer = desk.post(PAGE, sent(**values))

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert look() == LOOK
    assert not Entry.objects.filter(event="registry.province.changed").exists()


def test_an_emblem_that_was_sound_survives_a_refused_colour(desk):
    answer = desk.post(PAGE, sent(png("blue"), colour="#ffee00"))
    kept = answer.context["form"]["kept"].value()

    desk.post(PAGE, sent(kept=kept))

    assert look().emblem == base64.b64decode(kept) != LOOK.emblem


def test_an_emblem_is_taken_away_and_put_back(desk):
    desk.post(PAGE, sent(without="on"))
    assert look().emblem == b""
    assert desk.get(reverse("desk_emblem")).status_code == 404
    assert 'name="without"' not in desk.get(PAGE).content.decode()

    former = FormerLook.objects.get()
    desk.post(reverse("desk:put_back_look", args=[former.pk]), {"seen": look_version()})

    assert look() == LOOK
    assert Entry.objects.filter(event="registry.province.put_back").count() == 1


def test_of_two_operators_the_second_hears_it_and_keeps_what_he_typed(desk):
    page = sent(png("blue"), accent="#7a0000")
    other = Look("Tỉnh Thử Mới", LOOK.emblem, LOOK.colour, LOOK.accent)
    change_look(look=other, seen=0, by=TEST, at=AT)

    answer = desk.post(PAGE, page)

    assert answer.status_code == 409
    assert "“Tỉnh Thử” → “Tỉnh Thử Mới”" in answer.content.decode()
    assert look() == other
    form = answer.context["form"]
    again = {name: form[name].value() for name in ("name", "colour", "accent", "seen", "kept")}
    assert (again["name"], again["accent"]) == ("Tỉnh Thử Mới", "#7a0000")

    desk.post(PAGE, again)

    assert (look().name, look().accent) == ("Tỉnh Thử Mới", "#7a0000")
    assert look().emblem == base64.b64decode(again["kept"])


def test_nothing_is_put_back_over_what_somebody_has_just_changed(desk):
    change_look(look=Look("Một", b"", LOOK.colour, LOOK.accent), seen=0, by=TEST, at=AT)
    first = look_version()
    change_look(look=Look("Hai", b"", LOOK.colour, LOOK.accent), seen=first, by=TEST, at=AT)
    former = FormerLook.objects.order_by("pk").first()

    for given in (first, "", "x", "9" * 40):
        page = desk.post(
            reverse("desk:put_back_look", args=[former.pk]), {"seen": given}, follow=True
        )
        assert ("“Một” → “Hai”" in page.content.decode()) == (given == first)

    assert look().name == "Hai"


def test_a_full_disk_leaves_the_old_emblem(desk, monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(emblems, "take_in", full)

    answer = desk.post(PAGE, sent(png("blue")))

    assert answer.status_code == 507
    assert look() == LOOK


def test_the_emblem_is_asked_for_once_and_never_shown_when_it_is_old(desk, province):
    address, digest = reverse("desk_emblem"), province.emblem_sha256
    named = desk.get(f"{address}?v={digest}")
    plain = desk.get(address)

    assert named.content == plain.content == LOOK.emblem
    assert "immutable" in named["Cache-Control"]
    assert "no-cache" in plain["Cache-Control"]
    assert desk.get(address, headers={"If-None-Match": named["ETag"]}).status_code == 304

    desk.post(PAGE, sent(png("blue")))

    late = desk.get(f"{address}?v={digest}", headers={"If-None-Match": named["ETag"]})
    assert late.status_code == 200
    assert "no-cache" in late["Cache-Control"]
    former = desk.get(reverse("desk:former_emblem", args=[FormerLook.objects.get().pk]))
    assert former.content == LOOK.emblem


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OPERATOR])
def test_nobody_but_operators_sees_or_changes_it(province, culture, role):
    change_look(look=Look("Một", b"", LOOK.colour, LOOK.accent), seen=0, by=TEST, at=AT)
    client = Client()
    client.force_login(make_user(role, unit=culture))
    former = FormerLook.objects.get().pk
    addresses = [
        PAGE,
        reverse("desk:put_back_look", args=[former]),
        reverse("desk:former_emblem", args=[former]),
    ]

    assert PAGE not in client.get("/admin/").content.decode()
    for address in addresses:
        assert client.get(address).status_code == 302
        assert client.post(address, sent(name="Khác")).status_code == 302
    assert look().name == "Một"


def test_a_house_without_a_province_says_so(client, operator):
    client.force_login(operator)

    assert "nhipcau init" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"name": "x"}).status_code == 404


@pytest.mark.parametrize("how_many", [1, 12])
def test_the_page_costs_the_same_for_one_and_for_many_former_looks(desk, price, how_many):
    for number in range(how_many):
        wanted = Look(f"Tỉnh {number}", png(), LOOK.colour, LOOK.accent)
        change_look(look=wanted, seen=look_version(), by=TEST, at=AT)

    assert price(desk, PAGE) == 8
