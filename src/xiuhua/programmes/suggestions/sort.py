"""Finding out what is said (分类): by nature, by category, and where it is, with how sure that is."""

from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.heard import Heard, Sorted
from xiuhua.programmes.suggestions.models import Nature
from xiuhua.programmes.suggestions.sorting.personal import masked
from xiuhua.programmes.suggestions.sorting.words import title_of

LONGEST_TITLE, LONGEST_PLACE = 60, 120


def sorted_out(subdistrict: Subdistrict, heard: Heard) -> Sorted:
    """What the words say; the point that was given goes before the place that they name."""
    committee = None
    if heard.lon is not None and heard.lat is not None:
        committee = queries.committee_at(subdistrict, heard.lon, heard.lat)
    return Sorted(
        path=committee.path if committee else subdistrict.path,
        place=masked(heard.place)[:LONGEST_PLACE],
        title=title_for(heard),
        masked_words=masked(heard.words),
        nature=Nature.SUGGESTION,
    )


def title_for(heard: Heard) -> str:
    """What lists call it: its first words, or how it came."""
    title = title_of(heard.words)
    if title:
        return title[:LONGEST_TITLE]
    sorts = {file.sort for file in heard.files}
    return _("一段语音") if "voice" in sorts else _("一张照片")
