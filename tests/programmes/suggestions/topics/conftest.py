"""What several people say about two matters, week by week."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from expectations import by_hand
from programmes.suggestions.conftest import NOON, SYSTEM
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.heard import Circumstances, Heard, Sorted
from xiuhua.programmes.suggestions.models import Nature, Source, Suggestion, Topic
from xiuhua.programmes.suggestions.topics.nightly import regroup_now

BIKES = (
    "枣阳路菜场门口的坡口被共享单车占满，轮椅上不去。",
    "枣阳路菜场坡口天天停满共享单车，推婴儿车只能下到马路上。",
    "共享单车把枣阳路菜场的坡口堵死了，请画禁停线。",
    "枣阳路菜场坡口的共享单车没人管，早上最多。",
)
LIGHTS = (
    "河滨步道的路灯坏了三盏，夜里跑步看不清。",
    "河滨步道路灯又不亮，跑步摔了一跤。",
    "河滨步道一段路灯全黑，请尽快修好。",
)


@pytest.fixture
def hear(town, west, east, noon) -> Callable[..., Suggestion]:
    """Hear somebody: ``hear(BIKES[0], days_ago=3, at=east, nature="claim")``."""

    def send(
        words: str, days_ago: int = 0, at: object = None, nature: str = "suggestion", phone: str = ""
    ) -> Suggestion:
        place = (at or west).path
        found = Sorted(
            path=place, place="", title=words.split("，", maxsplit=1)[0][:40], masked_words=words,
            nature=Nature(nature), nature_sure=0.9, category_sure=0.9,
            category="slow_mobility" if "单车" in words else "blue_green",
        )  # fmt: skip
        heard = Heard(words=words, source=Source.TELEPHONE, phone=phone)
        done = actions.receive(actor=SYSTEM, subdistrict=town, heard=heard, circumstances=Circumstances(found))
        moment = NOON - timedelta(days=days_ago)
        with by_hand():
            Suggestion.objects.filter(pk=done.subject.pk).update(submitted_at=moment)
        done.subject.refresh_from_db()
        return done.subject

    return send


@pytest.fixture
def both(hear, east) -> list[Suggestion]:
    """Bicycles in the western committee this week, lamps in both, over the last weeks."""
    bikes = [hear(words, days_ago=day) for day, words in enumerate(BIKES[:3])]
    lamps = [hear(words, days_ago=20 + day, at=east if day else None) for day, words in enumerate(LIGHTS)]
    return [*bikes, *lamps]


@pytest.fixture
def regroup(town) -> Callable[[], list[Topic]]:
    """Group what was said so far; the topics that there are."""

    def again() -> list[Topic]:
        regroup_now(SYSTEM, town)
        return list(Topic.objects.current())

    return again


@pytest.fixture
def topics(both, regroup) -> list[Topic]:
    """The two, the rising one first."""
    return regroup()
