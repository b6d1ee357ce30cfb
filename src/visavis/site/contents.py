"""What a page may load, and from where: this host only, and nothing written in the page itself."""

from __future__ import annotations

from typing import Any, Final

from csp.constants import NONE, SELF

POLICY: Final[dict[str, Any]] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "report-uri": "/securite/rapports/",
        "report-to": "visavis",
    }
}
