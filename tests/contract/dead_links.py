"""Find links in our Markdown that lead nowhere: files that are not there, headings that are not.

Addresses on the web are not looked at, so that the check is the same on every machine.
Run it alone, ``python tests/contract/dead_links.py``, or with the suite.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
REFERENCE = re.compile(r"^\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)", re.MULTILINE)
HTML = re.compile(r"""\b(?:src|href)=["']([^"']+)["']""")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
ANCHOR = re.compile(r"""<a\s+(?:id|name)=["']([^"']+)["']""")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def pages() -> list[Path]:
    """Return our Markdown files, third-party ones left out."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    found = (ROOT / name for name in set(listed) if name and not re.search("vendor/.+/", name))
    return sorted(path for path in found if path.exists())


def anchors(text: str) -> set[str]:
    """Return the anchors that a Markdown page gets from its headings, as GitHub makes them."""
    text = FENCE.sub("", text)
    found: set[str] = set()
    for heading in HEADING.findall(text):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
        slug = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
        count = 0
        while (name := f"{slug}-{count}" if count else slug) in found:
            count += 1
        found.add(name)
    return found | set(ANCHOR.findall(text))


def links(text: str) -> Iterator[str]:
    """Yield the targets of every link of a Markdown page, code left out."""
    text = CODE.sub("", FENCE.sub("", text))
    for pattern in (LINK, REFERENCE, HTML):
        yield from pattern.findall(text)


def dead_links(page: Path) -> list[str]:
    """Return the targets of ``page`` that lead nowhere."""
    text = page.read_text()
    dead = []
    for target in links(text):
        if ELSEWHERE.match(target):
            continue
        name, _, anchor = unquote(target).partition("#")
        path = (ROOT / name.lstrip("/") if name.startswith("/") else page.parent / name).resolve()
        if not name:
            path = page
        if not path.exists() or (path.suffix == ".md" and not _holds(path, anchor)):
            dead.append(target)
    return dead


def _holds(page: Path, anchor: str) -> bool:
    return not anchor or anchor.lower() in anchors(page.read_text())


def main() -> int:
    """Print every dead link; return 1 if there is one."""
    found = [(page.relative_to(ROOT), target) for page in pages() for target in dead_links(page)]
    for page, target in found:
        print(f"{page}: {target} leads nowhere", file=sys.stderr)  # noqa: T201 - it is a command
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
