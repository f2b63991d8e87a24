"""Very many texts that are public, each with words of its own, for benchmarks of searching.

One work goes out by the house's own actions; the others are copies of its rows (`big_works`) with
words by Zipf's law over the syllables of this repository's Vietnamese documents, and by strings of
words in scripts without spaces.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from big_house import ROOT
from big_works import _one_of, _uuid, copies
from django.db import connection, transaction

from nhipcau.people.tests.factories import AT, make_unit
from nhipcau.publishing.actions import release_bundle
from nhipcau.publishing.tests.factories import House
from nhipcau.registry.models import Area, Language
from nhipcau.works.enums import WorkKind
from nhipcau.works.models import Topic

UNITS, BATCH, WORDS = 60, 2_000, 120
PHRASES = (
    "du lịch", "cửa khẩu quốc tế", "tập huấn nghiệp vụ", "thông tin đối ngoại", "lễ hội",
    "chính sách đầu tư", "hợp tác xã", "biên giới", "phòng chống thiên tai",
)  # fmt: skip
SCRIPTS = {
    "zh-Hans": "口岸通关旅游投资政策边境贸易合作文化节日山水茶园",
    "lo": "ດ່ານສາກົນການທ່ອງທ່ຽວການລົງທຶນຊາຍແດນ",
    "km": "ច្រកទ្វារព្រំដែនទេសចរណ៍វិនិយោគ",
}


def vocabulary() -> list[str]:
    """Vietnamese syllables by how often they stand in the documents of this repository."""
    counted: dict[str, int] = {}
    for path in [*ROOT.glob("docs/huong-dan/*.md"), *ROOT.glob("nhipcau/demo/data/works/**/*.md")]:
        for word in path.read_text(encoding="utf-8").split():
            plain = word.strip(".,;:!?()“”\"'*#|-").lower()
            if plain.isalpha() and len(plain) < 8:
                counted[plain] = counted.get(plain, 0) + 1
    return sorted(counted, key=counted.__getitem__, reverse=True)


class Writer:
    """Texts of words drawn by Zipf's law; a phrase of PHRASES in every third sentence."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words = vocabulary()
        self.weights = list(accumulate(1 / (place + 2) for place in range(len(self.words))))

    def vietnamese(self, count: int) -> str:
        words = self.chance.choices(self.words, cum_weights=self.weights, k=count)
        for at in range(0, count, 24):
            if self.chance.random() < 0.3:
                words[at : at + 1] = [self.chance.choice(PHRASES)]
        return " ".join(words).capitalize()

    def other(self, language: str, characters: int) -> str:
        letters = SCRIPTS[language]
        parts = []
        while sum(map(len, parts)) < characters:
            start = self.chance.randrange(len(letters) - 4)
            parts.append(letters[start : start + self.chance.randrange(3, 9)])
        return "".join(parts)

    def text(self, language: str) -> tuple[str, str, str]:
        if language == "vi":
            return self.vietnamese(9), self.vietnamese(25), self.vietnamese(WORDS - 34)
        return self.other(language, 14), self.other(language, 50), self.other(language, 330)


@dataclass(slots=True)
class Rows:
    """The rows of one work that went out by the house's own actions, of which others are copies."""

    released: Any
    area: Any
    topic: Any
    units: list[int]
    areas: tuple[int, ...]
    topics: tuple[int, ...]

    @classmethod
    def of(cls, house: House) -> Rows:
        work = house.work(title="Chợ phiên vùng biên")
        areas = tuple(
            Area.objects.create(key=f"x{number}", label=f"Xã số {number}", kind="commune").pk
            for number in range(30)
        )
        topics = tuple(Topic.objects.values_list("pk", flat=True))
        work.areas.add(areas[0])
        work.topics.add(topics[0])
        house.approved(work)
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        release = work.subject.releases.get()
        return cls(
            released=release.versions.get(),
            area=release.areas.through.objects.get(release=release),
            topic=release.topics.through.objects.get(release=release),
            units=[make_unit(f"UBND xã số {number}").pk for number in range(UNITS)],
            areas=areas,
            topics=topics,
        )


def fill(count: int, language: Language, *, first: int, writer: Writer, rows: Rows) -> None:
    """So many released texts in the language, numbered from `first` on."""
    keep_texts(count, language, writer)
    key = f"{first} + n"
    text = "(SELECT b.{column} FROM benchmark_texts b WHERE b.n = series.n)"
    released = rows.released
    release, version, revision = released.release, released.version, released.revision
    title, content = text.format(column="title"), text.format(column="content")
    unit = _one_of(tuple(rows.units), "n")
    with transaction.atomic():
        copies(
            release.subject, count=count, id=key, uuid=_uuid(f"s{first}"),
            short_id=f"'z' || ({key})", unit_id=unit,
        )  # fmt: skip
        copies(
            revision, count=count, id=key, object_id=f"CAST({key} AS varchar(255))", content=content
        )
        copies(
            version, count=count, id=key, uuid=_uuid(f"v{first}"), subject_id=key, title=title,
            language_id=str(language.pk), latest_revision_id=key, approved_revision_id=key,
        )  # fmt: skip
        copies(
            release, count=count, id=key, uuid=_uuid(f"r{first}"), subject_id=key, unit_id=unit,
            work_kind=_one_of(tuple(WorkKind.values), "n * 7"),
        )  # fmt: skip
        for row, field, values in (
            (rows.area, "area_id", rows.areas),
            (rows.topic, "topic_id", rows.topics),
        ):
            copies(row, count=count, release_id=key, **{field: _one_of(values, "n * 13")})
            second = _one_of(values, "n * 13 + 1")
            copies(row, count=count, release_id=key, where="n % 3 = 0", **{field: second})
        copies(
            released, count=count, id=key, release_id=key, version_id=key, revision_id=key,
            title=title, language_id=str(language.pk),
        )  # fmt: skip


def keep_texts(count: int, language: Language, writer: Writer) -> None:
    """Words for so many texts, in a table that lasts as long as the connection."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS benchmark_texts")
        kind = "jsonb" if connection.vendor == "postgresql" else "text"
        cursor.execute(
            f"CREATE TEMPORARY TABLE benchmark_texts "
            f"(n integer PRIMARY KEY, title text, content {kind})"
        )
        for begin in range(0, count, BATCH):
            some = range(begin, min(begin + BATCH, count))
            cursor.executemany(
                "INSERT INTO benchmark_texts VALUES (%s, %s, %s)",
                [(number, *_written(writer.text(language.tag))) for number in some],
            )


def _written(text: tuple[str, str, str]) -> tuple[str, str]:
    title, summary, body = text
    blocks = [{"type": "text", "value": f"<p>{body}</p>", "id": "1"}]
    content = {"title": title, "summary": summary, "body": json.dumps(blocks)}
    return title, json.dumps(content)
