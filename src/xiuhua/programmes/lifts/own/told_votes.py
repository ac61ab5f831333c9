"""What residents are told of a vote: what it is about and costs, who has taken part, how it came out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries_shares, queries_votes, share_words, words
from xiuhua.programmes.lifts.models import SchemeLine, Vote
from xiuhua.programmes.lifts.own import told
from xiuhua.programmes.lifts.queries_votes import Castable, Result
from xiuhua.programmes.lifts.rules.votes import words_of
from xiuhua.programmes.lifts.screens.votes import questions


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Who has taken part so far, by heads and by area, against the gate; never what anybody chose."""

    heads: int
    of: int
    percent: str
    share: float
    gate: float
    gate_words: str
    enough: bool

    @property
    def title(self) -> str:
        """In a line: 12 户都投了."""
        told = {"heads": self.heads, "of": self.of}
        return _("%(of)s 户都投了") % told if self.heads == self.of else _("%(of)s 户里 %(heads)s 户投了") % told

    @property
    def spoken(self) -> str:
        """The bar for those who do not see it."""
        told = {"heads": self.heads, "of": self.of, "area": self.percent, "gate": self.gate_words}
        if not self.gate:
            return _("%(of)s 户里 %(heads)s 户已投票，面积 %(area)s") % told
        return _("%(of)s 户里 %(heads)s 户已投票，面积 %(area)s，门槛%(gate)s") % told


def taking_part(vote: Vote) -> TakingPart:
    """Who has taken part in an open vote; the bar is the smaller of both shares: both have to reach the gate."""
    found = queries_votes.participation(vote)
    by_heads = found.part.heads / found.whole.heads if found.whole.heads else 0.0
    by_area = found.part.area_dm2 / found.whole.area_dm2 if found.whole.area_dm2 else 0.0
    gate = found.measures[0].gate if found.measures else None
    return TakingPart(
        found.part.heads,
        found.whole.heads,
        next((one.percent for one in found.measures if one.unit == "area"), f"{by_area:.2%}"),
        min(by_heads, by_area),
        float(gate) if gate else 0.0,
        words_of(gate) if gate else "",
        enough=found.enough,
    )


def how_it_came(line: SchemeLine, lines: Sequence[SchemeLine]) -> list[str]:
    """How what a flat pays came about, in sentences (怎么算的); `lines` are all of its scheme."""
    homes = queries_shares.homes_then(lines)
    amounts = {row.flat_id: row.amount_fen for row in lines}
    choice = queries_shares.choice_of(line.scheme, lines)
    return share_words.sentences(line.flat_id, homes, amounts, choice, final_fen=line.final_fen)


def paper_of(vote: Vote, one: Castable, *, explained: bool) -> dict[str, Any]:
    """The ballot paper of one elector: what its flats would pay, until when, what its choices mean.

    `explained` says on the paper itself how the sum came about, for whoever has no account that opens the page of it.
    """
    lines = list(SchemeLine.objects.filter(scheme=vote.scheme_id, flat__in=one.elector.flats.all()))
    every = queries_shares.lines_of(vote.scheme) if vote.scheme and explained else []
    amount = sum(line.amount_fen for line in lines) if vote.scheme_id else None
    book = words.book(vote.territory_path)
    return {
        "closing": queries_votes.closing_words(vote),
        "left": told.days_left(vote),
        "amount": share_words.exact_yuan(amount) if amount is not None else "",
        "running": int(book.money.running_yuan_month.number),
        "running_figure": book.money.running_yuan_month,
        "area": words.square_metres(one.elector.area_dm2),
        "how": [sentence for line in lines for sentence in how_it_came(line, every)] if every else [],
        "scheme": vote.scheme.number if vote.scheme else None,
    }


def result_of(vote: Vote, found: Result) -> dict[str, Any]:
    """How a vote came out, as meters and in sums."""
    tally = found.tally
    return {
        "questions": questions(found.measures, found.thresholds),
        "closing": queries_votes.closing_words(vote),
        "sums": _("同意 %(agree)s 户，不同意 %(against)s 户，弃权 %(abstain)s 户")
        % {"agree": tally.agree.heads, "against": tally.against.heads, "abstain": tally.abstain.heads},
    }
