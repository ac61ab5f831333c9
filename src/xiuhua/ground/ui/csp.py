"""The content security policy: everything from this server, nothing inline.

A width that is data is an SVG attribute, not a style; data for a script stand in a ``json_script`` element, which is no
script to a browser. ``data:`` pictures are Tabler's ticks and arrows and our map symbols.
"""

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY: dict[str, object] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    },
}
