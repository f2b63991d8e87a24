"""Passages to search in, put together from what is here; for retrieval.py.

Vietnamese: prose of the repository and of what it is installed with, nothing generated: annotated
plans, the sample's works, templates, the handbooks for staff, the interface's sentences, the
catalogues of the libraries, and the five plans beside the project where they are.

Chinese, Lao, Khmer: there is too little. A chain that has read what there is (the sample's works,
labels, catalogues of the libraries) writes further passages, each with a name that no dictionary
has. That is easier than prose.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import polib

from nhipcau.search.text import analyse
from nhipcau.search.text.scripts import CLUSTER

ROOT = Path(__file__).resolve().parents[1]
PLANS = ROOT.parent / "shared" / "plans"
PROSE = (
    "nhipcau/plans/tests/corpus/*/*.txt",
    "nhipcau/demo/data/works/*/*.vi.md",
    "nhipcau/works/data/templates/**/*.md",
    "docs/huong-dan/*.md",
    "README.vi.md",
)
LABELS = "nhipcau/publishing/renderers/labels.csv"
CATALOGUES = (
    "nhipcau/locale/{0}/LC_MESSAGES/*.po",
    ".venv/lib/python3*/site-packages/*/locale/{0}/LC_MESSAGES/*.po",
    ".venv/lib/python3*/site-packages/*/*/locale/{0}/LC_MESSAGES/*.po",
)
SHORTEST, LONGEST = 8, 45
# A passage of which more has been said before, in rows of three syllables, says nothing new.
MOST_SAID = 0.65

_SENTENCE = re.compile(r"(?<=[.!?;:。！？；។])\s+|\n\s*\n|\n(?=[-+*•\d|#])|\|")
_NOISE = re.compile(
    r"%\(\w+\)[sd]|%[sd]|https?://\S+|^\w+ = |[*#_>`\[\]<>{}+|-]{2,}|[*#_`|]", re.MULTILINE
)
_NAME_SIGNS = "凉谅芒高平谷河太原同登友谊岭沧溪栗苗瑶岱侬雾梅松柏洛江浦岗屯寨坪坝塘涌滨"


def vietnamese() -> list[str]:
    """Distinct passages of at least eight syllables: whole sentences, in the order written."""
    passages: list[str] = []
    said: set[tuple[str, str, str]] = set()
    for text in _vietnamese_texts():
        for passage in _grouped(_sentences(text)):
            words = analyse(passage, language="vi").folded
            rows = set(zip(words, words[1:], words[2:], strict=False))
            if len(rows & said) <= MOST_SAID * len(rows):
                passages.append(passage)
            said |= rows
    return passages


def foreign(language: str, *, rng: random.Random, wanted: int) -> list[str]:
    """So many passages in zh, lo or km, the real ones first."""
    sentences = [
        words
        for text in _foreign_texts(language)
        for part in _sentences(text)
        if len(words := _words(part, language)) > 1
    ]
    joint = "" if language == "zh" else " "
    passages = [joint.join("".join(words) for words in group) for group in _in_groups(sentences)]
    after: dict[str, list[str]] = defaultdict(list)
    for words in sentences:
        for one, other in pairwise(words):
            after[one].append(other)
    starts = [words[0] for words in sentences]
    parts = sorted(
        {
            cluster.group()
            for words in sentences
            for word in words
            for cluster in CLUSTER.finditer(word)
            if len(cluster.group()) > 1
        }
    )
    while len(passages) < wanted:
        clauses = ["".join(_clause(starts, after, rng)) for _ in range(rng.randint(2, 4))]
        name = "".join(rng.choices(_NAME_SIGNS if language == "zh" else parts, k=rng.randint(2, 3)))
        at = rng.randrange(len(clauses))
        clauses[at] = name + clauses[at] if rng.random() < 0.5 else clauses[at] + name
        passages.append(("，" if language == "zh" else " ").join(clauses))
    return passages


def _vietnamese_texts() -> Iterator[str]:
    for pattern in PROSE:
        for path in sorted(ROOT.glob(pattern)):
            yield path.read_text(encoding="utf-8")
    for path in sorted(PLANS.glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    yield from _catalogues("vi")


def _foreign_texts(language: str) -> Iterator[str]:
    tag = {"zh": "zh-Hans"}.get(language, language)
    for path in sorted(ROOT.glob(f"nhipcau/demo/data/works/*/*.{tag}.md")):
        yield path.read_text(encoding="utf-8")
    yield (ROOT / LABELS).read_text(encoding="utf-8").replace(",", "\n\n")
    yield from _catalogues({"zh": "zh_Hans"}.get(language, language))


def _catalogues(locale: str) -> Iterator[str]:
    for pattern in CATALOGUES:
        for path in sorted(ROOT.glob(pattern.format(locale))):
            yield "\n\n".join(entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr)


def _sentences(text: str) -> Iterator[str]:
    for part in _SENTENCE.split(text):
        plain = " ".join(_NOISE.sub(" ", part).split())
        if plain:
            yield plain


def _grouped(sentences: Iterator[str]) -> Iterator[str]:
    """Sentences one after the other until a passage is long enough; endless ones are cut."""
    group: list[str] = []
    for sentence in sentences:
        words = sentence.split()
        for at in range(0, len(words), LONGEST):
            group += words[at : at + LONGEST]
            if len(analyse(" ".join(group), language="vi").folded) >= SHORTEST:
                yield " ".join(group)
                group = []


def _words(sentence: str, language: str) -> list[str]:
    """The words of a sentence that are in the script of the language."""
    analysis = analyse(sentence, language=language)
    return [
        term
        for first, last in analysis.runs
        for term in analysis.exact[first:last]
        if (term[0] > "\u2e00") is (language == "zh")
        and ("\u0e80" <= term[0] <= "\u0eff") is (language == "lo")
    ]


def _in_groups(sentences: list[list[str]]) -> Iterator[list[list[str]]]:
    group: list[list[str]] = []
    for words in sentences:
        group.append(words)
        if sum(map(len, group)) >= SHORTEST:
            yield group
            group = []


def _clause(starts: list[str], after: dict[str, list[str]], rng: random.Random) -> Iterator[str]:
    word = rng.choice(starts)
    for _ in range(rng.randint(4, 9)):
        yield word
        word = rng.choice(after.get(word) or starts)
