"""What answers consist of. The documentation and its schema are made from these types.

Fields of what a list holds may be left out by `fields`, so none of them is promised; whatever
stands inside is whole. Moments are ISO 8601 in UTC, addresses begin with the scheme.
"""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import Field
from typing_extensions import TypedDict  # pydantic asks for this one before Python 3.12

Moment = Annotated[
    str, Field(json_schema_extra={"format": "date-time"}, examples=["2026-11-29T01:00:00Z"])
]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Tag = Annotated[str, Field(description=_("A language, by its BCP-47 tag."), examples=["vi"])]
ShortId = Annotated[
    str,
    Field(description=_("The permanent id of a work; it stands in print."), examples=["k7m2xq4"]),
]
Digest = Annotated[str, Field(description=_("SHA-256 of the file, hexadecimal."), max_length=64)]
Kind = Annotated[str, Field(examples=["news"])]


class Named(TypedDict):
    """Something of a list of the province: topic, area, programme; its key is permanent."""

    key: str
    name: str


class NamedInTwo(TypedDict):
    """As `Named`, with an English name ("" where there is none)."""

    key: str
    name: str
    name_en: str


class Correction(TypedDict):
    """What readers were told of a correction."""

    at: Moment
    note: str


class ImprintLine(TypedDict):
    """A line of the imprint, in the language of the text."""

    name: str
    label: str
    value: str


class File(TypedDict):
    """A form of a work as a file. The address never changes what it holds."""

    address: Address
    name: str
    type: Annotated[str, Field(description=_("Media type."), examples=["application/pdf"])]
    bytes: Annotated[int, Field(ge=0)]
    sha256: Digest
    form: Annotated[str, Field(description=_("What made it: leaflet, sheet, epub …"))]
    role: Annotated[str, Field(description=_('Which file of several; "" for the first.'))]
    languages: list[Tag]


class Text(TypedDict):
    """A language version of a work, as lists tell of it."""

    language: Tag
    mode: Annotated[str, Field(description=_("written or spoken"))]
    title: str
    summary: str
    page: Annotated[Address, Field(description=_("Where people read it."))]
    self: Annotated[Address, Field(description=_("Where machines read all of it."))]
    first_released: Moment
    released: Annotated[Moment, Field(description=_("The last release of this text."))]
    release: Annotated[int, Field(ge=1, description=_("Which release of the work that was."))]
    correction: Annotated[
        str, Field(description=_('What was corrected with that release; "" where nothing was.'))
    ]
    translated_from: Annotated[str, Field(description=_('A tag; "" for an original.'))]
    machine_helped: bool


class Notice(TypedDict):
    """A text that was withdrawn, with what readers are told."""

    language: Tag
    mode: str
    page: Address
    withdrawn: Moment
    reason: Annotated[str, Field(examples=["in_error", "outdated", "replaced"])]
    notice: str
    instead: Annotated[str, Field(description=_('The id of a work to read instead; "" for none.'))]


class Work(TypedDict, total=False):
    """A work before the public, in all its languages and forms."""

    id: ShortId
    uuid: Annotated[str, Field(json_schema_extra={"format": "uuid"})]
    kind: Kind
    self: Address
    page: Annotated[Address, Field(description=_("The short address, as it is printed."))]
    issuer: Annotated[Named, Field(description=_("The unit, under the name that it bore then."))]
    first_released: Moment
    released: Annotated[Moment, Field(description=_("The last release of a text that is public."))]
    topics: list[NamedInTwo]
    areas: list[Named]
    programmes: list[NamedInTwo]
    audiences: list[str]
    versions: list[Text]
    files: list[File]
    withdrawn: list[Notice]


class Page(TypedDict):
    """`next` is where the list goes on, null at its end."""

    next: Address | None
    cursor: Annotated[
        str | None,
        Field(description=_("As in `next`, for those who write addresses themselves.")),
    ]


class Works(Page):
    items: list[Work]


class Version(TypedDict, total=False):
    """A public text with all of its words."""

    work: ShortId
    work_self: Address
    kind: Kind
    issuer: Named
    language: Tag
    mode: str
    title: str
    summary: str
    page: Address
    self: Address
    first_released: Moment
    released: Moment
    release: int
    correction: str
    translated_from: str
    machine_helped: bool
    html: Annotated[
        str, Field(description=_("One article element, with its imprint; without any script."))
    ]
    text: Annotated[str, Field(description=_("The words alone, a part a line."))]
    imprint: list[ImprintLine]
    corrections: Annotated[list[Correction], Field(description=_("Of this text, newest first."))]
    files: list[File]


class Rendition(TypedDict, total=False):
    """A file of a work, with what it says about itself."""

    work: ShortId
    work_self: Address
    address: Address
    name: str
    type: str
    bytes: int
    sha256: Digest
    form: str
    role: str
    languages: list[Tag]
    issuer: Annotated[Named, Field(description=_("Who released it, under the name of then."))]
    released: Moment
    release: int


class Renditions(Page):
    items: list[Rendition]


class ToldCorrection(TypedDict, total=False):
    """A text that was corrected and is public, with what readers were told."""

    work: ShortId
    language: Tag
    mode: str
    title: str
    page: Address
    self: Address
    at: Moment
    note: str


class Corrections(Page):
    items: list[ToldCorrection]


class Withdrawal(TypedDict, total=False):
    """A text that was withdrawn: what a copy elsewhere has to show instead of it."""

    work: ShortId
    language: Tag
    mode: str
    page: Address
    withdrawn: Moment
    reason: str
    notice: str
    instead: str


class Withdrawals(Page):
    items: list[Withdrawal]


class Topic(TypedDict, total=False):
    """What a work is about."""

    key: str
    name: str
    name_en: str
    topic_class: Annotated[str, Field(description=_("Its class of Decree 72/2015/NĐ-CP."))]
    parent: Annotated[str | None, Field(description=_("The key of the topic above."))]


class Topics(Page):
    items: list[Topic]


class Unit(TypedDict, total=False):
    """A body that has released something; it keeps its key when it is renamed."""

    key: str
    name: str
    kind: str
    area: Annotated[str | None, Field(description=_("The key of its area; null: a central body."))]
    valid_from: str | None
    valid_to: Annotated[str | None, Field(description=_("The first day on which it was no more."))]


class Units(Page):
    items: list[Unit]


class Area(TypedDict, total=False):
    """An area that something released speaks of."""

    key: str
    name: str
    kind: str
    latitude: float | None
    longitude: float | None
    valid_from: str | None
    valid_to: Annotated[str | None, Field(description=_("The first day on which it was no more."))]


class Areas(Page):
    items: list[Area]


class Language(TypedDict, total=False):
    """A language in which something is public."""

    tag: Tag
    name: str
    name_en: str
    own_name: str
    script: Annotated[str, Field(description=_('ISO 15924; "" where it is only spoken.'))]
    mode: str


class Languages(Page):
    items: list[Language]


class ProblemParameter(TypedDict):
    name: str
    detail: str


class ProblemAnswer(TypedDict, total=False):
    """Why there is no answer (RFC 9457), in the language of Accept-Language."""

    type: Annotated[Address, Field(description=_("What kind of problem; the documentation tells."))]
    title: str
    status: int
    detail: str
    next: Annotated[str, Field(description=_("What to do next."))]
    parameters: list[ProblemParameter]
    languages: list[Tag]
    withdrawn: list[Notice]
