"""What can be imported (名册的种类): the interface that a room implements in its ``rosters.py``, and their registry.

::

    class CommitteeRoster(RosterKind):
        key = "committees"
        title = _("居委会")
        roles = (Role.SYSTEM_ADMIN, Role.SECTION_HEAD)
        levels = (SUBDISTRICT_DEPTH,)
        unique = (("name",),)
        writes = ("territory.committee",)

        name = Column("居委会", TextCell(60), also=("居委会名称", "居委"), required=True, examples=("长风一村",))
        phone = Column("电话", PhoneCell(), examples=("021-62540000",), sensitive=True, mask=mask_phone)

        def begin(self) -> None:
            self.known = {c.name: c for c in Committee.objects.under(self.path)}

        def resolve(self, rows: Sequence[Row]) -> None:
            for row in rows:
                if not row.tells("name"):
                    continue
                found = self.known.get(row["name"])
                if found is None:
                    row.creates(Committee(name=row["name"], path=self.next_path()))
                else:
                    row.updates(found, changed(found, row, {"phone": "phone"}))

    register(CommitteeRoster)          # in the app's ready()

The engine reads the file, finds the heading row, cleans the cells by each column's widget, calls `resolve` in chunks,
stages what the rows would write, shows it, and writes it in one transaction when told to. `resolve` writes nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.utils.functional import Promise
from import_export.fields import Field
from import_export.resources import Resource

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

Words = str | Promise

SUBDISTRICT_DEPTH, COMMITTEE_DEPTH = 9, 12
"""How many digits the path of a subdistrict and of a residents' committee has."""


