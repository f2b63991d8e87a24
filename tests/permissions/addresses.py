"""Every address of the house, read from the URL conf, with an example of each."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter, StringConverter, UUIDConverter
from django.urls.resolvers import RegexPattern, RoutePattern

EXAMPLES = {IntConverter: "1", UUIDConverter: "00000000-0000-4000-8000-000000000000"}
# What stands for a named group of a regular expression, or a parameter, by its name.
WORDS = {
    "uidb64": "MQ",
    "uidb36": "1",
    "key": "1a-2b",
    "token": "hong",
    "provider_id": "province",
    "app_label": "people",
    "app_name": "people",
    "model_name": "user",
    "action": "delete",
    "lang": "vi",
    "digest": "0" * 64,
    "language": "vi",
    "short_id": "2345678",
    "rest": "gioi-thieu",
    "colours": "23407ab02a57",
}


@dataclass(frozen=True)
class Address:
    """One pattern of the URL conf: its route as written there, and a path that fits it."""

    route: str
    path: str


def every_address():
    """All addresses in the order in which Django tries them; a repeated route counts once."""
    seen = {}
    for route, path in _walk(get_resolver().url_patterns, "", ""):
        seen.setdefault(route, Address(route, path))
    return list(seen.values())


def _walk(patterns, route, path):
    for pattern in patterns:
        its_route = route + str(pattern.pattern)
        its_path = path + _example(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield its_route, "/" + its_path
        else:
            yield from _walk(pattern.url_patterns, its_route, its_path)


def _example(pattern):
    if isinstance(pattern, RoutePattern):
        words = pattern._route
        for name, converter in pattern.converters.items():
            value = EXAMPLES.get(type(converter)) or WORDS.get(name, "mau")
            if isinstance(converter, StringConverter) and name not in WORDS:
                value = "mau"
            words = re.sub(rf"<(?:\w+:)?{name}>", value, words)
        return words
    if isinstance(pattern, RegexPattern):
        words = pattern._regex.removeprefix("^").removesuffix("$")
        words = re.sub(
            r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda m: WORDS.get(m[1], "1"), words
        )
        words = re.sub(r"\(\?:/\.\*\)\?", "/", words)
        words = re.sub(r"\(\?:(\w+)[^()]*\)", r"\1", words)
        return words.replace(r"\.", ".").replace(".*", "mau").replace("\\", "").replace("?", "")
    raise TypeError(f"An address of an unknown kind: {pattern!r}")
