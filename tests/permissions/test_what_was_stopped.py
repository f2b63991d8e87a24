"""A text that was stopped, asked for at every address of the house, by everybody.

The words of the text hold a token that stands nowhere else. All addresses are taken from the URL
conf, so that a new one is asked for as well; then everything is sent to every one of them, and
no row, letter or message that comes of it may hold the token.
"""

import io
import itertools
import re
import zipfile

import pytest
from django.apps import apps
from django.test import Client

from nhipcau.kernel.folding import unaccented
from nhipcau.media.models import MediaItem, StoredFile
from nhipcau.outbox.models import Message
from nhipcau.people.enums import Reach, Role
from nhipcau.people.models import Person
from nhipcau.people.tests.factories import AT, TEST, make_member, make_user
from nhipcau.publishing.actions import (
    assign_step,
    make_link,
    make_rendition,
    order_rendition,
    release_bundle,
)
from nhipcau.publishing.models import Clearance, ClearanceItem, OpenStep, Release, Rendition
from nhipcau.publishing.tests.factories import House
from nhipcau.translation.actions import remark, save_words, stop
from nhipcau.translation.models import Contribution, LanguageVersion, MediaUse
from nhipcau.works.actions import keep_as_template
from nhipcau.works.models import BroughtRecord, RecordSheet, RecordSheetRow, WorkTemplate
from nhipcau.works.tests.factories import make_task
from tests.permissions.addresses import EXAMPLES, every_address

TOKEN = "qzwx"
BODY = [{"type": "text", "value": f"<p>Nội dung {TOKEN}noidung.</p>", "id": "a"}]
EVERYBODY_ELSE = [role for role in Role if role is not Role.SECRECY_REVIEWER]
ZERO, ONE = (next(v for v in EXAMPLES.values() if len(v) > 1), "1")
# Wagtail's own rooms and the ways in, where nothing of ours is named; what is new stands here not.
OTHERS = re.compile(
    r"^/(accounts|healthz|readyz)|^/admin/(pages|images|documents|collections|users|groups|sites"
    r"|workflows|bulk|reports/(aging|locked|page|workflow)|choose-|api|password_reset|snippets"
    r"|login|logout|settings|embeds|dismissibles|jsi18n|sprite|registry|people|papers|plans/import)"
)
# What would end the session, or everybody's.
NOT_SENT = re.compile(r"^/(accounts/|admin/logout/|admin/password)")
SENT = {
    "text": "Lời", "answers": "1", "settle": "1", "reason": "Vì một lý do đủ dài", "v": "1",
    "decision": "lift", "verdict": "cleared", "title": "Khác", "name": "Khác", "words": "Lời",
    "instead": "on", "pasted": "<p>Khác</p>", "form": "web-page", "for_every_unit": "on",
    "mode": "written", "notice": "Đã rút", "goes_out_at": "2030-01-01T00:00",
}  # fmt: skip


# What went out stays public until somebody withdraws it; never more than what went out.
OUT = re.compile(r"^/(api/v1/|(vi|en|zh-hans|lo|km)/)")
NEVER_OUT = (f"{TOKEN}moi", f"{TOKEN}title")


def holds_token(text):
    return TOKEN in unaccented(text)


def leaks(path, answer):
    """Whether the answer says of the stopped work what nobody should read at this address."""
    if OUT.match(path):
        return any(words in unaccented(said(answer)) for words in NEVER_OUT)
    return holds_token(said(answer))


