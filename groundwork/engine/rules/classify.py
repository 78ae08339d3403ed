"""Which kind each clause of a sentence is, by its section, its cues and its neighbours."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.engine.rules import cues
from groundwork.engine.rules.clauses import Clause
from groundwork.quantities.find import find
from schemas.quantity import QuantityType
from schemas.result import Kind

_BOUND: Final = re.compile(r"(?:以上|以下|以内|左右|之内|[)）”\"])*")
_RATE: Final = re.compile(r"每(?:个|位|名|人|户|年|月|周|天|日|季|学期|半年|次)|一次$")
_STRONG: Final = re.compile(
    r"新增|净增|完成|实现|突破|达到|达|培育|引进|引育|认定|建成|超过|增长|下降|降至|降到|稳定在|保持"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a sentence before it is read."""

    section: Kind | None
    """What the headings announce; None when they tell nothing."""
    opening: bool
    """It only opens what follows: before the first heading, or before the first sub-heading."""
    guiding: bool = False
    """It stands under 指导思想 or the like: nothing but a measurable target counts."""


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
    if "|" in whole and not _numbers(whole):
        return []  # The head of a table, or the rule beneath it.
    if len(clauses) == 1 and cues.LEAD_IN.search(whole) and not _numbers(whole):
        return []
    kinds = _READERS[context.section](clauses, whole)
    if context.guiding:
        return [
            Statement(Kind.GOAL, clause.start, clause.end)
            for clause in clauses
            if _states_target(clause.text)
        ]
    if context.opening and cues.SETTING.search(whole):
        return []
    if context.opening or _guides(clauses, whole):
        first = _first_outcome(clauses)
        clauses, kinds = clauses[first:], kinds[first:]
    return list(_joined(clauses, _settled(clauses, kinds)))


def _guides(clauses: Sequence[Clause], whole: str) -> bool:
    """Tell the statement of intent that opens a plan from its tasks."""
    return (
        len(clauses) >= 3
        and bool(cues.GUIDING.search(whole[:40]))
        and not _numbers(whole, besides=QuantityType.RANK)
    )


def _first_outcome(clauses: Sequence[Clause]) -> int:
    """Return where an opening sentence turns from guidance to outcomes, or its end.

    A sentence without guidance before its outcome is kept from its beginning.
    """
    guided = False
    for index, clause in enumerate(clauses):
        if cues.BACKGROUND.search(clause.text):
            guided = guided or not cues.ADVERBIAL.fullmatch(clause.text)
        elif _tells_outcome(clause.text) or _plainly_short(clause.text):
            return index if guided else 0
    return len(clauses)


def _tells_outcome(text: str) -> bool:
    return bool(cues.RESULT.search(text) or cues.TARGET.search(text) or _numbers(text))


def _settled(clauses: Sequence[Clause], kinds: Sequence[Kind]) -> list[Kind]:
    """Let a clause that only says when go with the clause behind it."""
    settled = list(kinds)
    for index in range(len(clauses) - 2, -1, -1):
        if cues.ADVERBIAL.fullmatch(clauses[index].text):
            settled[index] = settled[index + 1]
    return settled


def _joined(clauses: Sequence[Clause], kinds: Sequence[Kind]) -> Iterator[Statement]:
    start = 0
    for index in range(1, len(clauses) + 1):
        if index == len(clauses) or kinds[index] is not kinds[start]:
            yield Statement(kinds[start], clauses[start].start, clauses[index - 1].end)
            start = index


# One reader a section kind -----------------------------------------------------------------------


