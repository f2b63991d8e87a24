"""A language for developers, and an ear for what goes through gettext.

Every sentence comes out accented and a third longer (“Save” as “Šàvé ··”), so that words which
never asked for a translation stand out on a page, and so do places that hold short words only.
"""

import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

import pytest
from django.utils import translation

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àƀćđéƒĝĥíĵķľɱñóṕʠŕšťúṽŵẋýžÀƁĆĐÉƑĜĤÍĴĶĽṀÑÓṔɊŔŠŤÚṼŴẊÝŽ"
TABLE = str.maketrans(PLAIN, ACCENTED)
# What must come through untouched: places for values, tags, entities, addresses.
KEPT = re.compile(r"(%\(\w+\)[a-z]|%[sd%]|\{[^{}]*\}|<[^>]*>|&#?\w+;|https?://\S+)")
WORD = re.compile(r"[^\W\d_]{2,}")
ENGLISH = re.compile(r"(?<![^\W\d_])[A-Za-z]{2,}(?![^\W\d_])")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
ADDRESS = re.compile(r"https?://\S+")
UNSEEN = {"script", "style", "template", "svg", "kbd", "code"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPOKEN = {"title", "aria-label", "aria-description", "placeholder", "alt"}


def in_the_language_of_developers(sentence):
    pieces = KEPT.split(sentence)
    words = "".join(
        piece if number % 2 else piece.translate(TABLE) for number, piece in enumerate(pieces)
    )
    return f"{words} {'·' * max(1, len(sentence) // 3)}" if WORD.search(words) else words


@dataclass
class Heard:
    """Every sentence asked for, with what the catalogue of the language in force says."""

    sentences: dict[str, str] = field(default_factory=dict)

    @property
    def untranslated(self):
        return {
            source
            for source, answer in self.sentences.items()
            if source == answer and ENGLISH.search(KEPT.sub(" ", source))
        }


@contextmanager
def the_language_of_developers():
    """All of gettext answers in it; what it would have said is kept in the `Heard`."""
    heard = Heard()
    real = translation._trans
    gettext, ngettext = real.gettext, real.ngettext
    pgettext, npgettext = real.pgettext, real.npgettext

    def one(message):
        heard.sentences.setdefault(str(message), gettext(message))
        return in_the_language_of_developers(str(message))

    def many(singular, plural, number):
        heard.sentences.setdefault(singular, ngettext(singular, plural, 1))
        heard.sentences.setdefault(plural, ngettext(singular, plural, 2))
        return in_the_language_of_developers(singular if number == 1 else plural)

    def one_of(context, message):
        heard.sentences.setdefault(message, pgettext(context, message))
        return in_the_language_of_developers(message)

    def many_of(context, singular, plural, number):
        heard.sentences.setdefault(singular, npgettext(context, singular, plural, 1))
        heard.sentences.setdefault(plural, npgettext(context, singular, plural, 2))
        return in_the_language_of_developers(singular if number == 1 else plural)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(real, "gettext", one)
        patch.setattr(real, "ngettext", many)
        patch.setattr(real, "pgettext", one_of)
        patch.setattr(real, "npgettext", many_of)
        yield heard


def shows(page, sentence):
    """Whether the page, `as_read`, holds the sentence in the language of developers."""
    pieces = [
        piece
        for piece in KEPT.sub("\0", in_the_language_of_developers(sentence)).split("\0")
        if WORD.search(piece)
    ]
    longest = max(pieces, key=len, default="")
    return bool(longest) and longest.casefold() in page


def as_read(page):
    """The page without the escapes of HTML and of the JSON in it, in composed letters."""
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)), unescape(page))
    composed = unicodedata.normalize("NFC", plain.replace('\\"', '"').replace("\\/", "/"))
    # Labels are written with a capital wherever a form makes them of a field's name.
    return composed.casefold()


class Reader(HTMLParser):
    """Collects what a person sees or hears of a page: text, titles, labels, placeholders."""

    def __init__(self):
        super().__init__()
        self.seen = []
        self.open = []

    @property
    def _is_hidden(self):
        return any(hidden for _tag, hidden in self.open)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        # A part in a language of its own is data: the words of a plan, the name of a language.
        foreign = "lang" in known and tag != "html"
        if not self._is_hidden and not foreign:
            self.seen += [value for name, value in attributes if name in SPOKEN and value]
            if tag == "input" and known.get("type") in {"submit", "button"}:
                self.seen.append(known.get("value") or "")
        if tag not in VOID:
            self.open.append((tag, tag in UNSEEN or foreign))

    def handle_endtag(self, tag):
        while self.open and tag in {name for name, _hidden in self.open}:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, text):
        if not self._is_hidden and text.strip():
            self.seen.append(" ".join(text.split()))


def words_that_were_never_translated(page, *, data):
    """Pieces of the page with a word that is neither accented nor part of the data."""
    reader = Reader()
    reader.feed(unicodedata.normalize("NFC", page))
    return {
        piece
        for piece in reader.seen
        if any(word.casefold() not in data for word in ENGLISH.findall(ADDRESS.sub("", piece)))
    }


def vocabulary(texts):
    """The words of these texts, as `words_that_were_never_translated` compares them."""
    return {word.casefold() for text in texts for word in ENGLISH.findall(text)}
