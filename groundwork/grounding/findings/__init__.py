"""What the numbers of one report say against each other. Better silent than wrong."""

from collections.abc import Sequence

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.findings.changes import changes
from groundwork.grounding.findings.conflicts import conflicts
from groundwork.grounding.findings.rewrites import rewrites
from groundwork.grounding.findings.shares import shares
from groundwork.grounding.findings.sums import sums
from schemas.finding import Finding

__all__ = ["findings"]

_RULES = (shares, sums, changes, conflicts, rewrites)


def findings(text: CheckedText, ranges: Sequence[tuple[int, int]]) -> list[Finding]:
    """Return the contradictions among the numbers of one report, given as clean ranges."""
    inside = text.within(ranges)
    found = [finding for rule in _RULES for finding in rule(text, inside)]
    return sorted(found, key=lambda finding: (finding.spans[0].start, finding.kind))