def _in_summary(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Done, unless a clause looks ahead or admits a shortfall."""
    turn = _turn(clauses, whole)
    kinds: list[Kind] = []
    for clause in clauses[:turn]:
        kind = kinds[-1] if kinds else Kind.ACHIEVEMENT
        if _LOOKS_AHEAD.match(clause.text):
            kind = Kind.GOAL
        elif _comes_next(clause.text):
            kind = Kind.PLAN
        elif kind is not Kind.ACHIEVEMENT and cues.PAST.search(clause.text):
            kind = Kind.ACHIEVEMENT
        kinds.append(kind)
    return kinds + _admitted(clauses[turn:])


def _comes_next(text: str) -> bool:
    if cues.INTENDED.search(text):
        return True
    return bool(cues.NEXT_PERIOD.search(text)) and not (
        cues.PREPARES.search(text) or cues.ALREADY.search(text)
    )


def _turn(clauses: Sequence[Clause], whole: str) -> int:
    """Return where a sentence turns to a shortfall, at 但 or its cause; its end when it doesn't."""
    admitting = [index for index, clause in enumerate(clauses) if _falls_short(clause.text)]
    behind = admitting[-1] if admitting else -1
    falls, done = _last(clauses, cues.FALL), _last(clauses, cues.PAST)
    for index, clause in enumerate(clauses):
        if cues.HOWEVER.match(clause.text) and not cues.ALTHOUGH.search(clauses[0].text):
            return index
        if index <= behind and cues.CONCESSION.search(clause.text):
            return index
        cause = cues.CAUSE.search(clause.text)
        if cause and index <= behind:
            return index
        if cause and cause[0] != "由于" and index <= falls and (not cause.start() or index > done):
            return index
    if behind == len(clauses) - 1 and not _tells_done(clauses, whole):
        return 0
    short = admitting[:1] == [0] and (len(clauses) == 1 or not cues.PAST.search(whole))
    return 0 if short or cues.SHORTFALL.search(whole) else len(clauses)


def _tells_done(clauses: Sequence[Clause], whole: str) -> bool:
    acts = any(cues.ACTION.match(clause.text) for clause in clauses)
    return acts or bool(cues.PAST.search(whole)) or _tells_outcome(whole)


def _last(clauses: Sequence[Clause], pattern: re.Pattern[str]) -> int:
    """Return the index of the last clause in which ``pattern`` is found, or -1."""
    found = (i for i in range(len(clauses) - 1, -1, -1) if pattern.search(clauses[i].text))
    return next(found, -1)


def _falls_short(text: str) -> bool:
    return _admits(text) or bool(cues.SHORTFALL.search(text))


def _in_problems(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Admitted, with cause and comparison; a look ahead or a plain action ends it."""
    acts = any(cues.ACTION.match(clause.text) for clause in clauses[:2])
    acts = acts and bool(cues.TARGET.search(whole) or not _numbers(whole))
    ahead = (acts or _answers(clauses[0].text)) and not _admits(whole)
    if (ahead and not _admit_any(clauses)) or cues.ANSWERS.match(whole):
        return _in_plans(clauses, whole)
    return _admitted(clauses)


def _plainly_short(text: str) -> bool:
    return _falls_short(text) and not cues.CONCESSION.search(text)


def _admit_any(clauses: Sequence[Clause]) -> bool:
    return any(_admits(clause.text) for clause in clauses)


def _admitted(clauses: Sequence[Clause]) -> list[Kind]:
    """Admit a shortfall, as far as the clause that begins to tell what will be done about it."""
    turn = next((i for i, c in enumerate(clauses) if i and _answers(c.text)), len(clauses))
    ahead = _in_plans(clauses[turn:], ",".join(clause.text for clause in clauses[turn:]))
    return [Kind.PROBLEM] * turn + ahead


def _answers(text: str) -> bool:
    """Tell whether a clause begins to tell what will be done about a shortfall."""
    return bool(cues.REMEDY.match(text) or cues.NEXT_PERIOD.search(text)) and not _admits(text)


def _in_plans(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Ahead: a goal from a target on, for as long as targets follow; a plan otherwise."""
    kinds: list[Kind] = []
    if cues.STANDING.match(whole):
        ahead = next((i for i, c in enumerate(clauses) if cues.FUTURE.search(c.text)), len(clauses))
        if _admit_any(clauses):
            kinds = [Kind.PROBLEM] * ahead
        elif any(cues.ALREADY.search(clause.text) for clause in clauses):
            kinds = [Kind.ACHIEVEMENT] * ahead
    for clause in clauses[len(kinds) :]:
        follows = bool(kinds) and kinds[-1] is Kind.GOAL and not cues.ACTION.search(clause.text)
        aims = cues.TARGET.search(clause.text) or _states_target(clause.text)
        kinds.append(Kind.GOAL if aims or follows else Kind.PLAN)
    return kinds


def _in_goals(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Under 主要目标 everything is a goal but the plain actions without a number."""
    plain = cues.ACTION.search(whole) and not _numbers(whole) and not cues.TARGET.search(whole)
    return [Kind.PLAN if plain else Kind.GOAL] * len(clauses)


def _by_cues(clauses: Sequence[Clause], whole: str) -> list[Kind]:
    """Without help from headings: shortfall, then tense, then what reports mostly hold."""
    if _turn(clauses, whole) < len(clauses) or cues.ALREADY.search(clauses[0].text):
        return _in_summary(clauses, whole)
    if _admits(whole) and not cues.FUTURE.search(whole):
        return _in_problems(clauses, whole)
    if (
        _LOOKS_AHEAD.search(whole)
        or cues.FUTURE.search(whole)
        or (cues.TARGET.search(whole) and not cues.PAST.search(whole))
    ):
        return _in_plans(clauses, whole)
    return _in_summary(clauses, whole)


_DESCRIBES: Final = re.compile("的(?!问题|现象|情况|状况|局面|矛盾|$)")
_LOOKS_AHEAD: Final = re.compile(r"力争|争创")
_READERS: Final[dict[Kind | None, Callable[[Sequence[Clause], str], list[Kind]]]] = {
    None: _by_cues,
    Kind.ACHIEVEMENT: _in_summary,
    Kind.PROBLEM: _in_problems,
    Kind.PLAN: _in_plans,
    Kind.GOAL: _in_goals,
}


def _admits(text: str) -> bool:
    """Tell whether a clause admits a shortfall; one before 的 only describes (较低的利率)."""
    if cues.NOT_PROBLEM.search(text):
        return False
    found = cues.PROBLEM_STRONG.finditer(text)
    return any(not _DESCRIBES.match(text, match.end()) for match in found)


def _numbers(
    text: str, besides: QuantityType | None = QuantityType.DURATION
) -> list[tuple[int, int]]:
    """Return the ranges of the numbers in ``text``; a date measures no outcome."""
    passed = (QuantityType.DATE, besides)
    return [(found.start, found.end) for found in find(text) if found.type not in passed]


def _states_target(text: str) -> bool:
    """Tell a measurable target: a number that ends its clause, or that an outcome verb governs.

    A rate (每周不少于3节) measures the action, and a number before 的 or its noun describes.
    """
    numbers = _numbers(text, besides=None)
    if not numbers or _RATE.search(text):
        return False
    if _BOUND.fullmatch(text, numbers[-1][1]):
        return True
    return bool(_STRONG.search(text)) and "的" not in text[numbers[-1][1] :]
