"""A house with a route, its cast, and works on their way, for tests here and above."""

from dataclasses import dataclass, field

from nhipcau.people.enums import Reach, Role
from nhipcau.people.models import Person
from nhipcau.people.tests.factories import AT, TEST, make_member, make_unit
from nhipcau.publishing.actions import (
    choose,
    decide,
    hand_in_for_clearance,
    load_routes,
    make_bundle,
)
from nhipcau.publishing.enums import Verdict
from nhipcau.publishing.models import OpenStep
from nhipcau.registry.models import Unit
from nhipcau.translation.actions import start_version
from nhipcau.translation.tests.factories import make_language
from nhipcau.works.actions import start_work

PROSE = [{"type": "text", "value": "<p>Chợ họp ngày mồng hai và mồng bảy âm lịch.</p>", "id": "a"}]


@dataclass
class House:
    """One unit with everybody it needs; each of the cast is another person."""

    unit: Unit = field(default_factory=lambda: make_unit("Sở Văn hóa, Thể thao và Du lịch"))
    author: Person = None
    translator: Person = None
    head: Person = None
    secrecy: Person = None
    publisher: Person = None

    def __post_init__(self):
        load_routes(by=TEST, at=AT)
        self.author = make_member(Role.AUTHOR, unit=self.unit, full_name="Hoàng Văn Tác")
        self.translator = make_member(Role.TRANSLATOR, unit=self.unit, full_name="Nông Thị Dịch")
        self.head = make_member(Role.APPROVER, unit=self.unit, full_name="Lê Văn Trưởng")
        self.secrecy = make_member(
            Role.SECRECY_REVIEWER, unit=self.unit, reach=Reach.HOUSE, full_name="Vi Thị Mật"
        )
        self.publisher = make_member(
            Role.PUBLISHER, unit=self.unit, reach=Reach.HOUSE, full_name="Trần Văn Phát"
        )

    def work(self, *, title="Chợ phiên vùng biên", kind="news", **words):
        return start_work(
            kind=kind,
            unit=self.unit,
            language=make_language("vi"),
            title=title,
            summary=words.pop("summary", "Chợ họp năm ngày một phiên."),
            body=words.pop("body", PROSE),
            by=words.pop("by", self.author),
            at=AT,
            **words,
        )

    def translated(self, work, tag="en", title="The border market"):
        """A translation of the work's approved Vietnamese words."""
        return start_version(
            subject=work.subject,
            language=make_language(tag),
            source=work.subject.versions.get(language__tag="vi"),
            title=title,
            summary="It opens every five days.",
            body=[
                {
                    "type": "text",
                    "value": "<p>The market opens on the second and the seventh.</p>",
                    "id": "a",
                }
            ],
            by=self.translator,
            at=AT,
        )

    def hand_in(self, *versions, **more):
        by = more.pop("by", self.author)
        return hand_in_for_clearance(versions=versions, by=by, at=AT, **more).clearance

    def who_takes(self, step):
        return {
            "unit_head": self.head,
            "secrecy": self.secrecy,
            "foreign_affairs": self.secrecy,
            "publisher": self.publisher,
        }[step.kind]

    def step_of(self, version):
        return OpenStep.objects.get(item__version=version, closed_at__isnull=True)

    def clear(self, *versions, at=AT):
        """Through all steps to the approval."""
        for version in versions:
            while step := OpenStep.objects.filter(
                item__version=version, closed_at__isnull=True
            ).first():
                decide(step=step, verdict=Verdict.CLEARED, by=self.who_takes(step), at=at)
            version.refresh_from_db()

    def approved(self, work):
        """The work with its Vietnamese words cleared."""
        version = work.subject.versions.get(language__tag="vi")
        self.hand_in(version)
        self.clear(version)
        return version

    def bundle(self, *works, note="", title="Tin trong ngày", renditions=()):
        """A bundle with all approved versions of these works."""
        bundle = make_bundle(title=title, unit=self.unit, by=self.publisher, at=AT)
        for work in works:
            choose(
                bundle=bundle,
                subject=work.subject,
                versions=list(work.subject.versions.filter(approved_revision__isnull=False)),
                renditions=renditions,
                note=note,
                by=self.publisher,
                at=AT,
            )
        return bundle
