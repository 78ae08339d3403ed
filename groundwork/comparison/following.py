"""The comparison itself: gather, pair, judge, tell."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from groundwork.comparison.assignment import assign
from groundwork.comparison.indicator import Indicator, indicators
from groundwork.comparison.judging import Judgement, judge
from groundwork.comparison.scoring import CLOSE, LIKELY, SURE, Score, aspect_factor, score
from groundwork.comparison.statements import Answers
from groundwork.comparison.wording import explain, explain_alone, explain_statement, explain_words
from groundwork.comparison.years import clashes, consecutive, is_of_a_part, year_of
from groundwork.errors import TooLargeError
from schemas.comparison import Comparison, Doubt, Followed, Outcome, Rival, Side, Stated
from schemas.result import Item, Kind, Result

_AHEAD: Final = frozenset({Kind.GOAL, Kind.PLAN})
_REACHED: Final = frozenset({Kind.ACHIEVEMENT, Kind.PROBLEM})
_MOST_PAIRS: Final = 400_000
_MOST_RIVALS: Final = 3


def compare(last: Result, this: Result) -> Comparison:
    """Follow every goal and plan of ``last`` into the achievements and problems of ``this``.

    Raises TooLargeError when there are too many numbers to hold each against each.
    """
    answers = Answers(_items(this, _REACHED))
    work = _Work.of(last, this, answers)
    followed = [work.followed(index) for index in range(len(work.targets))]
    numbered = {id(target.item) for target in work.targets}
    followed += [
        _statement(item, answers) for item in _items(last, _AHEAD) if id(item) not in numbered
    ]
    followed.sort(key=_place)
    counts = Counter(entry.outcome for entry in followed)
    return Comparison(
        last=_side(last),
        this=_side(this),
        followed=followed,
        counts={outcome: counts[outcome] for outcome in Outcome},
        warnings=_warnings(last, this),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """Targets, numbers, and the scores of all pairs that may be."""

    targets: list[Indicator]
    actuals: list[Indicator]
    scores: dict[int, dict[int, Score]]
    """Likely pairs, by target and number."""
    apart: dict[int, dict[int, Score]]
    """Pairs of the same name whose aspects cannot be compared."""
    chosen: dict[int, int]
    year: int | None
    """Of this year's report."""
    answers: Answers
    """What this year's report says in words."""

    @classmethod
    def of(cls, last: Result, this: Result, answers: Answers) -> "_Work":
        targets, actuals = indicators(last, _AHEAD), indicators(this, _REACHED)
        if len(targets) * len(actuals) > _MOST_PAIRS:
            raise TooLargeError(
                f"{len(targets)} targets and {len(actuals)} numbers; split the reports"
            )
        year = year_of(this)
        scores: dict[int, dict[int, Score]] = {}
        apart: dict[int, dict[int, Score]] = {}
        for row, target in enumerate(targets):
            for column, actual in enumerate(actuals):
                found = None if clashes(actual.quantity, year) else score(target, actual)
                if found is None:
                    continue
                if found.value >= LIKELY:
                    scores.setdefault(row, {})[column] = found
                elif not aspect_factor(target, actual):
                    bare = _without_aspect(target, actual)
                    if bare.value >= SURE:
                        apart.setdefault(row, {})[column] = bare
        return cls(targets, actuals, scores, apart, _chosen(targets, scores), year, answers)

    def followed(self, row: int) -> Followed:
        """Tell what became of target ``row``."""
        target = self.targets[row]
        column = self.chosen.get(row)
        if column is None:
            return self._unanswered(row)
        actual, found = self.actuals[column], self.scores[row][column]
        judged = judge(target, actual)
        rivals = self._rivals(row, column)
        doubts = self._doubts(row, column, judged, rivals)
        if judged.outcome is not Outcome.NOT_COMPARABLE and clashes(target.quantity, self.year):
            certain = not set(doubts) - set(judged.doubts)
            outcome = Outcome.NOT_COMPARABLE if certain else Outcome.UNSURE
            judged = Judgement(outcome, doubts=(Doubt.PERIOD,))
        elif doubts and doubts != judged.doubts:
            outcome = Outcome.UNSURE
            judged = Judgement(outcome, judged.completion, judged.difference, judged.doubts)
        doubts = tuple(dict.fromkeys((*judged.doubts, *doubts)))
        return Followed(
            target=_stated(target),
            outcome=judged.outcome,
            achieved=_stated(actual),
            score=found.value,
            completion=judged.completion,
            difference=judged.difference,
            doubts=list(doubts),
            rivals=rivals,
            explanation=explain(target, actual, judged, doubts),
        )

    def _doubts(
        self, row: int, column: int, judged: Judgement, rivals: list[Rival]
    ) -> tuple[Doubt, ...]:
        """Return why a pair is not certain; nothing when it is."""
        found = self.scores[row][column]
        unsure = found.doubts if found.value < SURE else ()
        contested = self._contested(row, column)
        rivalry = (Doubt.RIVALS,) if rivals or contested else ()
        early = (Doubt.PERIOD,) if self._is_early(row, column, judged) else ()
        return tuple(dict.fromkeys((*judged.doubts, *unsure, *rivalry, *early)))

    def _is_early(self, row: int, column: int, judged: Judgement) -> bool:
        """Whether a number of a part of the year leaves open what the whole year came to.

        A sum that satisfies the target by then does so for good; rates and ceilings may turn.
        """
        target, actual = self.targets[row].quantity, self.actuals[column].quantity
        if not is_of_a_part(actual) or actual.period == target.period:
            return False
        lasts = judged.outcome is Outcome.MET and judged.completion is not None
        return judged.outcome in {Outcome.MET, Outcome.MISSED} and not lasts

    def _rivals(self, row: int, column: int) -> list[Rival]:
        """Return other numbers about as likely that nobody else has, and that differ."""
        mine = self.scores[row][column].value
        taken = set(self.chosen.values())
        amount = self.actuals[column].amount
        close = sorted(
            (-found.value, other)
            for other, found in self.scores[row].items()
            if other not in taken
            and found.value > mine - CLOSE
            and self.actuals[other].amount != amount
        )
        return [
            Rival(stated=_stated(self.actuals[other]), score=-value)
            for value, other in close[:_MOST_RIVALS]
        ]

    def _contested(self, row: int, column: int) -> bool:
        """Whether a different target without a counterpart has about the same claim."""
        mine = self.scores[row][column].value
        amount = self.targets[row].amount
        return any(
            other not in self.chosen
            and columns.get(column, Score(0.0)).value > mine - CLOSE
            and self.targets[other].amount != amount
            for other, columns in self.scores.items()
        )

    def _unanswered(self, row: int) -> Followed:
        """Tell of a target without a counterpart of its own: the nearest thing, or nothing."""
        target = self.targets[row]
        near = self.scores.get(row) or self.apart.get(row)
        if not near:
            return self._in_words(target)
        column = min(near, key=lambda column: (-near[column].value, column))
        actual, found = self.actuals[column], near[column]
        taken = row in self.scores
        outcome = Outcome.UNSURE if taken else Outcome.NOT_COMPARABLE
        doubts = (Doubt.RIVALS,) if taken else (Doubt.ASPECT,)
        return Followed(
            target=_stated(target),
            outcome=outcome,
            achieved=_stated(actual),
            score=found.value,
            doubts=list(doubts),
            explanation=explain(target, actual, Judgement(outcome), doubts),
        )

    def _in_words(self, target: Indicator) -> Followed:
        """Tell of a target that no number answers: a statement of the same words, or nothing."""
        found = self.answers.to_target(target)
        if found is None:
            return Followed(
                target=_stated(target),
                outcome=Outcome.NOT_MENTIONED,
                explanation=explain_alone(target),
            )
        return Followed(
            target=_stated(target),
            outcome=Outcome.UNSURE,
            achieved=_stated_item(found.item),
            score=found.score,
            doubts=[Doubt.NO_VALUE],
            explanation=explain_words(target),
        )


