"""What the lives of the sample's works need of the house: rows by key, moments, the usual acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

from django.utils import timezone

from nhipcau.demo.sample.bodies import Block, body_of
from nhipcau.demo.sample.works import Plan, Text
from nhipcau.kernel.actor import Actor
from nhipcau.media.models import MediaItem
from nhipcau.people.models import Person
from nhipcau.plans.models import Task
from nhipcau.publishing.actions import decide, hand_in_for_clearance
from nhipcau.publishing.enums import StepKind, Verdict
from nhipcau.publishing.errors import NotReadyToHandIn
from nhipcau.publishing.models import OpenStep
from nhipcau.registry.models import Area, Language, Unit
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.models import Topic, Work

# Who takes which step in the sample; four eyes: none of them writes.
TAKES = {
    StepKind.UNIT_HEAD: "phe-duyet",
    StepKind.SECRECY: "tham-dinh",
    StepKind.FOREIGN_AFFAIRS: "tham-dinh",
    StepKind.PUBLISHER: "phat-hanh",
}


class House:
    """The loaded sample as its works find it; `at` is the moment of the loading."""

    def __init__(
        self,
        *,
        persons: Mapping[str, Person],
        pictures: Mapping[str, MediaItem],
        seed: int,
        maker: Actor,
        at: datetime,
    ) -> None:
        self.persons = persons
        self.pictures = pictures
        self.seed = seed
        self.maker = maker
        self.at = at
        self.today = timezone.localdate(at)
        self.works: dict[str, Work] = {}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.key: unit for unit in Unit.objects.filter(valid_to__isnull=True)}

    @cached_property
    def _languages(self) -> dict[str, Language]:
        return {language.tag: language for language in Language.objects.all()}

    @cached_property
    def _tasks(self) -> dict[str, Task]:
        standing = Task.objects.filter(left_the_plan_at__isnull=True).select_related(
            "plan__document"
        )
        return {f"{task.plan.document.citation} {task.path}": task for task in standing}

    def unit(self, key: str) -> Unit:
        return self._units[key]

    def language(self, tag: str) -> Language:
        return self._languages[tag]

    def task(self, told: str) -> Task:
        """A task as “18/KH-UBND II.1.1”."""
        return self._tasks[told]

    def topics(self, keys: Collection[str]) -> list[Topic]:
        return list(Topic.objects.in_bulk(keys, field_name="key").values())

    def areas(self, keys: Collection[str]) -> list[Area]:
        return list(Area.objects.in_bulk(keys, field_name="key").values())

    def day(self, ahead: int | None) -> date | None:
        """A day so many days after that of the loading."""
        return None if ahead is None else self.today + timedelta(days=ahead)

    def moment(self, key: str, days_ago: int, hour: int) -> datetime:
        """So many days before the loading, some minutes past the hour; the seed draws the minutes.

        Raises ValueError for a moment that has not come yet: the sample's data are wrong then.
        """
        minutes = Random(f"{self.seed}:{key}:{days_ago}:{hour}").randrange(5, 50)  # noqa: S311 -- minutes of the sample, no secret
        day = self.today - timedelta(days=days_ago)
        moment = timezone.make_aware(datetime.combine(day, time(hour, minutes)))
        if moment >= self.at:
            raise ValueError(f"{key}: {moment} has not come yet.")
        return moment

    def body(self, plan: Plan, text: Text, words: str | None = None) -> list[Block]:
        """The text's blocks, or those of other `words` in its place."""
        return body_of(
            text.body if words is None else words,
            of=f"{plan.key}.{text.language}",
            picture=lambda key: self.pictures[key].pk,
            map_source={key: item.source for key, item in self.pictures.items()},
        )

    def hand_in(
        self, version: LanguageVersion, text: Text, *, by: Person, at: datetime, words: str = ""
    ) -> None:
        """Hand a text in; what its checks ask is answered as the text's head tells."""
        version.refresh_from_db()
        try:
            hand_in_for_clearance(versions=[version], by=by, at=at, words=words)
        except NotReadyToHandIn as asked:
            answers = {
                str(finding["key"]): text.answers[str(finding["check"])]
                for finding in asked.findings
                if finding["check"] in text.answers
            }
            hand_in_for_clearance(versions=[version], by=by, at=at, words=words, answers=answers)

    def open_step(self, version: LanguageVersion) -> OpenStep | None:
        return OpenStep.objects.filter(item__version=version, closed_at__isnull=True).first()

    def decide(self, step: OpenStep, verdict: Verdict, *, at: datetime, reason: str = "") -> None:
        taker = self.persons[TAKES[StepKind(step.kind)]]
        decide(step=step, verdict=verdict, reason=reason, by=taker, at=at)
