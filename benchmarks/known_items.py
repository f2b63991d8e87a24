"""Known items: passages in an index, phrases that stand in one of them; for retrieval.py."""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import tantivy

from nhipcau.search.text import (
    Analysis,
    Either,
    Field,
    Node,
    Nothing,
    Phrase,
    Term,
    analyse,
    parse_query,
    recipe,
)

Found = list[int]
Asked = Callable[["Index", str], tantivy.Query]


class Index:
    """Passages in memory, in the columns of an analysis and one more for plain BM25 with đ kept."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        builder = tantivy.SchemaBuilder()
        for name in (*Field, "kept"):
            builder.add_text_field(name, tokenizer_name="spaces", index_option="position")
        builder.add_unsigned_field("number", stored=True)
        self.schema = builder.build()
        index = tantivy.Index(self.schema)
        spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("spaces", spaces)
        writer = index.writer(50_000_000, 1)
        for number, analysis in enumerate(analyses):
            document = tantivy.Document()
            for name, text in analysis.fields().items():
                document.add_text(name, text)
            document.add_text("kept", " ".join(map(without_marks, analysis.exact)))
            document.add_unsigned("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()

    def first_ten(self, query: tantivy.Query) -> Found:
        hits = self.searcher.search(query, 10, count=False).hits
        return [self.searcher.doc(address)["number"][0] for _, address in hits]

    def count(self, query: tantivy.Query) -> int:
        return int(self.searcher.search(query, 1, count=True).count)

    def any_of(self, terms: Sequence[tuple[str, str, float]]) -> tantivy.Query:
        """Plain BM25: any of the terms, each with its weight."""
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, self._weighed(self._term(name, text), weight))
                for name, text, weight in terms
            ]
        )

    def compiled(self, node: Node) -> tantivy.Query:
        """A recipe in the words of Tantivy."""
        if isinstance(node, Term):
            return self._weighed(self._term(node.field, node.text), node.weight)
        if isinstance(node, Phrase):
            phrase = tantivy.Query.phrase_query(self.schema, node.field, list(node.terms))
            return self._weighed(phrase, node.weight)
        if isinstance(node, Nothing):
            return tantivy.Query.empty_query()
        if isinstance(node, Either):
            parts = [(tantivy.Occur.Should, each) for each in node.nodes]
        else:
            parts = [
                *((tantivy.Occur.Must, each) for each in node.must),
                *((tantivy.Occur.Should, each) for each in node.better),
                *((tantivy.Occur.MustNot, each) for each in node.without),
            ]
        return tantivy.Query.boolean_query([(occur, self.compiled(each)) for occur, each in parts])

    def _term(self, name: str, text: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, name, text)

    def _weighed(self, query: tantivy.Query, weight: float) -> tantivy.Query:
        return query if weight == 1 else tantivy.Query.boost_query(query, weight)


def without_marks(word: str) -> str:
    """What SQLite's FTS5 does: marks go, đ stays."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def ours(language: str, *, needs_all: bool = True) -> Asked:
    def asked(index: Index, typed: str) -> tantivy.Query:
        query = parse_query(typed, language=language)
        return index.compiled(recipe(query, needs_all=needs_all))

    return asked


def plain(*columns: tuple[str, float]) -> Asked:
    def asked(index: Index, typed: str) -> tantivy.Query:
        words = analyse(typed, language="vi")
        terms = {
            "exact": words.exact,
            "folded": words.folded,
            "kept": [without_marks(word) for word in words.exact],
            "grams": ["_".join(pair) for pair in pairwise(words.folded)],
        }
        return index.any_of(
            [(name, term, weight) for name, weight in columns for term in terms[name]]
        )

    return asked


@dataclass(frozen=True)
class Query:
    """What is typed, and the passage that is meant."""

    typed: str
    passage: int


class Texts:
    """Passages, analysed and indexed, with the phrases that stand in one of them only."""

    def __init__(self, passages: Sequence[str], *, language: str) -> None:
        self.language = language
        self.analyses = [analyse(passage, language=language) for passage in passages]
        self.index = Index(self.analyses)
        runs = [analysis.unspaced for analysis in self.analyses]
        self.runs = [" ".join(each) for each in runs] if any(runs) else []

    def phrases(self, length: int, column: str) -> dict[tuple[str, ...], set[int]]:
        """Every phrase of so many words of a sentence or run, with the passages that have it."""
        where: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for number, analysis in enumerate(self.analyses):
            words = getattr(analysis, column)
            for first, last in analysis.runs or pairwise(analysis.sentences):
                for at in range(first, last - length + 1):
                    phrase = words[at : at + length]
                    if not all(word[0].isdigit() for word in phrase):
                        where[phrase].add(number)
        return where

    def sample(self, length: int, column: str, *, rng: random.Random, queries: int) -> list[Query]:
        """Phrases that, as they are typed, stand in one passage only."""
        single = sorted(
            (phrase, *numbers)
            for phrase, numbers in self.phrases(length, column).items()
            if len(numbers) == 1
        )
        rng.shuffle(single)
        found = (
            Query(("" if self.runs else " ").join(phrase), number) for phrase, number in single
        )
        return list(islice(filter(self._is_single, found), queries))

    def _is_single(self, query: Query) -> bool:
        """In scripts without spaces: not hidden in other words of another passage either."""
        return not self.runs or sum(query.typed in runs for runs in self.runs) == 1

    def success(self, queries: Sequence[Query], asked: Asked) -> tuple[float, float]:
        found = [self.index.first_ten(asked(self.index, query.typed)) for query in queries]
        first = sum(ten[:1] == [query.passage] for ten, query in zip(found, queries, strict=True))
        among = sum(query.passage in ten for ten, query in zip(found, queries, strict=True))
        return first / len(queries), among / len(queries)
