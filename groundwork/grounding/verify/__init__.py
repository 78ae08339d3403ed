"""Judge the numbers of a claim against the numbers of its evidence.

Read ``judge`` first. A number is supported when the evidence states the same amount, of the same
indicator, with the same bound, direction and basis; each other outcome carries its reasons.
"""

from groundwork.grounding.checked import CheckedText
from groundwork.grounding.verify.judging import acceptable, judge, worst
from groundwork.grounding.verify.sources import ClaimCheck, verify_source

__all__ = ["CheckedText", "ClaimCheck", "acceptable", "judge", "verify_source", "worst"]
