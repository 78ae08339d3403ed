"""docs/benchmarks.md: the tables, and on what they were measured."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from benchmarks.measures import digest
from benchmarks.peers.door import PeerMissingError, ask
from benchmarks.peers.table import Table

_OURS: Final = ("groundwork", "litestar", "granian", "redis", "pydantic", "instructor", "openai")
_PEERS: Final = ("langextract", "ms-recognizers-text-suite", "jionlp", "cn2an", "bpe-openai")
_HEAD: Final = """\
# Benchmarks

Written by `make bench`; do not edit. Every figure comes with the command that measures it again.
`make bench` makes the environments it needs. A peer that cannot be run is named as such, without
a figure. Accuracy has a page of its own: [benchmarks/README.md](../benchmarks/README.md).
"""
_SECTION: Final = re.compile(r"^## .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_NAME: Final = re.compile(r"^`make bench ONLY=(\w+)`$", re.MULTILINE)


def assemble(tables: Mapping[str, Table], order: Sequence[str], old: str) -> str:
    """Return the page: fresh sections where there are, else those of the ``old`` page."""
    sections = {
        name[1]: section
        for section in _SECTION.findall(old)
        if (name := _NAME.search(section)) is not None
    }
    # A section is dated, because others may be older.
    sections |= {name: _dated(table) for name, table in tables.items()}
    body = "\n".join(sections[name].strip() + "\n" for name in order if name in sections)
    return f"{_HEAD}\n{body}\n{_where()}"


def _dated(table: Table) -> str:
    return table.markdown() + f"\nMeasured {datetime.now(UTC):%Y-%m-%d}.\n"


def _where() -> str:
    lines = ["## Where", "", f"- Machine: {_processor()}, {os.cpu_count()} cores, {_memory()}"]
    lines.append(f"- System: {platform.system()}, Python {platform.python_version()}")
    lines.append(f"- Corpus: `{digest()}`")
    ours = [f"{name} {found}" for name in _OURS if (found := _version(name))]
    lines.append(f"- Here: {', '.join(ours)}")
    lines.append(f"- Peers: {_peers()}")
    return "\n".join(lines) + "\n"


def _processor() -> str:
    """Return the name of the processor, where the system tells it."""
    path = Path("/proc/cpuinfo")
    names = (
        re.findall(r"^model name\s*: (.+)$", path.read_text(), re.MULTILINE)
        if path.exists()
        else []
    )
    return names[0] if names else platform.machine()


def _memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / (1 << 30):.0f} GiB"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _peers() -> str:
    try:
        found, _ = ask("versions", list(_PEERS))
    except PeerMissingError as error:
        return f"none ({error})"
    return ", ".join(f"{name} {each}" for name, each in found.items())
