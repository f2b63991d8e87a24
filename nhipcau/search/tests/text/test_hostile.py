"""Texts and queries made to hurt: everything is read, in a time that grows with its length."""

import pytest

from nhipcau.search.text import (
    Both,
    Either,
    Nothing,
    Phrase,
    Vocabulary,
    analyse,
    marked,
    parse_query,
    passages,
    recipe,
)

LENGTH = 4_000
PIECES = {
    "marks on one letter, then a fraction": ("a", "\u0301", "½"),
    "signs nobody sees": ("", "a\u200b", "½"),
    "Khmer letters under letters": ("ក", "\u17d2ក", ""),
    "one Chinese word": ("", "谅", ""),
    "vowels on one Lao letter": ("ກ", "\u0eb8", "½"),
    "halves of surrogate pairs": ("ລາວ", "\ud800", "谅\udc00"),
    "sentence ends": ("", ".)", ""),
    "a stop and brackets": (".", ")", ""),
    "one word": ("", "a", ""),
    "nothing but lines": ("", "\n", ""),
    "quotes": ("", '"', ""),
    "minus": ("", " -", "x"),
    "families": ("", "👩\u200d👩\u200d👧", ""),
    "Korean in pieces": ("", "\u1100\u1161\u11a8", ""),
    "a ligature of eighteen letters": ("", "ﷺ", ""),
    "scripts in turn": ("", "a谅", ""),
    "halfwidth kana": ("", "ｶﾞ", ""),
    "zeroes of C": ("cửa", "\x00", "khẩu"),
    "markup": ("", "<b onclick='x'>", "</b>"),
}
VOCABULARY = Vocabulary([("cửa", 3), ("khẩu", 2), ("cửa_khẩu", 2), ("谅山", 1)])


def terms_in(node):
    if isinstance(node, Both):
        for each in (*node.must, *node.better, *node.without):
            yield from terms_in(each)
    elif isinstance(node, Either):
        for each in node.nodes:
            yield from terms_in(each)
    elif isinstance(node, Phrase):
        assert len(node.terms) > 1  # an engine may refuse a phrase of one word
        yield from node.terms
    elif not isinstance(node, Nothing):
        yield node.text


@pytest.mark.timeout(60)
@pytest.mark.parametrize(("first", "middle", "last"), PIECES.values(), ids=PIECES)
def test_hostile_text_is_read_like_any_other(first, middle, last):
    text = first + middle * (LENGTH // len(middle)) + last
    query = parse_query(text, language="vi")

    for column in analyse(text, language="lo").fields().values():
        column.encode()
    for node in (recipe(query), recipe(query, needs_all=False), VOCABULARY.forgiving(query)):
        for term in terms_in(node):
            assert 0 < len(term.encode()) < 1_000
    VOCABULARY.suggest(query)
    VOCABULARY.complete(text, language="vi")
    for asked in (query, parse_query("cửa khẩu a 谅 ក -x", language="vi")):
        assert "".join(piece.text for piece in marked(text, asked, language="vi")) == text
        for passage in passages(text, asked, language="km", most=3):
            assert passage.text in text
            assert len(passage.text) <= 300
