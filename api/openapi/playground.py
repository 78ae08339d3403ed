"""The page at ``/schema``: read the document and try it, with nothing from another host.

The page holds no inline script, so that its content security policy can forbid them, and every
option that would make the bundle call home is off.
"""

import html
import json
from pathlib import Path
from typing import Any, Final

from litestar import Router
from litestar.datastructures import CacheControlHeader
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.static_files import create_static_files_router

from api.errors import AnyRequest

_VENDOR: Final = Path(__file__).parents[1] / "web" / "vendor"
_VENDOR_PATH: Final = "/vendor"
_SCRIPT: Final = f"{_VENDOR_PATH}/scalar-1.46.4/standalone.js"
_A_YEAR_S: Final = 31_536_000
_LOOK: Final = """
:root { --scalar-custom-header-height: 52px; --scalar-font: var(--sans); --scalar-radius: 8px; }
.light-mode {
  --scalar-background-1: #fffdf8; --scalar-background-2: #f5f1e8; --scalar-background-3: #f0eadd;
  --scalar-color-1: #24211c; --scalar-color-2: #4a453c; --scalar-color-3: #6a6358;
  --scalar-color-accent: #a2321f; --scalar-background-accent: #a2321f1f;
  --scalar-border-color: #e6dfd1; --scalar-button-1: #24211c; --scalar-button-1-color: #fffdf8;
}
"""
"""The viewer's paper and ink."""
_OPTIONS: Final = {
    "withDefaultFonts": False,
    "telemetry": False,
    "agent": {"disabled": True},
    "mcp": {"disabled": True},
    "showDeveloperTools": "never",
    "hideClientButton": True,
    "defaultOpenAllTags": True,
    "theme": "none",
    "forceDarkModeState": "light",
    "hideDarkModeToggle": True,
    "customCss": _LOOK,
}


class Playground(OpenAPIRenderPlugin):
    """Scalar's API reference, from files that ship with us."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: AnyRequest, openapi_schema: dict[str, Any]) -> bytes:
        """Return the page."""
        title = html.escape(openapi_schema["info"]["title"])
        address = html.escape(self.get_openapi_json_route(request))
        options = html.escape(json.dumps(_OPTIONS))
        return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/viewer/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/viewer/css/base.css">
<link rel="stylesheet" href="/viewer/css/page.css">
</head>
<body>
<header class="bar page-bar">
  <a class="brand" href="/"><span class="seal" aria-hidden="true">据</span>\
<span class="wordmark">Groundwork</span></a>
  <a class="tool" href="/">查看器</a>
</header>
<noscript><p>The playground needs JavaScript. <a href="{address}">The document</a> does not.</p>
</noscript>
<script id="api-reference" data-url="{address}" data-configuration="{options}"></script>
<script src="{_SCRIPT}"></script>
</body>
</html>
""".encode()


def vendor_router() -> Router:
    """Serve third-party files; their folders carry versions, so they may be kept for ever."""
    return create_static_files_router(
        path=_VENDOR_PATH,
        directories=[_VENDOR],
        include_in_schema=False,
        cache_control=CacheControlHeader(max_age=_A_YEAR_S, immutable=True, public=True),
    )
