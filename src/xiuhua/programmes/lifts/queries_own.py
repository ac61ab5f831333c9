"""What a resident's account has to do with a stairwell's lift: living there, owning a flat, acting for an owner."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.scope.paths import committee_of, subdistrict_of
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Binding, Household
from xiuhua.programmes.lifts import queries_shares, queries_votes
from xiuhua.programmes.lifts.models import Centre, Dossier, Flat, Mandate, Owner, Question, SchemeLine, Vote
from xiuhua.programmes.lifts.queries_votes import Castable
from xiuhua.programmes.lifts.rules import mandates as mandate_rules


@dataclass(slots=True)
class Standing:
    """In what way somebody has to do with one stairwell: as whom they live, own or act there."""

    dossier: Dossier
    lives: bool = False
    owners: list[Owner] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)

    @property
    def acts_for_others_alone(self) -> bool:
        """Whether somebody neither lives nor owns there: they are here by a mandate and by nothing else."""
        return bool(self.mandates) and not self.lives and not self.owners


@dataclass(frozen=True, slots=True)
class OwnShare:
    """What one flat pays by the scheme in force, or by the one that is put to the vote."""

    flat: Flat
    line: SchemeLine
    mandate: Mandate | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the scheme is in force (已定稿)."""
        return self.line.scheme.state == "adopted"


def home_of(user: User) -> Household | None:
    """The household that an account is bound to, as its committee has confirmed."""
    if user.kind != Kind.RESIDENT or not user.is_active:
        return None
    rows = Binding.objects.standing().filter(user=user).select_related("household__stairwell__building")
    binding = rows.first()
    return binding.household if binding else None


def flats_of(user: User) -> list[Flat]:
    """Flats of the household that an account is bound to (one or none)."""
    home = home_of(user)
    return list(Flat.objects.filter(household=home).select_related("dossier")) if home else []


def owner_of(user: User, dossier: Dossier) -> Owner | None:
    """The owner that an account is in a stairwell: by its own telephone, or linked to it. A tenant is none."""
    found: Owner | None = queries_votes.owners_of(user).filter(dossier=dossier).order_by("pk").first()
    return found


def standings(user: User) -> list[Standing]:
    """Stairwells that an account has to do with: its home first, then where it owns, then where it acts for others."""
    found: dict[int, Standing] = {}
    home = home_of(user)
    own = {owner.pk: owner for owner in queries_votes.owners_of(user)}
    mandates = list(queries_votes.mandates_of(user))
    asked = {owner.dossier_id for owner in own.values()} | {one.dossier_id for one in mandates}
    rows = Dossier.objects.with_place()
    by_home = list(rows.filter(stairwell=home.stairwell_id)) if home else []
    for dossier in [*by_home, *rows.filter(pk__in=asked).order_by("path")]:
        found.setdefault(dossier.pk, Standing(dossier, lives=dossier in by_home))
    for owner in own.values():
        found[owner.dossier_id].owners.append(owner)
    for mandate in mandates:
        if mandate.owner_id not in own:
            found[mandate.dossier_id].mandates.append(mandate)
    return sorted(found.values(), key=lambda one: (not one.lives, not one.owners))


def standing_in(user: User, dossier_id: int) -> Standing | None:
    """In what way an account has to do with one stairwell; None where in none."""
    return next((one for one in standings(user) if one.dossier.pk == dossier_id), None)


def shares_of(standing: Standing, scheme_id: int | None = None) -> list[OwnShare]:
    """What the account's own flats pay, then those of the owners it acts for; its neighbours' are none of its business.

    Before a scheme is in force it is the one put to the vote that is open, if any (`scheme_id` names another).
    """
    scheme = scheme_id or _scheme_to_show(standing.dossier)
    if scheme is None:
        return []
    by_owner: dict[int, Mandate | None] = {one.owner_id: one for one in standing.mandates}
    by_owner |= {owner.pk: None for owner in standing.owners}
    rows = SchemeLine.objects.filter(scheme=scheme, flat__ownerships__owner__in=by_owner).select_related(
        "scheme__dossier", "flat"
    )
    shares: dict[int, OwnShare] = {}
    for line in rows.order_by("flat__room").prefetch_related("flat__ownerships"):
        owners = [one.owner_id for one in line.flat.ownerships.all() if one.owner_id in by_owner]
        mandate = None if any(by_owner[owner] is None for owner in owners) else by_owner[owners[0]]
        shares.setdefault(line.flat_id, OwnShare(line.flat, line, mandate))
    return sorted(shares.values(), key=lambda one: one.mandate is not None)


def _scheme_to_show(dossier: Dossier) -> int | None:
    adopted = queries_shares.adopted_scheme(dossier)
    if adopted is not None:
        return int(adopted.pk)
    vote = queries_votes.newest_vote(dossier)
    return vote.scheme_id if vote is not None and (vote.is_open or vote.passed) else None


def castables_by_phone(phone: str, vote: Vote) -> list[Castable]:
    """For whom a telephone may cast that was shown to be one's own, with no account: its owner, and by mandate."""
    if not phone:
        return []
    owned = Owner.objects.filter(sealed_equals(Owner, "phone", phone), dossier=vote.dossier_id)
    owners = set(owned.values_list("pk", flat=True))
    proxies = Mandate.objects.in_force(today()).filter(sealed_equals(Mandate, "phone", phone), dossier=vote.dossier_id)
    by_owner = {one.owner_id: one for one in proxies if mandate_rules.VOTE in one.covers}
    rows = vote.electors.filter(owner__in=[*owners, *by_owner]).select_related("owner").order_by("pk")
    last = queries_votes.last_ballots(vote)
    found = [
        Castable(row, None if row.owner_id in owners else by_owner[row.owner_id], last.get(row.pk)) for row in rows
    ]
    return sorted(found, key=lambda one: one.mandate is not None)


def centres_for(path: str) -> list[Centre]:
    """The sub-centre of a place's committee, and the subdistrict's centre; those that are open."""
    paths = [committee_of(path), subdistrict_of(path)] if path else []
    return list(Centre.objects.filter(path__in=paths, closed_on__isnull=True).order_by("-path"))


def open_centres() -> list[Centre]:
    """Every centre that is open, the subdistricts' own first."""
    return list(Centre.objects.filter(closed_on__isnull=True).order_by("path"))


def asked_by(user: User) -> QuerySet[Question]:
    """What an account has asked and wished, the newest first."""
    rows: QuerySet[Question] = Question.objects.filter(user=user).select_related("stairwell__building")
    return rows.order_by("-asked_at", "-pk")
