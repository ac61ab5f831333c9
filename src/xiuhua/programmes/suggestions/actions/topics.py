"""Putting down what many speak of, and what people call it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.standards import on
from xiuhua.ground.standards.suggestions import SuggestionStandard
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.models import Suggestion, Topic, TopicPart
from xiuhua.programmes.suggestions.rules import topics as rules
from xiuhua.programmes.suggestions.sorting.personal import masked
from xiuhua.programmes.suggestions.topics.grouping import Found

A_BATCH = 400
WRITTEN = (
    *("path", "name", "public_name", "title", "words", "category", "count", "people", "weeks"),
    *("is_rising", "factor", "first_at", "last_at", "is_current", "grouped_at"),
)


@action("suggestions.group_topics", says=gettext_lazy("归并热点话题"), permits=permits.may_group_topics)
def group_topics(
    *, actor: Actor, subdistrict: Subdistrict, found: Sequence[Found], since: datetime
) -> Done[Subdistrict]:
    """Put down which topics people speak of (归并话题), in place of what was found before.

    A topic that was there keeps its number, and its name where a person gave it. What came before `since` stays with
    the topic that it was found in.
    """
    row = locked(subdistrict)
    before = dict(
        Suggestion.objects.filter(subdistrict=row.path, topic__isnull=False, submitted_at__gte=since).values_list(
            "pk", "topic_id"
        )
    )
    numbers = rules.carried_over([[one.pk for one in each.members] for each in found], before)
    topics = _written(row.path, found, numbers)
    TopicPart.objects.filter(topic__subdistrict=row.path).delete()
    TopicPart.objects.bulk_create(_parts(topics, found), batch_size=A_BATCH)
    after = {one.pk: topic.pk for topic, each in zip(topics, found, strict=True) for one in each.members}
    changed = _moved(before, after)
    Topic.objects.filter(subdistrict=row.path, is_current=True).exclude(pk__in=[topic.pk for topic in topics]).update(
        is_current=False, is_rising=False, factor=None
    )
    facts = {"topics": len(found), "suggestions": len(after)}
    return Done(row, facts, spread=_spread(changed))


@action("suggestions.rename_topic", says=gettext_lazy("给话题改名"), permits=permits.may_rename_topic)
def rename_topic(*, actor: Actor, topic: Topic, name: str) -> Done[Topic]:
    """Call a topic otherwise (改名); it is called so from now on, on the public board too.

    Raises
    ------
    Refused
        There is no name, it is too long, or something personal stands in it.
    """
    topic, name = locked(topic), " ".join(name.split())
    refuse_unless(rules.name_can_stand(name, masked(name)))
    was, topic.name, topic.is_named = topic.name, name, True
    topic.save(update_fields=["name", "is_named"])
    return Done(topic, {"was": was, "name": name})


def _written(subdistrict: str, found: Sequence[Found], numbers: Sequence[int | None]) -> list[Topic]:
    """A row for each topic that was found: the one that it was before, or a new one."""
    day, moment, figures = today(), now(), on(today(), at=subdistrict).suggestions
    kept = Topic.objects.in_bulk([number for number in numbers if number is not None])
    topics = []
    for each, number in zip(found, numbers, strict=True):
        topic = kept[number] if number is not None else Topic(subdistrict=subdistrict)
        _write(topic, each, day, moment, figures)
        topics.append(topic)
    Topic.objects.bulk_create([topic for topic in topics if topic.pk is None], batch_size=A_BATCH)
    Topic.objects.bulk_update(list(kept.values()), WRITTEN, batch_size=A_BATCH // 4)
    return topics


def _write(topic: Topic, found: Found, day: date, moment: datetime, figures: SuggestionStandard) -> None:
    """What a topic says of itself tonight."""
    first, last = min(one.at for one in found.members), max(one.at for one in found.members)
    trend = rules.trend(found.weeks(), day, figures)
    topic.path, topic.category = found.path, found.category
    topic.name = topic.name if topic.is_named else found.name[:40]
    topic.public_name = found.public_name[:40]
    topic.title, topic.words = found.title, list(found.called.words)
    topic.count, topic.people, topic.weeks = len(found.members), found.people, found.weeks()
    topic.is_rising, topic.factor = trend.is_rising, trend.factor
    topic.first_at = min(first, topic.first_at) if topic.first_at else first
    topic.last_at, topic.is_current, topic.grouped_at = last, True, moment


def _parts(topics: Sequence[Topic], found: Sequence[Found]) -> Iterable[TopicPart]:
    for topic, each in zip(topics, found, strict=True):
        for path in each.places():
            weeks = each.weeks(path)
            yield TopicPart(topic=topic, path=path, count=sum(weeks.values()), weeks=weeks)


def _moved(before: dict[int, int], after: dict[int, int]) -> list[int]:
    """Let each suggestion say which topic it is of; which of them changed."""
    left = [pk for pk in before if pk not in after]
    by_topic: dict[int | None, list[int]] = {None: left} if left else {}
    for pk, topic in after.items():
        if before.get(pk) != topic:
            by_topic.setdefault(topic, []).append(pk)
    for number, numbers in by_topic.items():
        for at in range(0, len(numbers), A_BATCH):
            Suggestion.objects.filter(pk__in=numbers[at : at + A_BATCH]).update(topic=number)
    return [pk for numbers in by_topic.values() for pk in numbers]


def _spread(changed: Sequence[int]) -> dict[str, dict[str, int]]:
    """How many changed in each committee."""
    spread: dict[str, dict[str, int]] = {}
    for at in range(0, len(changed), A_BATCH):
        for path in Suggestion.objects.filter(pk__in=changed[at : at + A_BATCH]).values_list("path", flat=True):
            told = spread.setdefault(committee_of(path), {"changed": 0})
            told["changed"] += 1
    return spread
