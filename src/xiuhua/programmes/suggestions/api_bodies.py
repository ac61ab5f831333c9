"""What the API of suggestions tells and takes."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from xiuhua.ground.api.asked import Body, Id, TerritoryPath, Text, Words
from xiuhua.ground.api.paging import Paging
from xiuhua.programmes.suggestions.actions.assigning import Unit

Key = Annotated[Words, Field(max_length=40)]
Long = Annotated[str, StringConstraints(max_length=5000, pattern=r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$")]
Heading = Annotated[Words, Field(max_length=60)]
Place = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\u0000-\u001f\u007f]*$")]


class CategoryTold(Schema):
    """What a suggestion may be about."""

    key: str
    name: str


class SuggestionTold(Schema):
    """A suggestion, personal data masked; `unit` has it in hand: a section's key, or a committee's path."""

    id: int
    number: str
    path: str
    place: str
    lon: float | None
    lat: float | None
    title: str
    source: str
    outside_number: str
    nature: str
    category: str
    state: str
    unit: str
    submitted_at: datetime
    due_on: date | None
    reply_due_on: date | None
    merged_into: int | None
    project: int | None
    rating: int | None
    public_state: str


class ReplyTold(Schema):
    """What the person was told, personal data masked."""

    kind: str
    said_at: datetime
    words: str


class SuggestionWhole(SuggestionTold):
    """A suggestion with its words, masked, what was replied, and what is published of it."""

    masked_words: str
    nature_sure: float
    category_sure: float
    public_title: str
    public_words: str
    public_answer: str
    public_place: str
    replies: list[ReplyTold]


class Published(Schema):
    """A suggestion as it stands on the public board."""

    number: str
    subdistrict: str
    title: str
    words: str
    answer: str
    category: str
    category_name: str
    place: str
    lon: float | None
    lat: float | None
    is_done: bool
    said_on: date
    published_at: datetime


class SuggestionFilters(Paging):
    """Which suggestions are asked for."""

    path: TerritoryPath | None = None
    state: Key | None = None
    nature: Key | None = None
    category: Key | None = None
    source: Key | None = None
    section: Key | None = None
    overdue: bool | None = None


class BoardFilters(Paging):
    """Which part of the public board is asked for."""

    subdistrict: TerritoryPath | None = None
    category: Key | None = None


class Said(Body):
    """What somebody told the office, which enters it for them."""

    path: TerritoryPath
    source: Literal["paper", "telephone", "visit", "hotline", "festival", "workshop", "salon"]
    words: Long
    name: Annotated[Words, Field(max_length=40)] = ""
    phone: Annotated[Words, Field(max_length=30)] = ""
    place: Annotated[Words, Field(max_length=120)] = ""
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    outside_number: Annotated[Words, Field(max_length=60)] = ""


class InHand(Body):
    """Who takes it in hand: a section by its key, or a committee by its path; and who helps."""

    section: Key = ""
    committee: TerritoryPath | None = None
    with_section: Key = ""
    with_committee: TerritoryPath | None = None

    def unit(self) -> Unit:
        """Who takes it in hand."""
        return Unit(self.section, self.committee or "")

    def helper(self) -> Unit:
        """Who helps."""
        return Unit(self.with_section, self.with_committee or "")


class Accepted(InHand):
    """The same, where it is taken up; nobody, where it is handed out later."""

    is_complex: bool = False


class HandedOn(Body):
    """Who takes it over, and why."""

    section: Key = ""
    committee: TerritoryPath | None = None
    reason: Text


class PassedOn(Body):
    """Down which road, and what the person is told."""

    road: Key
    notice: Text


class What(Body):
    """What it is, and about which committee."""

    nature: Key
    category: Key
    path: TerritoryPath | None = None


class Into(Body):
    """Into which other one."""

    into: Id


class Told(Body):
    """What the person is told, and from which words it started."""

    words: Text
    template: Key = ""


class Adopted(Told):
    """The same, with the project into which it is adopted."""

    project: Id


class SuggestionReason(Body):
    """SuggestionReason something is done."""

    reason: Text


class Drafted(Body):
    """What would stand on the public board."""

    title: Heading
    words: Text
    answer: Text = ""
    place: Place | None = None
