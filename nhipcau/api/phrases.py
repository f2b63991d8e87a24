"""What callers are told who asked what cannot be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.api.errors import Problem


def bad_parameters(told: Sequence[tuple[str, str]]) -> Problem:
    """Each parameter by name with its sentence."""
    return Problem(
        400,
        "bad-parameter",
        title=_("The question has a parameter that does not fit."),
        detail=" ".join(sentence for _name, sentence in told),
        step=_("Mend the parameters that are named and ask again; the documentation lists them."),
        parameters=told,
    )


def unknown_parameter(name: str, known: Iterable[str]) -> tuple[str, str]:
    return name, _("There is no parameter “%(name)s” here; there are: %(known)s.") % {
        "name": name,
        "known": ", ".join(sorted(known)) or "–",
    }


def repeated_parameter(name: str) -> tuple[str, str]:
    return name, _("The parameter “%(name)s” may stand once only.") % {"name": name}


def unknown_field(name: str, known: Iterable[str]) -> tuple[str, str]:
    return "fields", _("There is no field “%(name)s” here; there are: %(known)s.") % {
        "name": name,
        "known": ", ".join(sorted(known)),
    }


def repeated_field(name: str, known: Iterable[str]) -> tuple[str, str]:
    return "fields", _("The field “%(name)s” is named twice.") % {"name": name}


def bad_moment(name: str) -> tuple[str, str]:
    return name, _(
        "“%(name)s” wants a day such as 2026-11-29, or a moment such as 2026-11-29T08:00:00Z."
    ) % {"name": name}


def unfit(name: str, kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """What a parameter lacks, by pydantic's name of it."""
    if kind in {"int_parsing", "int_type", "int_from_float", "int_parsing_size"}:
        sentence = _("“%(name)s” wants a whole number.") % {"name": name}
    elif kind == "greater_than_equal":
        least = {"name": name, "least": context.get("ge", "")}
        sentence = _("“%(name)s” must be at least %(least)s.") % least
    elif kind == "less_than_equal":
        most = {"name": name, "most": context.get("le", "")}
        sentence = _("“%(name)s” may be at most %(most)s.") % most
    elif kind in {"enum", "literal_error"}:
        among = {"name": name, "known": str(context.get("expected", ""))}
        sentence = _("“%(name)s” must be one of these: %(known)s.") % among
    elif kind == "too_long":
        most = {"name": name, "most": context.get("max_length", "")}
        sentence = _("“%(name)s” may stand %(most)s times at most.") % most
    elif kind == "missing":
        sentence = _("“%(name)s” is missing.") % {"name": name}
    else:
        sentence = _("“%(name)s” is not written as the documentation says.") % {"name": name}
    return name, sentence


def bad_cursor() -> Problem:
    return Problem(
        400,
        "bad-cursor",
        title=_("This cursor was not given by this list."),
        detail=_("A cursor goes on with the question that it was given for, unchanged."),
        step=_("Ask without “cursor” to begin again, and follow “next” as it is given."),
    )


def no_such_thing() -> Problem:
    return Problem(
        404,
        "not-found",
        title=_("Nothing public stands under this address."),
        step=_("Look it up in the lists; /api/v1/ names them."),
    )


def no_such_address() -> Problem:
    return Problem(
        404,
        "no-such-address",
        title=_("The interface has no such address."),
        step=_("/api/v1/ names all addresses, /api/v1/docs explains them."),
    )


def no_such_version(languages: Sequence[str]) -> Problem:
    return Problem(
        404,
        "no-such-language",
        title=_("This work is not public in this language."),
        step=_("Ask for one of its languages: %(languages)s.")
        % {"languages": ", ".join(languages) or "–"},
        languages=list(languages),
    )


def withdrawn(notices: Sequence[Any]) -> Problem:
    return Problem(
        410,
        "withdrawn",
        title=_("This was withdrawn."),
        detail=" ".join(dict.fromkeys(notice["notice"] for notice in notices)),
        step=_("Remove your copy, and show the notice or what stands instead."),
        withdrawn=list(notices),
    )


def wrong_method(allowed: str) -> Problem:
    return Problem(
        405,
        "read-only",
        title=_("This interface is for reading only."),
        step=_("Ask with one of these methods: %(allowed)s.") % {"allowed": allowed},
    )


def too_long() -> Problem:
    return Problem(
        414,
        "question-too-long",
        title=_("The question is too long."),
        step=_("Ask in several shorter questions."),
    )


def too_many(seconds: int, limit: int) -> Problem:
    return Problem(
        429,
        "too-many-questions",
        title=_("Too many questions from one address."),
        detail=_("One address may ask %(limit)s times a minute.") % {"limit": limit},
        step=_("Go on in %(seconds)s seconds, as “Retry-After” says.") % {"seconds": seconds},
    )
