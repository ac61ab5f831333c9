"""What everybody reads of topics (大家最近说得多的): made of published words, said by several, nobody's name."""

from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions.models import Topic
from xiuhua.programmes.suggestions.topics.grouping import published_people, since

A_FEW = 5


def spoken_of(subdistrict: Subdistrict | None) -> list[tuple[str, int, int]]:
    """(name, how many people said it, the same as a share of 100 of the first) of the topics most spoken of.

    Only people whose words stand on the board, or were merged into one that does, are counted; a topic of fewer than
    the book's figure is nobody's business (two queries).
    """
    path = subdistrict.path if subdistrict else None
    figures = on(today(), at=path).suggestions
    people = published_people(path, since(today(), figures))
    enough = {topic: count for topic, count in people.items() if count >= figures.topics.people.number}
    if not enough:
        return []
    rows = Topic.objects.filter(pk__in=enough, is_current=True).values_list("pk", "name", "is_named", "public_name")
    named = [(name if is_named else public, enough[pk]) for pk, name, is_named, public in rows]
    first = sorted((pair for pair in named if pair[0]), key=lambda pair: (-pair[1], pair[0]))[:A_FEW]
    return [(name, count, round(100 * count / first[0][1])) for name, count in first]
