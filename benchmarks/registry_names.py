"""How well and how fast names of units are settled, beside plain fuzzy matching in the same run.

usage: registry_names.py

Loads the shipped facts and two provinces' usual units into a fresh database, settles the aliases
of the registry's tests with our rules and with rapidfuzz's WRatio and token-set ratio (best of
all names of the document's province and of central bodies, cut off at 80), then measures time
over a register of 34 provinces with 13,000 units. The table goes to the terminal and to
results/registry_names.md. Exit status 1: an alias settled wrongly, or more than 5 ms for a name.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
RESULTS = ROOT / "benchmarks" / "results" / "registry_names.md"
CUT_OFF = 80
MOST_MILLISECONDS = 5.0
SYLLABLES = (
    "An", "Bình", "Châu", "Đồng", "Gia", "Hà", "Hưng", "Khánh", "Lâm", "Long", "Minh", "Nam",
    "Phú", "Quang", "Sơn", "Tân", "Vĩnh",
)  # fmt: skip


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NHIPCAU_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        os.environ.pop("NHIPCAU_DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        lines, failed = quality()
    more, slow = speed()
    text = "\n".join(["# Names of units", "", *lines, "", *more, ""])
    RESULTS.write_text(text, encoding="utf-8")
    print(text)
    return 1 if failed or slow else 0


def quality() -> tuple[list[str], bool]:
    from rapidfuzz import fuzz

    from nhipcau.kernel.actor import Machine
    from nhipcau.registry.actions.reference import load_reference_data
    from nhipcau.registry.actions.usual_units import establish_usual_units
    from nhipcau.registry.models import Area, Unit, UnitGroup
    from nhipcau.registry.queries.names import name_index
    from nhipcau.registry.tests.test_resolution import ALIASES

    by, at = Machine("benchmark"), datetime(2026, 11, 21, tzinfo=UTC)
    load_reference_data(by=by, at=at)
    for key in ("tinh/lang-son", "tinh/ha-tinh"):
        establish_usual_units(province=Area.objects.get(key=key), by=by, at=at)
    index = name_index()
    areas = dict(Area.objects.values_list("key", "pk"))
    units = dict(Unit.objects.values_list("pk", "key"))
    groups = dict(UnitGroup.objects.values_list("pk", "key"))

    def ours(alias: str, day: date, area: str) -> set[str] | None:
        found = index.resolve(alias, on=day, scope=areas[area])
        if (only := found.only) is None:
            return None
        return {(groups if only.is_group else units)[only.id]}

    def by_ratio(scorer: Callable[..., float]) -> Callable[[str, date, str], set[str] | None]:
        def settle(alias: str, day: date, area: str) -> set[str] | None:
            return fuzzy(alias, day, area, scorer)

        return settle

    def fuzzy(alias: str, day: date, area: str, scorer: Any) -> set[str] | None:
        from rapidfuzz import process, utils

        near = Unit.objects.current(on=day).exclude(
            area__isnull=False, area__key__contains="ha-tinh" if "lang-son" in area else "lang-son"
        )
        names = {f"u{pk}": label for pk, label in near.values_list("pk", "label")}
        names |= {f"g{pk}": name for pk, name in UnitGroup.objects.values_list("pk", "name")}
        best = process.extractOne(
            alias, names, scorer=scorer, processor=utils.default_process, score_cutoff=CUT_OFF
        )
        if best is None:
            return None
        kind, pk = best[2][0], int(best[2][1:])
        return {(groups if kind == "g" else units)[pk]}

    ways = {
        "our rules": ours,
        "rapidfuzz WRatio": by_ratio(fuzz.WRatio),
        "rapidfuzz token-set": by_ratio(fuzz.token_set_ratio),
    }
    lines = [
        "| way | right | wrong unit taken | of |",
        "| --- | ---: | ---: | ---: |",
    ]
    failed = False
    for name, way in ways.items():
        right = taken = 0
        for alias, day, area, verdict, keys in ALIASES:
            settled = way(alias, day, area)
            expected = None if verdict in {"ambiguous", "unknown"} else keys
            right += settled == expected
            taken += settled is not None and settled != expected
        failed = failed or (name == "our rules" and right < len(ALIASES))
        lines.append(f"| {name} | {right} | {taken} | {len(ALIASES)} |")
    return lines, failed


def speed() -> tuple[list[str], bool]:
    from nhipcau.kernel.intervals import Interval
    from nhipcau.registry.rules.resolution import NameIndex
    from nhipcau.registry.rules.variants import KnownArea, KnownName, KnownUnit

    random.seed(1)
    areas, units, names = [], [], []

    def place() -> str:
        return f"{random.choice(SYLLABLES)} {random.choice(SYLLABLES)}"

    def unit(kind: str, name: str, area: int) -> None:
        units.append(KnownUnit(len(units) + 1, kind, name, area))
        names.append(KnownName(len(units), name))

    for _province in range(34):
        province = len(areas) + 1
        areas.append(KnownArea(province, (f"Tỉnh {place()}",)))
        for name in ("Sở Nội vụ", "Sở Ngoại vụ", "Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh"):
            unit("department", name, province)
        for _commune in range(98):
            commune, label = len(areas) + 1, f"xã {place()}"
            areas.append(KnownArea(commune, (label,), ((province, Interval(None, None)),)))
            for kind, head in (
                ("peoples_committee", "Ủy ban nhân dân"),
                ("peoples_council", "Hội đồng nhân dân"),
                ("party_committee", "Đảng ủy"),
                ("division", "Phòng Văn hóa - Xã hội"),
            ):
                unit(kind, f"{head} {label}", commune)
    began = time.perf_counter()
    index = NameIndex.build(units=units, names=names, areas=areas)
    built = time.perf_counter() - began
    lines = [
        f"{len(units):,} units, index built in {built:.1f} s",
        "",
        "| names | ms each |",
        "| --- | ---: |",
    ]
    slow = False
    for label, texts in (
        ("on record, as written or as acronyms", ["Sở VHTT&DL", "Công an tỉnh", "Sở NV"] * 300),
        ("with a typing error", ["Sở Văn hóa, Thể thao và Du lịh"] * 300),
        ("not on record", ["Công ty cổ phần xi măng Hồng Phong", "Trung tâm Chuyển đổi số"] * 150),
    ):
        began = time.perf_counter()
        for text in texts:
            index.resolve(text, on=date(2026, 1, 1), scope=1)
        each = (time.perf_counter() - began) / len(texts) * 1000
        slow = slow or each > MOST_MILLISECONDS
        lines.append(f"| {label} | {each:.2f} |")
    return lines, slow


if __name__ == "__main__":
    sys.exit(main())
