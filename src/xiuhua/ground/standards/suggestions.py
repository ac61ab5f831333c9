"""People's suggestions (人民建议): terms, categories, limits and first words of ``suggestions.toml``."""

from dataclasses import dataclass, fields
from datetime import date

from xiuhua.ground.standards.figures import Figure, Named, Page
from xiuhua.ground.standards.workdays import after_calendar_days, after_working_days


@dataclass(frozen=True, slots=True)
class Term(Named):
    """How long something may take (时限), in working or calendar days."""

    counts_working_days: bool
    days: Figure

    def after(self, day: date) -> date:
        """The last day of a term that begins on a day; the day itself does not count."""
        counted = after_working_days if self.counts_working_days else after_calendar_days
        return counted(day, int(self.days.number))


@dataclass(frozen=True, slots=True)
class Category(Named):
    """What a suggestion is about (类别)."""

    tone: str
    used: Figure


@dataclass(frozen=True, slots=True)
class ReplyTemplate(Named):
    """Words that a reply starts from (答复底稿), and what kind of reply they are for."""

    kind: str
    text: Figure


@dataclass(frozen=True, slots=True)
class Road(Named):
    """Where what is not ours goes (转办), for things of what nature, and what the person is told."""

    nature: str
    notice: Figure


@dataclass(frozen=True, slots=True)
class Terms:
    """Every term that runs on a suggestion."""

    first_contact: Term
    accept: Term
    reply: Term
    reply_complex: Term
    service: Term
    claim: Term
    claim_extension: Term
    reopen: Term
    settle: Term
    escalate: Term


@dataclass(frozen=True, slots=True)
class Intake:
    """Limits of what comes in, and how sure sorting has to be."""

    most_letters: Figure
    address_hour: Figure
    phone_day: Figure
    event_hour: Figure
    sort_sure: Figure
    alike: Figure
    rising: Figure


@dataclass(frozen=True, slots=True)
class Keep:
    """How long what tells who suggested something is kept (保存期限)."""

    contact_months: Figure
    sender_days: Figure


@dataclass(frozen=True, slots=True)
class Topics:
    """How topics are found, and when they are rising or public."""

    weeks: Figure
    alike: Figure
    fewest: Figure
    least: Figure
    people: Figure


@dataclass(frozen=True, slots=True)
class Board:
    """What the public board tells of a place (公示栏)."""

    point_metres: Figure


@dataclass(frozen=True, slots=True)
class SuggestionStandard:
    """Everything that ``suggestions.toml`` says; categories, roads and templates by key, in the order of the file."""

    terms: Terms
    intake: Intake
    keep: Keep
    topics: Topics
    board: Board
    categories: dict[str, Category]
    roads: dict[str, Road]
    templates: dict[str, ReplyTemplate]
    claim_is_no_suggestion: Figure
    feedback: Figure

    @property
    def figures(self) -> dict[str, Figure]:
        """Figures by dotted key, to be shown with their source; those with `own` a subdistrict sets for itself."""
        terms = {f"suggestions.terms.{one.name}.days": getattr(self.terms, one.name).days for one in fields(Terms)}
        intake = {f"suggestions.intake.{one.name}": getattr(self.intake, one.name) for one in fields(Intake)}
        keep = {f"suggestions.keep.{one.name}": getattr(self.keep, one.name) for one in fields(Keep)}
        topics = {f"suggestions.topics.{one.name}": getattr(self.topics, one.name) for one in fields(Topics)}
        board = {f"suggestions.board.{one.name}": getattr(self.board, one.name) for one in fields(Board)}
        return terms | intake | keep | topics | board

    def category_name(self, key: str) -> str:
        """What a category is called; the key itself where the book has it no more."""
        found = self.categories.get(key)
        return found.name if found else key


def read_suggestions(page: Page) -> SuggestionStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    terms = {row.name: _term(row) for row in tables["terms"].pages()}
    categories = [_category(row) for row in tables["categories"].pages()]
    return SuggestionStandard(
        terms=Terms(**{one.name: terms[one.name] for one in fields(Terms)}),
        intake=Intake(**{one.name: tables["intake"].figure(one.name) for one in fields(Intake)}),
        keep=Keep(**{one.name: tables["keep"].figure(one.name) for one in fields(Keep)}),
        topics=Topics(**{one.name: tables["topics"].figure(one.name) for one in fields(Topics)}),
        board=Board(**{one.name: tables["board"].figure(one.name) for one in fields(Board)}),
        categories={row.key: row for row in categories if row.used.value},
        roads={row.name: _road(row) for row in tables["roads"].pages()},
        templates={row.name: _template(row) for row in tables["templates"].pages()},
        claim_is_no_suggestion=tables["nature"].figure("claim_is_no_suggestion"),
        feedback=tables["nature"].figure("feedback"),
    )


def _term(row: Page) -> Term:
    unit = row.word("unit")
    if unit not in {"working", "calendar"}:
        raise ValueError(f"{row.key}.unit: {unit!r} is neither working nor calendar")
    return Term(row.name, row.word("name_zh"), row.word("name_en"), unit == "working", row.figure("days"))


def _category(row: Page) -> Category:
    return Category(row.name, row.word("name_zh"), row.word("name_en"), row.word("tone", ""), row.figure("used"))


def _template(row: Page) -> ReplyTemplate:
    return ReplyTemplate(row.name, row.word("name_zh"), row.word("name_en"), row.word("for"), row.figure("text"))


def _road(row: Page) -> Road:
    return Road(row.name, row.word("name_zh"), row.word("name_en"), row.word("nature"), row.figure("notice"))
