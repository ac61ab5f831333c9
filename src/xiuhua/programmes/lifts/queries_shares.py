"""Reads of shares and the money after them, for screens, votes, the phone and documents.

For the other parts of the programme::

    adopted_scheme(dossier)      -> Scheme | None        the one in force in this attempt (已定稿)
    share_of(flat)               -> SchemeLine | None    what a flat pays under it; `due_fen`, `takes_part`
    floor_table(scheme)          -> list[FloorRow]       from the top down: floor, amount_fen, percent, area_percent,
                                                         benefit_percent, rooms (RoomShare), payers, signed
    explain(flat)                -> list[str]            怎么算的, sentence by sentence; empty without an adopted scheme
    balance_of(flat)             -> Balance | None       due_fen, paid_fen (less what was paid back), left_fen, back_fen

`put_to_vote(scheme)` in `actions/shares.py` is called by the verb that opens a vote on a scheme.
"""

from xiuhua.programmes.lifts.models import Dossier, Flat, Scheme, SchemeLine


def adopted_scheme(dossier: Dossier) -> Scheme | None:
    """The scheme in force in this attempt (one query)."""
    found: Scheme | None = dossier.schemes.filter(attempt=dossier.attempt, state=Scheme.State.ADOPTED).first()
    return found


def share_of(flat: Flat) -> SchemeLine | None:
    """What a flat pays under the scheme in force; None where there is none, or the flat is not in it."""
    rows = SchemeLine.objects.filter(flat=flat, scheme__state=Scheme.State.ADOPTED)
    found: SchemeLine | None = rows.filter(scheme__attempt=flat.dossier.attempt).select_related("scheme").first()
    return found
