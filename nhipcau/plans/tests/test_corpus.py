"""The annotated documents keep their promise: what the gold says, the document says."""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"
GOLD = sorted(CORPUS.glob("[abc]/*.json"))
WARNINGS = set(
    re.findall(
        r"^\| `([a-z_]+)` \|",
        (CORPUS / "README.md").read_text().split("## Warnings")[1],
        re.MULTILINE,
    )
)
RECURRENCES = {None, "continuous", "yearly", "half_yearly", "quarterly", "monthly", "ad_hoc"}
DOCUMENT_KEYS = {
    "doc_type",
    "number",
    "symbol",
    "issuing_body",
    "parent_body",
    "place",
    "date",
    "title",
    "legal_bases",
    "tasks",
    "funding_sources",
    "responsibilities",
    "reporting",
    "recipients",
    "signer_name",
    "signer_title",
    "is_draft",
    "rows",
    "warnings",
    "not_an_official_document",
    "notes",
    "signing_authority",
    "sections",
}
TASK_KEYS = {
    "path",
    "title",
    "lead_units",
    "coordinating_units",
    "implementing_units",
    "actors",
    "items",
    "listed",
    "timing",
    "timing_parsed",
    "products",
    "targets",
    "quantities",
    "languages",
    "audiences",
    "role",
    "note",
}
LETTERS = "abcdđeghiklmnopqrstuvxy"


def norm(value: object) -> str:
    """Fold case, tone placement, dashes, spaces and markup, as the scorer does."""
    s = unicodedata.normalize("NFC", str(value)).casefold()
    s = re.sub(r"<[^>]*>", "", s)
    s = re.sub(r"[*_#`\"“”()|\\]", " ", s)
    s = s.replace("–", "-").replace("—", "-")
    for a, b in (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
                 ("uỷ", "ủy"), ("uỳ", "ùy"), ("uý", "úy"), ("uỹ", "ũy"), ("uỵ", "ụy")):  # fmt: skip
        s = s.replace(a, b)
    return re.sub(r"\s+", " ", s).strip(" .;:,-/")


def document_of(gold_file: Path) -> Path:
    found = [p for p in (gold_file.with_suffix(".txt"), gold_file.with_suffix(".md")) if p.exists()]
    assert len(found) == 1, f"{gold_file.name}: {len(found)} documents"
    return found[0]


def raw_values(gold: dict) -> Iterator[tuple[str, str]]:
    for key in ("number", "symbol", "place", "signer_name", "signer_title", "title", "parent_body"):
        if gold.get(key):
            yield key, gold[key]
    for key in ("funding_sources", "recipients"):
        for n, value in enumerate(gold.get(key) or []):
            yield f"{key}/{n}", value
    for n, base in enumerate(gold.get("legal_bases") or []):
        for key in ("number", "name", "type"):
            if base.get(key):
                yield f"legal_bases/{n}/{key}", base[key]
    for n, duty in enumerate(gold.get("responsibilities") or []):
        yield f"responsibilities/{n}", duty["unit"]
    for n, report in enumerate(gold.get("reporting") or []):
        for value in (report.get("unit"), report.get("deadline"), *(report.get("to") or [])):
            if value:
                yield f"reporting/{n}", value
    for node in [*(gold.get("tasks") or []), *(gold.get("rows") or [])]:
        where = node.get("path") or node["title"][:30]
        for key in ("title", "timing"):
            if node.get(key):
                yield f"{where}/{key}", node[key]
        for key in ("lead_units", "coordinating_units", "implementing_units", "actors", "products",
                    "targets", "audiences", "listed"):  # fmt: skip
            for value in node.get(key) or []:
                yield f"{where}/{key}", value
        for quantity in node.get("quantities") or []:
            yield f"{where}/quantities", quantity["raw"]
            if quantity["unit"] != "%":
                yield f"{where}/quantities/unit", quantity["unit"]
        for item in node.get("items") or []:
            yield f"{where}/items", item["text"]
            for actor in item.get("actors") or []:
                yield f"{where}/items/actors", actor


def without_cut_syllable(where: str, value: str) -> str:
    """Titles and items end where the room ends, also within a syllable."""
    room = {"title": 118, "items": 78, "listed": 58}.get(where.rpartition("/")[2], len(value) + 1)
    return value if len(value) < room else value.rpartition(" ")[0]


