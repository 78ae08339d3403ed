"""What a heading path promises about the statements under it."""

from collections.abc import Sequence

from groundwork.engine.rules import cues
from schemas.result import Kind


def section_kind(headings: Sequence[str], period: str | None) -> Kind | None:
    """Return the kind that the innermost telling heading announces, or None.

    ``period`` is the reporting year: a heading that names a later one speaks of plans. A heading
    that announces two kinds at once (存在的问题及下一步打算) tells nothing; the clauses decide.
    """
    for depth, heading in reversed(list(enumerate(headings))):
        kind = _heading_kind(heading, outermost=depth == 0, period=period)
        if kind is not None:
            return kind
    return None


def _heading_kind(heading: str, *, outermost: bool, period: str | None) -> Kind | None:
    text = heading.rstrip("。:：;； ")
    if not outermost and len(text) > 18:
        return None  # A run-in heading is a statement of its own, not the name of a part.
    kinds = _named_kinds(text)
    years = cues.YEAR.findall(text)
    if not kinds and years and period and outermost:
        kinds = {Kind.PLAN} if years[-1] > period else {Kind.ACHIEVEMENT}
    return kinds.pop() if len(kinds) == 1 else None


def _named_kinds(text: str) -> set[Kind]:
    kinds: set[Kind] = set()
    if cues.PROBLEM_HEADING.search(text) and not cues.NOT_PROBLEM.search(text):
        kinds.add(Kind.PROBLEM)
    if cues.SUMMARY_HEADING.search(text):
        kinds.add(Kind.ACHIEVEMENT)
    elif cues.GOAL_HEADING.search(text):
        kinds.add(Kind.GOAL)
    if cues.PLAN_HEADING.search(text) and not cues.DONE.search(text):
        kinds.add(Kind.PLAN)
    if kinds == {Kind.GOAL, Kind.PLAN}:
        return {Kind.PLAN}
    if kinds == {Kind.ACHIEVEMENT, Kind.PLAN} and text.endswith(("情况", "总结", "成效")):
        return {Kind.ACHIEVEMENT}
    return kinds