def _chosen(targets: list[Indicator], scores: dict[int, dict[int, Score]]) -> dict[int, int]:
    """Pair as a whole; a target stated twice has one counterpart."""
    first: dict[object, int] = {}
    twins: dict[int, int] = {}
    for row, target in enumerate(targets):
        said = target.quantity
        named = (target.name, target.clause, target.parts, target.stages)
        key = (named, target.aspect, target.unit, said.value, said.upper, said.qualifier)
        twins[row] = first.setdefault(key, row)
    alone = {row: columns for row, columns in scores.items() if twins[row] == row}
    found = assign(
        {
            row: {column: pair.value for column, pair in columns.items()}
            for row, columns in alone.items()
        }
    )
    return {row: found[twin] for row, twin in twins.items() if twin in found}


def _without_aspect(target: Indicator, actual: Indicator) -> Score:
    """Score a pair as if its aspects were the same."""
    return score(target, replace(actual, aspect=target.aspect)) or Score(0.0)


def _statement(item: Item, answers: Answers) -> Followed:
    found = answers.to_plan(item)
    if found is None:
        return Followed(
            target=_stated_item(item),
            outcome=Outcome.NOT_MENTIONED,
            explanation=explain_alone(None),
        )
    return Followed(
        target=_stated_item(item),
        outcome=found.outcome,
        achieved=_stated_item(found.item),
        score=found.score,
        doubts=[Doubt.NAME] if found.outcome is Outcome.UNSURE else [],
        explanation=explain_statement(found.outcome),
    )


def _items(result: Result, kinds: frozenset[Kind]) -> list[Item]:
    return [item for report in result.reports for item in report.items if item.kind in kinds]


def _stated(indicator: Indicator) -> Stated:
    return _stated_item(indicator.item).model_copy(update={"quantity": indicator.quantity})


def _stated_item(item: Item) -> Stated:
    return Stated(item=item.id, kind=item.kind, text=item.text, evidence=list(item.evidence))


def _place(followed: Followed) -> tuple[int, int]:
    """Order by where the target stands in last year's report."""
    number = followed.target.quantity
    return followed.target.evidence[0].start, number.span.start if number else 0


def _side(result: Result) -> Side:
    first = result.reports[0] if result.reports else None
    return Side(
        id=result.id,
        sha256=result.source.sha256,
        title=first.title if first else None,
        organisation=first.organisation if first else None,
        period=first.period if first else None,
    )


def _warnings(last: Result, this: Result) -> list[str]:
    warnings = []
    before, now = year_of(last), year_of(this)
    if not consecutive(before, now):
        warnings.append(f"the reports are of {before} and {now}, not of consecutive years")
    one, other = _side(last).organisation, _side(this).organisation
    if one and other and one != other:
        warnings.append("the reports name different organisations")
    for result, which in ((last, "earlier"), (this, "later")):
        if result.engine.degraded or result.partial:
            warnings.append(f"parts of the {which} report were done by rules or not at all")
    if not _items(last, _AHEAD):
        warnings.append("no goals or plans were found in the earlier report")
    if not _items(this, _REACHED):
        warnings.append("no achievements or problems were found in the later report")
    return warnings