def step_key(step: str) -> tuple:
    """Where a step stands among its siblings: a number, a Roman numeral or a letter."""
    plain, _, again = step.partition("#")
    if plain.isdigit():
        place = int(plain)
    elif re.fullmatch(r"[IVX]+", plain):
        values = [{"I": 1, "V": 5, "X": 10}[c] for c in plain]
        place = sum(
            -v if n + 1 < len(values) and v < values[n + 1] else v for n, v in enumerate(values)
        )
    else:
        place = LETTERS.index(plain)
    return place, int(again or 1)


def gold_files() -> list:
    return [pytest.param(p, id=f"{p.parent.name}/{p.stem}") for p in GOLD]


@pytest.fixture(params=gold_files())
def pair(request):
    path = request.param
    return (
        path,
        json.loads(path.read_text(encoding="utf-8")),
        document_of(path).read_text(encoding="utf-8"),
    )


def test_every_document_has_its_gold_and_only_known_keys(pair):
    _, gold, _ = pair
    if gold.get("not_an_official_document"):
        assert set(gold) <= {"not_an_official_document", "notes"}
        return
    assert set(gold) <= DOCUMENT_KEYS
    assert gold["doc_type"]
    for task in gold.get("tasks") or []:
        assert set(task) <= TASK_KEYS, task["path"]
        assert len(task["title"]) <= 120, task["path"]
        assert all(len(item["text"]) <= 80 for item in task.get("items") or []), task["path"]


def test_no_document_is_without_gold():
    documents = {
        p.with_suffix("") for suffix in ("txt", "md") for p in CORPUS.glob(f"[abc]/*.{suffix}")
    }
    assert documents == {p.with_suffix("") for p in GOLD}


def test_every_raw_value_stands_in_its_document(pair):
    _, gold, text = pair
    words = norm(text)
    missing = [
        f"{where}: {value}"
        for where, value in raw_values(gold)
        if norm(without_cut_syllable(where, value)) not in words
    ]
    assert missing == []


def test_task_paths_are_unique_and_in_order(pair):
    _, gold, _ = pair
    paths = [task["path"] for task in gold.get("tasks") or []]
    assert len(paths) == len(set(paths))
    last_child: dict[str, tuple] = {}
    for path in paths:
        parent, _, step = path.rpartition(".")
        assert step_key(step) > last_child.get(parent, (-1, 0)), path
        last_child[parent] = step_key(step)


def test_every_title_stands_behind_its_own_number(pair):
    _, gold, text = pair
    lines = [norm(line) for line in text.splitlines()]
    at = -1
    for task in gold.get("tasks") or []:
        step = re.escape(task["path"].rpartition(".")[2].partition("#")[0].casefold())
        begins = re.escape(norm(task["title"])[:25].strip())
        numbered = re.compile(rf"([a-z0-9]+\s?\.)*\s?{step}\s?[-.):/]*\s?{begins}")
        # a line may end within the title
        numbers = range(at + 1, len(lines))
        at = next((n for n in numbers if numbered.match(" ".join(lines[n : n + 2]))), None)
        assert at is not None, task["path"]


def test_times_and_warnings_use_the_agreed_words(pair):
    _, gold, _ = pair
    assert set(gold.get("warnings") or []) <= WARNINGS
    for report in gold.get("reporting") or []:
        assert report.get("recurrence") in RECURRENCES
    for task in gold.get("tasks") or []:
        assert bool(task.get("timing")) == ("timing_parsed" in task), task["path"]
        parsed = task.get("timing_parsed")
        if parsed:
            assert set(parsed) == {"start", "end", "recurrence", "tentative"}, task["path"]
            assert parsed["recurrence"] in RECURRENCES
            days = [dt.date.fromisoformat(parsed[k]) for k in ("start", "end") if parsed[k]]
            assert days == sorted(days), task["path"]
        for quantity in task.get("quantities") or []:
            low, high = quantity["min"], quantity["max"]
            assert low is not None or high is not None
            assert low is None or high is None or low <= high


def test_the_warnings_of_the_readme_were_read():
    assert {"repeated_numeral", "planted_text"} <= WARNINGS
