"""What this subdistrict decided itself, as examples."""

from collections.abc import Iterable

from xiuhua.engine import texts
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.learning.lessons import Examples


def own_decisions(decided: Iterable[tuple[str, str]] = (), least: int = 500) -> Examples:
    """Examples from texts and the categories that staff confirmed.

    Raises
    ------
    Refused
        There are fewer than `least`.
    """
    pairs = [(text, label) for text, label in decided if text.strip() and label]
    if len(pairs) < least:
        said = _("自己办过的建议只有 %(count)s 件，至少要 %(least)s 件才学得会") % {"count": len(pairs), "least": least}
        raise Refused(Reason(said, field="FILE", mend=_("先用一个分好类的表来学")))
    titled = [text.split("\n", 1) for text, _label in pairs]
    known_by = texts.digests([title for title, *_rest in titled], ["".join(rest) for _title, *rest in titled])
    return Examples([text for text, _label in pairs], [label for _text, label in pairs], known_by)
