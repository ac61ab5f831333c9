"""Finding what many speak of (归并话题): read, group, name. Nothing is written here."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from xiuhua.engine import texts
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.standards.suggestions import SuggestionStandard
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.models import PublicState, Suggestion
from xiuhua.programmes.suggestions.rules.topics import week_of, weeks_until
from xiuhua.programmes.suggestions.topics.naming import Called, Namer, name_of, said_of

Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Member:
    """A suggestion as topics read it: `public` is what everybody may read of it, `into` what it is merged into."""

    pk: int
    path: str
    at: datetime
    category: str
    title: str
    text: str
    place: str
    person: str
    public: str
    into: int | None = None

    @property
    def week(self) -> str:
        """ISO week in which it came."""
        return week_of(timezone.localtime(self.at).date())


@dataclass(frozen=True, slots=True)
class Found:
    """A topic as it was found."""

    members: tuple[Member, ...]
    called: Called

    @property
    def title(self) -> str:
        """Title of the message nearest to its centre."""
        return next((one.title for one in self.members if one.pk == self.called.nearest), "")

    @property
    def name(self) -> str:
        """Its telling words; where there are too few, the nearest title."""
        words = name_of(self.called.words)
        return words if len(self.called.words) > 1 else self.title or words or _("没有名称的话题")

    @property
    def public_name(self) -> str:
        """The telling words that stand in what was published; empty where nothing was."""
        public = "\n".join(one.public for one in self.members if one.public)
        return name_of([word for word in self.called.words if word in public])

    @property
    def category(self) -> str:
        """What most of it is about."""
        return Counter(one.category for one in self.members).most_common(1)[0][0]

    @property
    def path(self) -> str:
        """The committee that all of it is about, or the subdistrict."""
        places = {one.path for one in self.members}
        return places.pop() if len(places) == 1 else self.members[0].path[:9]

    @property
    def people(self) -> int:
        """How many people said it, as far as one can tell them apart."""
        return len({one.person for one in self.members})

    def weeks(self, path: str = "") -> dict[str, int]:
        """How many came each week, about one place where one is named."""
        return dict(Counter(one.week for one in self.members if not path or one.path == path))

    def places(self) -> list[str]:
        """Committees that it is about, and the subdistrict where nobody knows which."""
        return sorted({one.path for one in self.members})


def since(day: date, figures: SuggestionStandard) -> datetime:
    """The moment from which suggestions are grouped: the first Monday of the weeks that the book names."""
    monday = weeks_until(day, int(figures.topics.weeks.number))[0]
    return timezone.make_aware(datetime.combine(monday, datetime.min.time()))


def read(subdistrict: str, begin: datetime) -> list[Member]:
    """What people said since a moment, personal claims left out (one query)."""
    rows = Suggestion.objects.filter(subdistrict=subdistrict, submitted_at__gte=begin).exclude(nature="claim")
    fields = ("path", "submitted_at", "category", "title", "masked_words", "place", "phone_index", "user_id")
    public = ("public_state", "public_title", "public_words", "merged_into_id")
    return [_member(*row) for row in rows.order_by("pk").values_list("pk", *fields, *public)]


def _member(
    pk: int, path: str, at: datetime, category: str, title: str, words: str, place: str, phone: str | None,
    user: int | None, state: str, public_title: str, public_words: str, into: int | None,
) -> Member:  # fmt: skip
    is_public = state == PublicState.PUBLISHED
    return Member(
        pk=pk,
        path=committee_of(path),
        at=at,
        category=category,
        title=title,
        text=f"{title}\n{words}",
        place=place,
        person=person_of(pk, phone, user),
        public=f"{public_title}\n{public_words}" if is_public else "",
        into=into,
    )


def person_of(pk: int, phone: object, user: int | None) -> str:
    """What tells one person from another: an account, a telephone, or nothing but the letter itself."""
    return f"user {user}" if user else f"phone {phone}" if phone else f"letter {pk}"


def find(
    members: Sequence[Member], figures: SuggestionStandard, tell: Tell = lambda _stage, _share: None
) -> list[Found]:
    """The topics that people speak of, the largest first.

    Parameters
    ----------
    tell : callable
        Gets a stage in words and the share done.
    """
    tell(_("归并"), 0.1)
    alike = float(figures.topics.alike.number)
    groups = _groups([f"{said_of(one.text)} {one.place}" for one in members], members, alike)
    tell(_("起名"), 0.7)
    namer = _Namer(members, groups)
    found: list[Found] = []
    for places in groups:
        one = namer.found(places)
        if one.called.is_one:
            found.append(one)
            continue
        rest = [members[place] for place in places]
        parted = _groups([said_of(one.text, where=False) for one in rest], rest, alike)
        found += [namer.found([places[place] for place in part]) for part in parted]
    fewest = figures.topics.fewest.number
    large = [one for one in found if len(one.members) >= fewest and one.called.is_one]
    return sorted(large, key=lambda one: (-len(one.members), one.members[0].pk))


class _Namer:
    """Names groups of these messages."""

    def __init__(self, members: Sequence[Member], groups: Sequence[Sequence[int]]) -> None:
        self.members = members
        of = {place: number for number, places in enumerate(groups) for place in places}
        self._namer = Namer([one.text for one in members], [of.get(place, -1) for place in range(len(members))])

    def found(self, places: Sequence[int]) -> Found:
        """A group as a topic."""
        called = self._namer.called(places, {place: self.members[place].title for place in places})
        nearest = None if called.nearest is None else self.members[called.nearest].pk
        return Found(tuple(self.members[place] for place in places), replace(called, nearest=nearest))


def _groups(said: Sequence[str], members: Sequence[Member], alike: float) -> list[list[int]]:
    """Places of the members of each group, by what they say; what people merged stays together, whatever it says."""
    groups = texts.group(said, [one.at.timestamp() for one in members], alike=alike).tolist()
    place_of = {one.pk: place for place, one in enumerate(members)}
    found: dict[int, list[int]] = {}
    for place, one in enumerate(members):
        into = place_of.get(one.into) if one.into else place
        stays = place if into is None else into
        found.setdefault(groups[stays] if groups[stays] >= 0 else -2 - stays, []).append(place)
    return [places for places in found.values() if len(places) > 1]


def published_people(subdistrict: str | None, begin: datetime) -> dict[int, int]:
    """How many people each topic has among what is published, and what was merged into that (one query)."""
    is_public = Q(public_state=PublicState.PUBLISHED) | Q(
        state="merged", merged_into__public_state=PublicState.PUBLISHED
    )
    rows = Suggestion.objects.filter(is_public, topic__isnull=False, submitted_at__gte=begin)
    if subdistrict is not None:
        rows = rows.filter(subdistrict=subdistrict)
    people: dict[int, set[str]] = {}
    for topic, pk, phone, user in rows.order_by().values_list("topic_id", "pk", "phone_index", "user_id"):
        people.setdefault(topic, set()).add(person_of(pk, phone, user))
    return {topic: len(said) for topic, said in people.items()}
