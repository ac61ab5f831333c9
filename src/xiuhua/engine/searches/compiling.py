"""How the engine's inner loops are compiled: once, by numba, and kept for every later process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def kernel(function: Callable[..., Any] | None = None, *, signature: Any = None, **options: Any) -> Any:
    """Compile a function that lets go of the interpreter's lock; a decorator, ``@kernel`` or ``@kernel(inline=...)``.

    With a numba `signature` it is compiled when its module is imported, for those types alone.

    numba keeps machine code in ``__pycache__`` beside the module or, where that cannot be written, in the user's own
    cache folder; ``NUMBA_CACHE_DIR`` names another one. Where none of them can be written, numba would refuse to cache
    and the import would fail: then the code is compiled anew in each process.
    """
    if function is None:
        return lambda given: kernel(given, signature=signature, **options)
    try:
        return njit(signature, cache=True, nogil=True, **options)(function)
    except RuntimeError as nowhere:
        if "cannot cache" not in str(nowhere):
            raise
        return njit(signature, nogil=True, **options)(function)
