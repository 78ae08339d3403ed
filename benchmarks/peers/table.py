"""A table of figures, with the command that makes it again."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Figures side by side."""

    name: str
    """As the command line calls it."""
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str

    @property
    def command(self) -> str:
        """Return the command that makes it again."""
        return f"make bench ONLY={self.name}"

    def markdown(self) -> str:
        """Write it as a section of the page."""
        lines = [f"## {self.title}", "", f"`{self.command}`", "", self.note, ""]
        lines.append("| " + " | ".join(self.columns) + " |")
        lines.append("| --- |" + " ---: |" * (len(self.columns) - 1))
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        return "\n".join(lines) + "\n"


def share(part: int, of: int) -> str:
    """Write a share with its counts.

    >>> share(3, 4), share(0, 0)
    ('75.0 % (3/4)', '-')
    """
    return f"{part / of:.1%} ({part}/{of})".replace("%", " %", 1) if of else "-"


def missing(name: str, why: object, columns: int) -> list[str]:
    """Return the row of a peer that could not be run: no number is better than a made-up one."""
    return [name, f"not run: {why}", *["-"] * (columns - 2)]
