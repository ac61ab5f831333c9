"""The work of the command in tiles: read or find a city, have its tiles walked, write and tell."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiuhua.ground import clock, standards
from xiuhua.ground.progress import Progress, progress_bar
from xiuhua.ground.standards import Standards
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import current_language
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle import outputs
from xiuhua.programmes.lifecircle.scale.cluster import done_by, not_installed, workers
from xiuhua.programmes.lifecircle.work import Order, area_of, asked, read_town

if TYPE_CHECKING:
    from xiuhua.programmes.lifecircle.scale.city import City, CityPieces
    from xiuhua.programmes.lifecircle.scale.tally import Outcome, Question
    from xiuhua.programmes.lifecircle.scale.walking import Walked

_READ, _WALKED = 0.5, 0.9
_CREDIT = "attribution"


@dataclass(frozen=True, slots=True, eq=False)
class CityFinding:
    """What came of it.

    Attributes
    ----------
    files : tuple of str
        What was written.
    remarks : tuple of str
        What had to be assumed, in the reader's language.
    credit : str
        Whose data these are, where that is known.
    tiles, largest_tile : int
        Tiles walked, and nodes of the largest with its halo.
    peak_mb : dict of int to float
        Most memory that each worker process has held.
    """

    order: Order
    book: Standards
    outcome: Outcome
    files: tuple[str, ...]
    remarks: tuple[str, ...]
    credit: str
    tiles: int
    largest_tile: int
    peak_mb: dict[int, float]


@dataclass(slots=True, eq=False)
class Source:
    """A city to be walked, and what is to be said of it."""

    pieces: CityPieces
    city: City | None = None
    remarks: tuple[str, ...] = ()
    credit: str = ""
    islands: int | None = None


@dataclass(slots=True, eq=False)
class Gathered:
    """What tiles have brought so far: rows in files, figures in memory."""

    folder: Path
    parts: dict[int, Path] = field(default_factory=dict)
    tallies: dict[int, Any] = field(default_factory=dict)
    largest: int = 0
    peak_mb: dict[int, float] = field(default_factory=dict)

    def take(self, walked: Walked) -> None:
        """Keep what came of one tile."""
        if walked.rows:
            self.parts[walked.number] = self.folder / f"{walked.number}.rows"
            self.parts[walked.number].write_bytes(walked.rows)
        self.tallies[walked.number] = walked.tally
        self.largest = max(self.largest, walked.nodes)
        self.peak_mb[walked.worker] = max(walked.peak_mb, self.peak_mb.get(walked.worker, 0.0))


def carry_out(order: Order, *, as_json: bool) -> None:
    """Do the whole work in tiles and tell about it.

    Raises
    ------
    Refused
        Something that was given cannot be used, or the workers cannot do it; nothing was written.
    """
    from xiuhua.programmes.lifecircle.scale.summary import as_object, print_summary

    with progress_bar() as progress:
        finding = find_and_write(order, progress)
    if as_json:
        print(json.dumps(as_object(finding), ensure_ascii=False), file=sys.stdout)  # noqa: T201 - what was asked for
    else:
        print_summary(finding)


def find_and_write(order: Order, progress: Progress) -> CityFinding:
    """Walk a city in tiles; every file is written, or none."""
    book = standards.on(clock.now().date())
    personas, hour = asked(order, book)
    _refuse_what_does_not_fit(order)
    _refuse_without_extra()
    with workers(order.dask or "local") as client, outputs.whole_folder(order.out) as folder:
        from xiuhua.programmes.lifecircle.scale.tally import question_of

        boundary = _boundary(order)
        question = question_of(book, personas, order.standard, hour, boundary, current_language())
        source = _source(order, book, hour, progress)
        with _scratch(folder) as scratch:
            gathered = _walk(client, order, source.pieces, question, Gathered(scratch), progress)
            outcome = _outcome(source, question, gathered, order)
            progress(_("写表格"), _WALKED)
            _write(folder, source, gathered, outcome)
        progress(_("完成"), 1.0)
        return CityFinding(
            order=order,
            book=book,
            outcome=outcome,
            files=tuple(sorted(path.name for path in folder.iterdir())),
            remarks=source.remarks,
            credit=source.credit,
            tiles=len(gathered.tallies),
            largest_tile=gathered.largest,
            peak_mb=gathered.peak_mb,
        )


def _source(order: Order, book: Standards, hour: int | None, progress: Progress) -> Source:
    """The city that was given: a map, a folder of tables, or a folder of tables in tiles."""
    from xiuhua.programmes.lifecircle.scale.city import InMemory, city_of
    from xiuhua.programmes.lifecircle.scale.folder import InFolder, is_in_tiles, read_city
    from xiuhua.programmes.lifecircle.summary import OSM_CREDIT

    try:
        if not order.extract.is_dir():
            from xiuhua.programmes.lifecircle.analysis import join

            _extract, made, _area = read_town(order, book, progress)
            limit_m = book.buildings.snap_limit_m.number
            joined = join(made.town, book.personas["adult"].persona, hour, limit_m)
            city = city_of(made.town, joined)
            return Source(InMemory(city, order.tile_m), city, made.remarks, OSM_CREDIT, joined.islands)
        progress(_("读城市"), 0.05)
        if is_in_tiles(order.extract):
            return Source(InFolder(order.extract))
        city = read_city(order.extract, book, hour)
        return Source(InMemory(city, order.tile_m), islands=city.islands)
    except ValueError as error:
        if "side" not in str(error):
            raise
        cause = _("每块 %(side)s 米太小，会有一百万块以上") % {"side": f"{order.tile_m:g}"}
        raise Refused(Reason(cause, field="--tile", mend=_("请把每块改大，如 8000"))) from error


def _walk(
    client: Any, order: Order, pieces: CityPieces, question: Question, gathered: Gathered, progress: Progress
) -> Gathered:
    from xiuhua.engine.tiles import first_halo
    from xiuhua.programmes.lifecircle.scale.city import tile_town
    from xiuhua.programmes.lifecircle.scale.folder import InFolder
    from xiuhua.programmes.lifecircle.scale.walking import walk, walk_in_folder

    def ask(number: int, halo: float) -> tuple[Any, ...]:
        if isinstance(pieces, InFolder):
            return walk_in_folder, str(pieces.folder.resolve()), number, halo, question
        return walk, tile_town(pieces, number, halo), question

    numbers = pieces.filled()
    for done, walked in enumerate(done_by(client, numbers, ask, first_halo(question.longest_m)), 1):
        gathered.take(walked)
        stage = _("走路：第 %(done)s 块，共 %(all)s 块") % {"done": done, "all": len(numbers)}
        progress(stage, _READ + (_WALKED - _READ) * done / len(numbers))
    return gathered


def _outcome(source: Source, question: Question, gathered: Gathered, order: Order) -> Outcome:
    from xiuhua.programmes.lifecircle.scale.tally import Outcome, added

    tally = added(gathered.tallies[number] for number in sorted(gathered.tallies))
    if not tally.origins:
        mend = _("请核对 origins 表；有边界的话，核对边界是否在这座城市")
        raise Refused(Reason(_("没有一个起点可算"), field=order.extract.name, mend=mend))
    if not any(kind in question.types for _one, kind in tally.facilities):
        cause = _("没有一处设施属于这部标准的类型")
        raise Refused(
            Reason(cause, field="facility_type", mend=_("可选：%(keys)s") % {"keys": " ".join(question.types)})
        )
    return Outcome(question, tally, source.pieces.counted, source.islands)


def _write(folder: Path, source: Source, gathered: Gathered, outcome: Outcome) -> None:
    from xiuhua.ground.sources.geoparquet import stack
    from xiuhua.programmes.lifecircle.scale.folder import ORIGINS, write_city

    outputs.write_coverage(outcome, folder / outputs.COVERAGE)
    outputs.write_compliance(outcome, folder / outputs.COMPLIANCE)
    stack([gathered.parts[number] for number in sorted(gathered.parts)], folder / ORIGINS)
    if source.city is not None:
        write_city(source.city, folder, note={_CREDIT: source.credit} if source.credit else {})


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A place beside the new folder, gone with it."""
    scratch = folder.parent / "rows"
    scratch.mkdir()
    yield scratch


def _boundary(order: Order) -> bytes | None:
    """WKB of the area for workers; a map's doors are cut to it while the map is read."""
    import shapely

    if order.boundary is None or not order.extract.is_dir():
        return None
    area = area_of(order)
    return None if area is None else bytes(shapely.to_wkb(area))


def _refuse_what_does_not_fit(order: Order) -> None:
    if not 0 < order.tile_m < float("inf"):
        cause = _("每块的边长 %(side)s 不是正数") % {"side": f"{order.tile_m:g}"}
        raise Refused(Reason(cause, field="--tile", mend=_("请给一个米数，如 8000")))
    if order.extract.is_dir():
        if order.residents is not None:
            cause = _("GeoParquet 的文件夹自带人口")
            raise Refused(Reason(cause, field="--residents", mend=_("请写在 origins 的 residents 列里")))
        if order.out.exists() and order.out.samefile(order.extract):
            raise Refused(Reason(_("结果会盖掉输入"), field="--out", mend=_("请另给一个文件夹")))


def _refuse_without_extra() -> None:
    from xiuhua.ground.sources.geoparquet import pyarrow

    try:
        pyarrow()
    except ImportError as missing:
        raise Refused(not_installed()) from missing