def said(answer):
    """Everything that an answer says: its words, its heads, and what lies in a workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist())
    return f"{heads} {content.decode(errors='replace')}"


class Stopped:
    """A house in which one work has been through everything, and was stopped then."""

    def __init__(self):
        self.house = house = House()
        self.work = house.work(
            title=f"Chợ {TOKEN}tieude", summary=f"Tóm {TOKEN}tomtat.", body=BODY,
            tasks=[make_task()],
        )  # fmt: skip
        version = house.approved(self.work)
        self.english = house.translated(self.work, title=f"Market {TOKEN}title")
        form = order_rendition(slug="web-page", versions=[version], by=house.author, at=AT)
        make_rendition(rendition=form, by=TEST, at=AT)
        release_bundle(bundle=house.bundle(self.work, renditions=[form]), by=house.publisher, at=AT)
        item = MediaItem.objects.create(
            unit=house.unit, kind="picture", title="Ảnh", owner_key="test", made_at=AT,
            changed_at=AT,
        )  # fmt: skip
        MediaUse.objects.create(version=version, revision=version.latest_revision, item=item)
        self.template = keep_as_template(
            work=self.work, name=self.work.title, purpose="", for_every_unit=True,
            by=make_member(Role.PLANNER, unit=house.unit), at=AT,
        )  # fmt: skip
        remark(version=version, text="Sai", quotation=f"{TOKEN}noidung", by=house.head, at=AT)
        save_words(version=version, by=house.author, at=AT, words={"title": f"Phiên {TOKEN}moi"})
        house.hand_in(version)
        self.bundle = house.bundle(
            self.work, renditions=[form], note="Sửa", title=f"Phiên {TOKEN}moi"
        )
        head = house.head
        Person.objects.filter(pk=head.pk).update(email="lanh.dao@mau.example", email_verified_at=AT)
        head.refresh_from_db()
        step = house.step_of(version)
        assign_step(step=step, to=head, by=head, at=AT)
        _row, self.link = make_link(
            step=step, person=head, by=house.author, at=AT, base="/decision/"
        )
        self.brought()
        Message.objects.all().delete()
        self.version = version
        stop(version=version, by=house.author, at=AT)
        self.values()

    def brought(self):
        house = self.house
        file = StoredFile.objects.create(
            sha256="a" * 64, size_bytes=1, kept_at=AT, kept_by_key="test"
        )
        sheet = RecordSheet.objects.create(
            unit=house.unit, file=file, file_name="so.xlsx", language="vi", state="done",
            brought_by=house.author, brought_at=AT, accepted_by=house.author, accepted_at=AT,
        )  # fmt: skip
        BroughtRecord.objects.create(
            unit=house.unit, key="HS-1", digest="d", work=self.work, brought_at=AT
        )
        RecordSheetRow.objects.create(
            sheet=sheet, number=1, key="HS-1", title=f"Chợ {TOKEN}tieude", state="add"
        )
        self.sheet = sheet

    def values(self):
        """What fits into addresses, by the room that they lead to; into others, everything."""
        work, task, item = self.work.subject, self.work.tasks.get(), MediaItem.objects.last()
        clearance, form = Clearance.objects.last(), Rendition.objects.get()
        release = Release.objects.get()
        of_rooms = {
            "works/sheets": [self.sheet], "works": [work], "clearance": [clearance, work],
            "forms": [form, work], "bundles": [self.bundle], "releases": [release, work],
            "media": [item], "plans": [task],
        }  # fmt: skip
        self.uuids = {room: [str(row.uuid) for row in rows] for room, rows in of_rooms.items()}
        every = {str(row.uuid) for rows in of_rooms.values() for row in rows}
        self.uuids[""] = sorted(every)
        self.keys = sorted(
            {
                *LanguageVersion.objects.values_list("pk", flat=True),
                *WorkTemplate.objects.values_list("pk", flat=True),
                *ClearanceItem.objects.values_list("pk", flat=True),
            }
        )

    def versions_texts(self):
        return self.version.revisions.order_by("pk").values_list("pk", flat=True)[:2]

    def sent(self):
        """Something for every form of the house: what the names mean is the rooms' own matter."""
        person, unit = self.house.head.pk, self.house.unit.pk
        steps = list(OpenStep.objects.values_list("pk", flat=True))
        more = {"to": person, "person": person, "unit": unit, "steps": steps, "step": steps[:1]}
        return {**SENT, **more, "v": self.keys, "language": self.version.language_id}

    def paths(self):
        """Every address with everything of this work that fits into it."""
        for address in every_address():
            if OTHERS.match(address.path):
                continue
            room = next(
                (room for room in self.uuids if address.path.startswith(f"/admin/{room}")), ""
            )
            choices = []
            for piece in re.split(f"({ZERO}|(?<=/)1(?=/))", address.path):
                if piece == ZERO:
                    # A second name within an address is that of the work.
                    choices.append(self.uuids["works" if len(choices) > 2 else room])
                elif piece == ONE:
                    choices.append([str(key) for key in self.keys])
                else:
                    choices.append([piece])
            for chosen in itertools.product(*choices):
                yield "".join(chosen)
        yield self.link
        for key in self.keys:
            yield f"/admin/editing-sessions/ping/translation/languageversion/{key}/1/"
            yield f"/admin/forms/look/{key}/drawn/?form=web-page"
        first, last = self.versions_texts()
        yield f"/admin/works/read/{self.version.pk}/history/compare/?a={first}&b={last}"
        yield "/admin/works/?state=stopped"
        yield f"/admin/diary/?q={self.work.subject.short_id}"
        yield "/admin/works/templates/?retired=1"
        for kind in ("news", "leaflet"):
            yield f"/admin/works/start/{kind}/?template={self.template.pk}"
        for listed in (
            "works/?", "board/?scope=mine&", "board/?scope=overdue&", "board/?scope=clearance&",
            "clearance/?scope=all&", "releases/?", "diary/?",
        ):  # fmt: skip
            yield f"/admin/{listed}export=xlsx"


