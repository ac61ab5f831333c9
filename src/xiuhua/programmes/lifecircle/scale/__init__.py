"""A city in tiles: the life circle of more people than one process should hold, on workers of Dask.

Needs the extra ``scale``. Nothing here is imported before ``--dask`` is asked for.
"""
