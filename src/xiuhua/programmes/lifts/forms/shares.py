"""What a meeting asks for, as its address writes it: ``?kind=guidance&total=720000&g_2=8&…&in=31&beside=area``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xiuhua.engine.shares import apportion, midpoints
from xiuhua.ground.verdicts import Reason
from xiuhua.programmes.lifts import queries_shares
from xiuhua.programmes.lifts.forms.fields import DayField
from xiuhua.programmes.lifts.forms.yuan import YuanField
from xiuhua.programmes.lifts.models import Dossier, Flat, Scheme
from xiuhua.programmes.lifts.rules.shares import Choice, Home, ShareFigures

MOST_BESIDE = 3
"""Schemes that stand side by side."""
FIRST_WEIGHTS = {1: "0", 2: "0.5"}
"""What a stairwell's own coefficients begin with; from the third floor on it is the floor less two."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be worked out, what stands beside it, and what could not be read."""

    choice: Choice
    beside: tuple[str, ...]
    faults: tuple[Reason, ...]
    values: Mapping[str, str]
    told_subsidy: bool


class MeetingForm(forms.Form):
    """The numbers of a meeting; of each floor its percentage (``g_``) and its own coefficient (``c_``)."""

    kind = forms.ChoiceField(choices=Scheme.Kind.choices)
    within = forms.ChoiceField(choices=[("area", ""), ("equal", "")], required=False)
    total = YuanField(label=_("总价"), required=False)
    subsidy = YuanField(label=_("政府补贴"), required=False)

    def __init__(self, data: Mapping[str, Any], *, floors: Sequence[int]) -> None:
        super().__init__(data)
        for floor in floors:
            for sign in ("g", "c"):
                self.fields[f"{sign}_{floor}"] = forms.DecimalField(
                    max_digits=7, decimal_places=3, required=False, label=_("%(floor)s 层") % {"floor": floor}
                )

    def numbers(self, sign: str) -> dict[int, Fraction]:
        """Percentages or coefficients by floor, of those that were given."""
        given = {name: value for name, value in self.cleaned_data.items() if name.startswith(f"{sign}_")}
        return {int(name[2:]): Fraction(value) for name, value in given.items() if value is not None}


def asked_of(query: QueryDict, dossier: Dossier, homes: Sequence[Home], figures: ShareFigures) -> Asked:
    """Read what an address asks for; what it leaves out begins as the meeting would."""
    values = beginning(dossier, homes, figures, query.get("draft", ""))
    values |= {name: str(query[name]) for name in query if name in values}
    form = MeetingForm(values, floors=sorted({home.floor for home in homes} | set(figures.guidance)))
    form.is_valid()
    told = form.cleaned_data
    faults = [
        Reason(f"{form.fields[name].label or ''} {words}".strip(), field=name)
        for name, errors in form.errors.items()
        for words in errors
    ]
    kind, total = told.get("kind", Scheme.Kind.AREA), told.get("total") or 0
    subsidy = told.get("subsidy")
    choice = Choice(
        kind=kind,
        total_fen=total,
        subsidy_fen=queries_shares.subsidy_of(dossier, max(total, 0)) if subsidy is None else subsidy,
        floors=form.numbers({"guidance": "g", "own": "c"}[kind]) if kind in ("guidance", "own") else {},
        within=told.get("within") or "area",
        left=_left(query, homes, values),
    )
    beside = tuple(query.getlist("beside"))[:MOST_BESIDE]
    return Asked(choice, beside, tuple(faults), values, subsidy is not None)


def beginning(dossier: Dossier, homes: Sequence[Home], figures: ShareFigures, draft: str) -> dict[str, str]:
    """What a meeting begins with: the draft that is asked for, the one in force, the last; else the guidance."""
    floors = {home.floor for home in homes} | set(figures.guidance)
    kind = "guidance" if figures.guidance else "area"
    values = {"kind": kind, "within": "area", "total": "", "subsidy": "", "left": ""}
    middle = _middle(figures)
    for floor in sorted(floors):
        values[f"g_{floor}"] = _plain(middle.get(floor, Fraction(0)))
        values[f"c_{floor}"] = FIRST_WEIGHTS.get(floor, str(floor - 2))
    scheme = _scheme(dossier, draft)
    return values | (_of_scheme(dossier, scheme) if scheme else {"total": _quoted(dossier)})


def _middle(figures: ShareFigures) -> dict[int, Fraction]:
    """Percent in the middle of the guidance, to three digits that make exactly 100."""
    if not figures.guidance:
        return {}
    table = midpoints(figures.guidance).values
    return {
        floor: Fraction(part, 1000) for floor, part in zip(table, apportion(100_000, list(table.values())), strict=True)
    }


def _of_scheme(dossier: Dossier, scheme: Scheme) -> dict[str, str]:
    choice = queries_shares.choice_of(scheme, scheme.lines.all())
    sign = {"guidance": "g", "own": "c"}.get(scheme.kind, "")
    computed = queries_shares.subsidy_of(dossier, scheme.total_fen)
    told = {
        "kind": scheme.kind,
        "within": choice.within,
        "total": _yuan(scheme.total_fen),
        "subsidy": "" if scheme.subsidy_fen == computed else _yuan(scheme.subsidy_fen),
        "left": ",".join(str(key) for key in sorted(choice.left)),
    }
    return told | {f"{sign}_{floor}": _plain(value) for floor, value in choice.floors.items() if sign}


def _scheme(dossier: Dossier, draft: str) -> Scheme | None:
    schemes = queries_shares.schemes_of(dossier)
    named = [scheme for scheme in schemes if draft and str(scheme.number) == draft]
    adopted = [scheme for scheme in schemes if scheme.state == Scheme.State.ADOPTED]
    return next(iter(named or adopted or schemes), None)


def _left(query: QueryDict, homes: Sequence[Home], values: Mapping[str, str]) -> frozenset[int]:
    """Households that stay out: those not ticked, where the ticks were sent; else those that stay out of the draft."""
    if "ticked" not in query:
        return frozenset(int(key) for key in values["left"].split(",") if key.isdigit())
    stay = set(query.getlist("in"))
    return frozenset(home.key for home in homes if str(home.key) not in stay)


def _quoted(dossier: Dossier) -> str:
    chosen = dossier.quotes.filter(attempt=dossier.attempt, chosen_on__isnull=False).first()
    return _yuan(chosen.price_fen) if chosen else ""


def _yuan(fen: int) -> str:
    return f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"


def _plain(value: Fraction) -> str:
    """A number as one types it: at most three digits after the point."""
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


class AdoptForm(forms.Form):
    """On which day a draft was settled."""

    on = DayField(label=_("定稿日期"))


class Untold(forms.NumberInput):
    """A number that is typed and never drawn again."""

    def format_value(self, _value: Any) -> None:
        """Nothing."""


class LimitForm(forms.Form):
    """The most that a household would pay, typed for it and sealed at once."""

    flat = forms.ModelChoiceField(label=_("哪一户"), queryset=Flat.objects.none(), empty_label=None)
    amount = YuanField(label=_("最多愿意出几元"), widget=Untold(attrs={"autocomplete": "off", "step": "100"}))

    def __init__(self, data: Any = None, *, dossier: Dossier) -> None:
        super().__init__(data)
        flats: Any = self.fields["flat"]
        flats.queryset = dossier.flats.order_by("-floor", "room")
        flats.label_from_instance = lambda flat: _("%(room)s 室") % {"room": flat.room}
