"""``xiuhua lifecircle EXTRACT --out DIR``: a street map becomes a 15-minute life circle, without a database."""

from pathlib import Path
from typing import Annotated

import typer

from xiuhua.ground.words import gettext as _
from xiuhua.ground.words import use_language

LANGUAGES = {"zh": "zh-hans", "zh-hans": "zh-hans", "zh-cn": "zh-hans", "en": "en"}


def lifecircle(
    extract: Annotated[
        Path,
        typer.Argument(
            metavar="EXTRACT",
            help=_("OpenStreetMap 地图：.osm.pbf、.osm 或 .osm.bz2；分块计算时也可以是 GeoParquet 的文件夹"),
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=_("结果写进这个文件夹"))],
    boundary: Annotated[
        Path | None, typer.Option("--boundary", metavar="AREA.geojson", help=_("只看这个范围里的居民（WGS 84）"))
    ] = None,
    persona: Annotated[
        list[str] | None,
        typer.Option(
            "--persona", help=_("谁在走，可重复：adult elder frail wheelchair child pushchair standard；不写就是全部")
        ),
    ] = None,
    residents: Annotated[
        str | None,
        typer.Option("--residents", metavar="GRID.gpkg:COLUMN", help=_("人口格网和人口列；不写就按建筑面积估")),
    ] = None,
    standard: Annotated[str, typer.Option("--standard", help=_("生活圈标准"))] = "gb50180",
    at: Annotated[str, typer.Option("--at", help=_("几时走（看大门的开放时间）；any 为不看"))] = "Tue 10:00",
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="local|ADDRESS",
            help=_("分块计算，给整座城市用：local 为本机各核，或写 Dask 调度器的地址；要装 xiuhua[scale]"),
        ),
    ] = None,
    tile: Annotated[float, typer.Option("--tile", metavar="METRES", help=_("分块计算时每块的边长（米）"))] = 8000.0,
    json: Annotated[bool, typer.Option("--json", help=_("只在标准输出上写一个 JSON 对象"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", help=_("语言：zh 或 en"))] = None,
) -> None:
    """一张地图变成 15 分钟生活圈：谁走得到什么，谁走不到。

    写出 coverage.csv、compliance.csv、origins.gpkg、network.npz 和 lifecircle.html；分块计算时写出表格和 GeoParquet。
    """
    from xiuhua.ground.verdicts import Reason, Refused
    from xiuhua.programmes.lifecircle.work import Order, carry_out

    with use_language(_language(lang)):
        order = Order(extract, out, boundary, tuple(persona or ()), residents, standard, at, dask, tile)
        try:
            if dask is None:
                carry_out(order, as_json=json)
            else:
                from xiuhua.programmes.lifecircle.scale.work import carry_out as carry_out_in_tiles

                carry_out_in_tiles(order, as_json=json)
        except Refused as refused:
            raise Refused(*(Reason(str(reason), field=reason.field) for reason in refused.reasons)) from refused


def _language(lang: str | None) -> str:
    from xiuhua.ground.verdicts import Reason, Refused
    from xiuhua.ground.words import current_language

    if lang is None:
        return current_language()
    if lang.lower() not in LANGUAGES:
        raise Refused(Reason(_("没有「%(lang)s」这种语言") % {"lang": lang}, field="--lang", mend=_("请写 zh 或 en")))
    return LANGUAGES[lang.lower()]
