"""Finding what many speak of (归并话题): read, group, name. Nothing is written here."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    """A suggestion as far as topics are concerned; `public` is what everybody may read of it."""

    pk: int
    path: str
    at: datetime
    category: str
    title: str
    text: str
    place: str
    person: str
    public: str

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
    public = ("public_state", "public_title", "public_words")
    return [_member(*row) for row in rows.order_by("pk").values_list("pk", *fields, *public)]


def _member(
    pk: int, path: str, at: datetime, category: str, title: str, words: str, place: str, phone: str | None,
    user: int | None, state: str, public_title: str, public_words: str,
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
    tell(_("读内容"), 0.05)
    said = [f"{said_of(one.text)} {one.place}" for one in members]
    tell(_("归并"), 0.2)
    groups = texts.group(said, [one.at.timestamp() for one in members], alike=float(figures.topics.alike.number))
    tell(_("起名"), 0.8)
    namer = Namer([one.text for one in members], groups.tolist())
    found = []
    for places in _places(groups.tolist()):
        if len(places) >= figures.topics.fewest.number:
            called = namer.called(places, {place: members[place].title for place in places})
            nearest = None if called.nearest is None else members[called.nearest].pk
            found.append(Found(tuple(members[place] for place in places), Called(called.words, nearest)))
    return sorted(found, key=lambda one: (-len(one.members), one.members[0].pk))


def _places(groups: Sequence[int]) -> list[list[int]]:
    """Places of the members of each group."""
    found: dict[int, list[int]] = {}
    for place, group in enumerate(groups):
        if group >= 0:
            found.setdefault(group, []).append(place)
    return list(found.values())


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
