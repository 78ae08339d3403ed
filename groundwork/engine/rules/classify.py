"""Which kind each clause of a sentence is, by its section, its cues and its neighbours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.engine.rules import cues
from groundwork.engine.rules.clauses import Clause
from schemas.result import Kind

_NUMBER: Final = re.compile(
    r"[0-9xX*×○]|百分之|翻[一两]?番|第[一二三四五六七八九十]|首位|"
    r"[一二两三四五六七八九十百千]+(?:余|多)?(?:万|亿|个|家|项|名|人|件|所|次|场|条|座|类|支|批次)"
)
_MODIFIER: Final = re.compile(r"(?:个|家|项|名|所|座|条)(?:已|重点|在建|以|主要|左右)?.{0,14}的")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a sentence before it is read."""

    section: Kind | None
    """What the headings announce; None when they tell nothing."""
    opening: bool
    """It only opens what follows: before the first heading, or before the first sub-heading."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Neighbouring clauses of one kind, as a clean range."""

    kind: Kind
    start: int
    end: int


def statements(clauses: Sequence[Clause], context: Context) -> list[Statement]:
    """Give each clause its kind and join neighbours of the same kind.

    A sentence that is a formula, background or a bare slogan yields nothing.
    """
    whole = ",".join(clause.text for clause in clauses)
    if sum(char.isalnum() for char in whole) < 4 or cues.FORMULA.search(whole):
        return []
    if len(clauses) == 1 and cues.LEAD_IN.search(whole) and not _NUMBER.search(whole):
        return []
    kinds = _KIND_OF.get(context.section, _by_cues)(clauses, whole)
    if context.opening:
        first = _first_outcome(clauses)
        clauses, kinds = clauses[first:], kinds[first:]
    return list(_joined(clauses, kinds))


def _first_outcome(clauses: Sequence[Clause]) -> int:
    """Return where an opening sentence turns from guidance to outcomes, or its end."""
    for index, clause in enumerate(clauses):
        if (cues.RESULT.search(clause.text) or cues.TARGET.search(clause.text)) and not (
            cues.BACKGROUND.search(clause.text)
        ):
            return index
    return len(clauses)


def _joined(clauses: Sequence[Clause], kinds: Sequence[Kind]) -> Iterator[Statement]:
    start = 0
    for index in range(1, len(clauses) + 1):
        if index == len(clauses) or kinds[index] is not kinds[start]:
            yield Statement(kinds[start], clauses[start].start, clauses[index - 1].end)
            start = index


# One reader a section kind -----------------------------------------------------------------------


def _in_summary(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Done, unless a clause looks ahead or admits a shortfall behind 但."""
    kinds: list[Kind] = []
    for clause in clauses:
        kind = kinds[-1] if kinds else Kind.ACHIEVEMENT
        if _admits(clause.text) and (cues.CONCESSION.search(clause.text) or len(clauses) == 1):
            kind = Kind.PROBLEM
        elif re.match(r"力争|争创", clause.text):
            kind = Kind.GOAL
        elif cues.NEXT_PERIOD.search(clause.text):
            kind = Kind.PLAN
        elif kind is not Kind.ACHIEVEMENT and cues.PAST.search(clause.text):
            kind = Kind.ACHIEVEMENT
        kinds.append(kind)
    return kinds


def _in_problems(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Admitted, with cause and comparison; a look ahead ends it."""
    if cues.NEXT_PERIOD.search(clauses[0].text):
        return _in_plans(clauses, whole)
    return [Kind.PROBLEM] * len(clauses)


def _in_plans(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Ahead: a goal from a target on, for as long as targets follow; a plan otherwise."""
    kinds: list[Kind] = []
    for clause in clauses:
        if cues.TARGET.search(clause.text) or _states_target(clause.text):
            kind = Kind.GOAL
        elif kinds and kinds[-1] is Kind.GOAL and not cues.ACTION_ONLY.search(clause.text):
            kind = Kind.GOAL
        else:
            kind = Kind.PLAN
        kinds.append(kind)
    return kinds


def _in_goals(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Under 主要目标 everything is a goal but the plain actions without a number."""
    if _NUMBER.search(whole) or cues.TARGET.search(whole):
        return [Kind.GOAL] * len(clauses)
    return [Kind.PLAN if cues.ACTION_ONLY.search(clauses[0].text) else Kind.GOAL] * len(clauses)


def _by_cues(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Without help from headings: shortfall, then tense, then what reports mostly hold."""
    if _admits(whole) and not cues.FUTURE.search(whole):
        return _in_problems(clauses, whole)
    if cues.FUTURE.search(whole) or (cues.TARGET.search(whole) and not cues.PAST.search(whole)):
        return _in_plans(clauses, whole)
    return _in_summary(clauses, whole)


_KIND_OF: Final = {
    Kind.ACHIEVEMENT: _in_summary,
    Kind.PROBLEM: _in_problems,
    Kind.PLAN: _in_plans,
    Kind.GOAL: _in_goals,
}


def _admits(text: str) -> bool:
    return bool(cues.PROBLEM_STRONG.search(text)) and not cues.NOT_PROBLEM.search(text)


def _states_target(text: str) -> bool:
    """Tell a measurable target: an outcome verb with a number that is not a mere modifier."""
    return bool(
        _NUMBER.search(text)
        and cues.TARGET_VERB.search(text)
        and not _MODIFIER.search(text)
        and not (cues.ACTION_ONLY.search(text) and not cues.TARGET.search(text))
    )
