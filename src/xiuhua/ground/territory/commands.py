"""``xiuhua territory``: what is done to a territory from the command line."""

from pathlib import Path
from typing import Annotated

import typer

from xiuhua.ground.words import gettext as _

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=_("区划：导入地图"))


@app.callback()
def territory() -> None:
    """区划：导入地图。"""


@app.command("import-osm", help=_("把一张 OpenStreetMap 地图导入成一个街道：步行路网、楼栋、设施和地物"))
def import_osm(
    extract: Annotated[
        Path, typer.Argument(metavar="EXTRACT", help=_("OpenStreetMap 地图：.osm.pbf、.osm 或 .osm.bz2"))
    ],
    code: Annotated[str, typer.Option("--code", help=_("街道的 9 位统计用区划代码"))],
    name: Annotated[str, typer.Option("--name", help=_("街道名称"))],
    boundary: Annotated[
        Path | None, typer.Option("--boundary", metavar="AREA.geojson", help=_("街道边界；不写就取整张地图"))
    ] = None,
    datum: Annotated[str, typer.Option("--datum", help=_("边界的坐标系：wgs84、gcj02 或 bd09"))] = "wgs84",
) -> None:
    """把一张 OpenStreetMap 地图导入成一个街道：步行路网、楼栋、设施和地物。"""
    from django.core.management import call_command
    from rich.console import Console

    from xiuhua.ground.progress import progress_bar
    from xiuhua.ground.territory.importing import import_extract

    call_command("migrate", verbosity=0)
    with progress_bar() as progress:
        imported = import_extract(extract, code=code, name=name, boundary=boundary, datum=datum, progress=progress)
    for remark in imported.remarks:
        Console(stderr=True).print(remark, highlight=False)
    Console().print(
        _("%(name)s：%(buildings)s 栋楼，%(facilities)s 处设施，路网 %(edges)s 段。打开网页：xiuhua serve")
        % {
            "name": name,
            "buildings": imported.buildings,
            "facilities": imported.facilities,
            "edges": imported.edges,
        },
        highlight=False,
    )