class Column(Field):  # type: ignore[misc]  # import-export is untyped
    """A column of a kind's spreadsheet: an import-export field that also says how it is found, filled and shown.

    Parameters
    ----------
    heading : str
        Its heading in the template, in Chinese whatever the reader's language: it is what the office's files say.
    widget : Widget
        How its cells are read, one of `xiuhua.ground.rosters.cells`.
    also : sequence of str
        Other headings under which offices keep it (手机, 联系电话).
    required : bool
        The sheet must have the column, and each row must fill it.
    examples : sequence of str
        What the template's example rows say, one each.
    note : str
        How to fill it, for the template, where the widget's own advice does not say enough.
    sensitive : bool
        Personal value: it is masked on screen, and never staged in clear.
    mask : callable, optional
        How a sensitive value reads masked; without one, stars.
    """

    def __init__(
        self,
        heading: str,
        widget: Any,
        *,
        also: Sequence[str] = (),
        required: bool = False,
        examples: Sequence[str] = (),
        note: Words = "",
        sensitive: bool = False,
        mask: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(column_name=heading, widget=widget)
        self.heading = heading
        self.also = tuple(also)
        self.required = required
        self.examples = tuple(examples)
        self.note = note
        self.sensitive = sensitive
        self.mask = mask

    def shown(self, value: Any) -> str:
        """How a cell reads in the preview: what was meant, masked where it is sensitive."""
        return self._masked(str(self.widget.render(value)) if value is not None else "")

    def raw_shown(self, cell: Any) -> str:
        """How a cell reads in the preview that could not be cleaned: what stands in it, masked likewise."""
        return self._masked(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip())

    def _masked(self, text: str) -> str:
        if not self.sensitive:
            return text
        return self.mask(text) if self.mask else "*" * min(len(text), 8)


@dataclass(frozen=True, slots=True)
class Place:
    """A territory node that an import may be about."""

    path: str
    name: str


class RosterKind(Resource):  # type: ignore[misc]  # import-export is untyped
    """A kind of spreadsheet: its columns, who may import it, and what its rows would change.

    Columns are class attributes, in the order of the template; their attribute names key `Row.values`. One instance
    serves one import: `begin` may load what all rows need and keep it on ``self``, and `resolve` may remember what it
    has seen in earlier chunks.

    Attributes
    ----------
    path : str
        Territory path that the import is about; rows may name nothing outside it.
    actor : Actor
        Who imports.
    given : frozenset of str
        Names of the columns that the sheet has. What it does not have must be left as it is on record.
    """

    key: ClassVar[str]
    title: ClassVar[Words]
    note: ClassVar[Words] = ""
    order: ClassVar[int] = 100
    seen_at: ClassVar[str] = ""
    """Name of the url where what was imported can be seen."""
    sight: ClassVar[Sight] = Sight.PEOPLE
    """Who sees imports of this kind (and their masked rows): those who see this at the import's path."""
    roles: ClassVar[tuple[Role, ...]] = ()
    """Who may import it: holders of one of these roles, at the import's path or above."""
    levels: ClassVar[tuple[int, ...]] = (SUBDISTRICT_DEPTH, COMMITTEE_DEPTH)
    """Depths (digits) of the paths that an import may be about."""
    unique: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Sets of columns that no two rows of a file may share; the engine finds repetitions across the whole file."""
    writes: ClassVar[tuple[str, ...]] = ()
    """Labels of the models that it writes, in the order in which they are written: what others hang on first."""
    learns_headings: ClassVar[bool] = False
    """Files come from elsewhere under headings of their own: the office says once what each means (认列)."""

    fields: ClassVar[Mapping[str, Column]]
    do_not_call_in_templates: ClassVar[bool] = True

    def __init__(self, *, path: str, actor: Actor, given: Iterable[str] = ()) -> None:
        super().__init__()
        self.path = path
        self.actor = actor
        self.given = frozenset(given)

    @classmethod
    def permits(cls, actor: Actor, path: str) -> bool:
        """Whether this actor may import this kind for that place."""
        return len(path) in cls.levels and actor.holds(*cls.roles, at=path)

    @classmethod
    def places(cls, actor: Actor) -> Sequence[Place]:
        """Places for which this actor may import this kind, widest first."""
        return [place for place in _places(actor, cls.levels) if cls.permits(actor, place.path)]

    def begin(self) -> None:
        """Load what all rows need, before the first chunk (in a number of queries that does not grow with the rows)."""

    def resolve(self, rows: Sequence[Row]) -> None:
        """Compare a chunk of rows with what is on record, in a constant number of queries.

        Call on each row `creates`, `updates` or `keeps`, or `refuse` for each cell that is wrong. Rows with faulty
        cells come too, so that all that is wrong is said at the first try: ask `Row.tells` before a cell is used.
        What a table's constraints do not allow must be refused here: what is staged is written as it stands.
        """
        raise NotImplementedError

    def carry_out(self, batch: UUID) -> bool:
        """Write what was staged, in one transaction, and say whether every row that was to be updated still stood.

        A kind whose rows are verbs of another room calls those instead, row by row (`models.StagedWrite`): an account
        is opened by its own action, with its own entry in the record.
        """
        from xiuhua.ground.rosters.writing import write_staged

        return write_staged(batch, self.writes)

    def applied(self) -> None:
        """Do what follows once all rows are written, in the same transaction (recount a building's residents)."""


def changed(instance: Any, row: Row, fields: Mapping[str, str]) -> list[str]:
    """Set on `instance` what the row says differently, and return the names of those fields.

    Parameters
    ----------
    instance : Model
        A row on record.
    row : Row
        A row of the sheet; an empty cell leaves what is on record.
    fields : mapping
        Model field by column name.
    """
    found = []
    for column, name in fields.items():
        value = row[column]
        if value is not None and getattr(instance, name) != value:
            setattr(instance, name, value)
            found.append(name)
    return found


PlaceFinder = Callable[[Actor, tuple[int, ...]], Sequence[Place]]

_kinds: dict[str, type[RosterKind]] = {}
_finders: list[PlaceFinder] = []


def register(kind: type[RosterKind]) -> None:
    """Offer a kind on the import page and to the command line; called in the app's ``ready``.

    Raises
    ------
    ValueError
        Another kind has that key, or it declares columns that are no `Column`.
    """
    if _kinds.get(kind.key, kind) is not kind:
        message = f"roster kind {kind.key!r} is registered twice"
        raise ValueError(message)
    if not all(isinstance(column, Column) for column in kind.fields.values()):
        message = f"roster kind {kind.key!r} declares fields that are not Columns"
        raise ValueError(message)
    _kinds[kind.key] = kind


def places_told_by(finder: PlaceFinder) -> None:
    """Let the territory say which nodes of some depths an actor's roles reach; it registers itself, since it is above.

    `finder` gets the actor and the depths, and returns the nodes there, widest first, whose path lies at or below one
    of the actor's grants (all of them for the system).
    """
    _finders[:] = [finder]


def kinds() -> list[type[RosterKind]]:
    """All kinds, in the order in which they are offered."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))


def kind_named(key: str) -> type[RosterKind]:
    """Return the kind of that key.

    Raises
    ------
    Refused
        There is none; the reason names those that there are.
    """
    if key not in _kinds:
        mend = _("可选：%(keys)s") % {"keys": " ".join(kind.key for kind in kinds())}
        raise Refused(Reason(_("没有「%(key)s」这种名册") % {"key": key}, field="kind", mend=mend))
    return _kinds[key]


def place_at(path: str, actor: Actor, kind: type[RosterKind]) -> Place:
    """The place of that path, where this actor may import this kind for it.

    Raises
    ------
    Refused
        It is not among the actor's places.
    """
    for place in kind.places(actor):
        if place.path == path:
            return place
    raise Refused(
        Reason(
            _("不能为这个地方导入%(title)s名册") % {"title": kind.title}, field="path", mend=_("选自己管的街道或居委会")
        )
    )


def _places(actor: Actor, levels: tuple[int, ...]) -> Sequence[Place]:
    return _finders[0](actor, levels) if _finders else ()
