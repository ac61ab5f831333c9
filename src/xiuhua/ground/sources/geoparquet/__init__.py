"""GeoParquet: tables of places, and walking networks as two of them, that geopandas, QGIS and DuckDB open too.

Needs the extra ``scale``; pyarrow is imported when a file is read or written, not before.
"""

from xiuhua.ground.sources.geoparquet.networks import (
    EDGES,
    NODES,
    network_note,
    piece_of_files,
    read_network,
    read_note,
    write_network,
    write_piece,
)
from xiuhua.ground.sources.geoparquet.tables import Table, pyarrow, read_table, stack, table_bytes, write_table

__all__ = [
    "EDGES",
    "NODES",
    "Table",
    "network_note",
    "piece_of_files",
    "pyarrow",
    "read_network",
    "read_note",
    "read_table",
    "stack",
    "table_bytes",
    "write_network",
    "write_piece",
    "write_table",
]