def rows_with_token():
    """The rows of all tables that hold the token, by table and key."""
    found = set()
    for model in apps.get_models():
        key = model._meta.pk.attname
        for row in model._base_manager.values():
            if holds_token(str(row)):
                found.add((model._meta.label, row[key]))
    return found


@pytest.fixture
def stopped(db):
    return Stopped()


def desk_of(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def somebody(kind, stopped):
    """With every role but one; with every role, but a writer of one of its texts; its reviewer."""
    unit = stopped.house.unit
    if kind == "everybody else":
        return make_user(*EVERYBODY_ELSE, unit=unit, reach=Reach.HOUSE)
    if kind == "reviewer":
        return make_user(Role.SECRECY_REVIEWER, unit=unit)
    user = make_user(*Role, unit=unit, reach=Reach.HOUSE)
    Contribution.objects.create(version=stopped.english, person=user.person, kind="wrote")
    return user


# Who may is decided in Python, the same over every database.
@pytest.mark.once
class TestAStoppedText:
    def test_is_shown_at_no_address_to_anybody_else(self, stopped, caplog):
        client = desk_of(somebody("everybody else", stopped))
        caplog.set_level("DEBUG")
        caplog.clear()

        leaking = [path for path in stopped.paths() if leaks(path, client.get(path))]

        assert leaking == []
        assert not holds_token(caplog.text)

    def test_leaves_no_copy_letter_or_message_whatever_anybody_sends(self, stopped):
        client = desk_of(somebody("everybody else", stopped))
        before = rows_with_token()

        leaking = [
            path
            for path in stopped.paths()
            if not NOT_SENT.match(path) and leaks(path, client.post(path, stopped.sent()))
        ]

        assert leaking == []
        assert rows_with_token() - before == set()
        assert not holds_token(said(client.get("/admin/works/")))
        assert {*stopped.work.subject.versions.values_list("state", flat=True)} == {"stopped"}

    @pytest.mark.parametrize("kind", ["a writer", "reviewer"])
    def test_is_read_by_the_secrecy_reviewers_who_did_not_write_it(self, stopped, kind):
        client = desk_of(somebody(kind, stopped))
        read = [
            path
            for path in stopped.paths()
            if path.startswith(("/admin/works/", "/admin/clearance/", "/admin/forms/"))
            and holds_token(said(client.get(path)))
        ]

        keys = sorted(version.pk for version in (stopped.version, stopped.english))
        texts = [f"/admin/works/read/{key}/" for key in keys]
        first, last = stopped.versions_texts()
        wanted = {
            *texts,
            *(f"{text}history/compare/?a={first}&b={last}" for text in texts[:1]),
        }
        assert set(read) == (wanted if kind == "reviewer" else set())

    def test_is_found_by_no_search(self, stopped):
        client = desk_of(somebody("everybody else", stopped))
        short_id = stopped.work.subject.short_id

        for path in (
            "works/", "works/trash/", "board/?scope=mine", "clearance/?scope=all", "releases/",
            f"bundles/{stopped.bundle.uuid}/",
        ):  # fmt: skip
            shown = said(client.get(f"/admin/{path}", {"q": f"{TOKEN}moi"}))
            assert short_id not in shown or "bundles" in path, path
        assert short_id in said(client.get("/admin/works/?state=stopped"))

    def test_shows_the_procedure_to_everybody(self, stopped):
        client = desk_of(somebody("everybody else", stopped))

        for path in (
            f"/admin/works/{stopped.work.subject.uuid}/",
            f"/admin/works/read/{stopped.version.pk}/",
            f"/admin/works/words/edit/{stopped.version.pk}/",
            f"/admin/clearance/{Clearance.objects.last().uuid}/",
        ):
            answer = client.get(path)
            assert answer.status_code == 423
            assert "Việc phải làm" in said(answer)
            assert "no-store" in answer["Cache-Control"]
