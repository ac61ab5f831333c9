"""Static files under hashed names, JavaScript modules included."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Hashed and compressed static files whose modules import one another by their hashed names.

    Django's own patterns (``support_js_module_import_aggregation``) also match in comments, from the word *import* to
    the next ``from "./x.js";``. These take a statement at the start of a line with a relative path, as our modules
    are written; a test builds the whole manifest and follows every import in it.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "*.js",
            (
                (
                    r"""(?m)^(?P<matched>(?P<what>import|export)(?P<names>[^;"'()]*)from "(?P<url>\.[^"]+)";)""",
                    '%(what)s%(names)sfrom "%(url)s";',
                ),
                (r"""(?m)^(?P<matched>import "(?P<url>\.[^"]+)";)""", 'import "%(url)s";'),
            ),
        ),
    )
