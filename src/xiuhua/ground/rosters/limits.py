"""How large a spreadsheet may be (上限): a subdistrict's residents with room to spare, nothing that exhausts a machine.

These are ours, not a law's: 110,000 residents in 20 columns are 2.2 million cells, 110 MB of XML and an 11 MB file.
"""

from xiuhua.ground.files.upload import A_FILE

FILE_BYTES = A_FILE
INFLATED_BYTES = 400 * 2**20
"""All parts of a workbook together, as they really inflate."""
STRINGS_BYTES = 128 * 2**20
"""The table of shared strings, which a reader holds in memory as a whole."""
OTHER_PART_BYTES = 32 * 2**20
PARTS = 2_000
ROWS = 200_000
"""Last line of a sheet on which something may be written."""
COLUMNS = 60
CELLS = 4_000_000
"""Cells of a sheet in which something is written."""
MERGED_RANGES = 300_000
SHARED_STRINGS = 4_000_000
CELL_CHARACTERS = 32_767
"""Excel's own limit, which a CSV file does not keep by itself."""
