"""The work of the command: read, analyse, write, tell."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xiuhua.ground import clock, standards
from xiuhua.ground.progress import Progress, progress_bar
from xiuhua.ground.standards import Standards
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle import outputs
from xiuhua.programmes.lifecircle.hours import hour_of_week
from xiuhua.programmes.lifecircle.report.page import refuse_without_assets

if TYPE_CHECKING:
    from shapely import Geometry

    from xiuhua.ground.sources.osm import Extract
    from xiuhua.ground.sources.population import PopulationGrid
    from xiuhua.programmes.lifecircle.analysis import Analysis, TownOfExtract

_AFTER_PHASE = {"read": 0.2, "network": 0.3, "buildings": 0.38, "facilities": 0.45}


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of the command, as it was typed."""

    extract: Path
    out: Path
    boundary: Path | None = None
    personas: tuple[str, ...] = ()
    residents: str | None = None
    standard: str = "gb50180"
    at: str = "Tue 10:00"
    dask: str | None = None
    tile_m: float = 8000.0


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What came of it."""

    order: Order
    book: Standards
    extract: Extract
    made: TownOfExtract
    analysis: Analysis
    boundary: Geometry | None


def carry_out(order: Order, *, as_json: bool) -> None:
    """Do the whole work and tell about it: a table for people, or one JSON object.

    Raises
    ------
    Refused
        Something that was given cannot be used; nothing was written.
    """
    from xiuhua.programmes.lifecircle.summary import as_object, print_summary

    with progress_bar() as progress:
        finding = find(order, progress)
        write(finding, progress)
    if as_json:
        print(json.dumps(as_object(finding), ensure_ascii=False), file=sys.stdout)  # noqa: T201 - what was asked for
    else:
        print_summary(finding)


def find(order: Order, progress: Progress) -> Finding:
    """Read what is given and analyse it."""
    book = standards.on(clock.now().date())
    personas, hour = asked(order, book)
    refuse_without_assets()
    extract, made, boundary = read_town(order, book, progress)
    progress(_("走路"), 0.5)
    from xiuhua.programmes.lifecircle.analysis import analyse

    def tell(who: str, share: float) -> None:
        progress(_("走路：%(who)s") % {"who": name_of(book.personas[who])}, 0.5 + 0.3 * share)

    analysis = analyse(
        made.town,
        book,
        personas=personas,
        standard=order.standard,
        hour=hour,
        progress=tell,
    )
    return Finding(order, book, extract, made, analysis, boundary)


def asked(order: Order, book: Standards) -> tuple[tuple[str, ...], int | None]:
    """Who walks and when, and that the rule book and the folder for the results are fit to be used."""
    personas = _known_personas(order, book)
    _known_standard(order, book)
    hour = hour_of_week(order.at)
    outputs.refuse_foreign_folder(order.out)
    return personas, hour


def read_town(order: Order, book: Standards, progress: Progress) -> tuple[Extract, TownOfExtract, Geometry | None]:
    """Read the map and what is given beside it, and find who lives where."""
    if order.extract.is_dir():
        cause = _("这是一个文件夹，不是地图")
        raise Refused(Reason(cause, field=str(order.extract), mend=_("若是 GeoParquet 的文件夹，请加上 --dask local")))
    progress(_("读边界和人口"), 0.02)
    boundary, cells = area_of(order), _cells(order)
    progress(_("读地图"), 0.05)
    extract = _extract(order, book, progress)
    if boundary is not None and order.boundary is not None:
        from xiuhua.ground.sources.area import require_overlap

        require_overlap(boundary, extract.extent, area_name=order.boundary.name, map_name=order.extract.name)
    progress(_("找住处"), 0.45)
    from xiuhua.programmes.lifecircle.analysis import town_of_extract

    return extract, town_of_extract(extract, book, cells=cells, boundary=boundary), boundary


def write(finding: Finding, progress: Progress) -> None:
    """Write every file, whole or not at all."""
    from xiuhua.programmes.lifecircle.report.page import write_page

    with outputs.whole_folder(finding.order.out) as folder:
        progress(_("写表格"), 0.82)
        outputs.write_coverage(finding.analysis, folder / outputs.COVERAGE)
        outputs.write_compliance(finding.analysis, folder / outputs.COMPLIANCE)
        outputs.write_origins(finding.analysis, folder / outputs.ORIGINS)
        finding.extract.network.save(folder / outputs.NETWORK)
        progress(_("画地图"), 0.92)
        write_page(finding, folder / outputs.PAGE)
    progress(_("完成"), 1.0)


def name_of(named: object) -> str:
    """Name in the reader's language of a thing with ``name_zh`` and ``name_en``."""
    from xiuhua.ground.words import CHINESE, current_language

    return str(getattr(named, "name_zh" if current_language() == CHINESE else "name_en"))


def _known_personas(order: Order, book: Standards) -> tuple[str, ...]:
    for key in order.personas:
        if key not in book.personas:
            cause = _("没有「%(key)s」这种人群") % {"key": key}
            mend = _("可选：%(keys)s") % {"keys": " ".join(book.personas)}
            raise Refused(Reason(cause, field="--persona", mend=mend))
    return tuple(dict.fromkeys(order.personas)) or tuple(book.personas)


def _known_standard(order: Order, book: Standards) -> None:
    if order.standard not in book.lifecircles:
        cause = _("没有「%(key)s」这部标准") % {"key": order.standard}
        mend = _("可选：%(keys)s") % {"keys": " ".join(book.lifecircles)}
        raise Refused(Reason(cause, field="--standard", mend=mend))


def area_of(order: Order) -> Geometry | None:
    """The area that was given, if one was."""
    if order.boundary is None:
        return None
    from xiuhua.ground.sources.area import read_area

    return read_area(order.boundary)


def _cells(order: Order) -> PopulationGrid | None:
    if order.residents is None:
        return None
    from xiuhua.ground.sources.population import read_population_grid

    return read_population_grid(order.residents)


def _extract(order: Order, book: Standards, progress: Progress) -> Extract:
    from xiuhua.ground.sources.osm import read_extract

    return read_extract(
        order.extract,
        facility_types=book.facility_types,
        building_defaults=book.buildings,
        progress=lambda phase, share: progress(_("读地图"), _AFTER_PHASE.get(phase, 0.05) * share),
    )
