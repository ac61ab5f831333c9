"""Static files under hashed names, JavaScript modules included."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files whose modules import one another by their hashed names.

    Django rewrites ``import … from "./x.js";`` only where the path is relative and a semicolon ends the statement, so
    our modules are written that way (a test builds the whole manifest).
    """

    support_js_module_import_aggregation = True
