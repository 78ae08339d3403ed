"""The page that explains a type of problem to whoever follows its address in a browser."""

from html import escape
from string import Template
from typing import Final

from schemas.problem import ProblemType

_PAGE: Final = Template("""<!doctype html>
<html lang="zh-CN" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title · Groundwork</title>
<link rel="icon" href="/viewer/favicon.svg" type="image/svg+xml">
<script src="/viewer/js/theme.js"></script>
<link rel="stylesheet" href="/viewer/css/base.css">
<link rel="stylesheet" href="/viewer/css/page.css">
</head>
<body>
<header class="bar">
  <a class="brand" href="/"><span class="seal" aria-hidden="true">据</span>\
<span class="wordmark">Groundwork</span></a>
</header>
<main class="problem-page">
  <p class="status">$status</p>
  <h1>$zh</h1>
  <p lang="en">$title</p>
  <code>$type</code>
</main>
</body>
</html>
""")


def problem_page(found: ProblemType) -> bytes:
    """Return the page, in both languages."""
    words = {name: escape(str(value)) for name, value in found.model_dump().items()}
    return _PAGE.substitute(words).encode()
