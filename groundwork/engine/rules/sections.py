"""What the headings of a report promise about the statements under them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from groundwork.engine.rules import cues
from groundwork.text.document import Report
from schemas.result import Kind

_MARKER: Final = re.compile(
    r"^(?:#{1,6}\s*)?(?:第[一二三四五六七八九十\d]{1,3}(?:部分|章|节)?[、,，.．:：]?|"
    r"[一二三四五六七八九十\d]{1,3}[、.．是要)） \u3000]|"
    r"[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑩])\s*"
)

_INNER: Final = re.compile(r"[(（][一二三四五六七八九十]")
"""The number of a heading inside a part; where no part stands above it, most are slogans."""
_DATE: Final = re.compile(r"[(（>\s]*20[\dxX]{2}年[\dxX]{1,2}月[\dxX]{1,2}日[)）]?")


_AHEAD: Final = frozenset({Kind.PLAN, Kind.GOAL, Kind.PROBLEM})


@dataclass(frozen=True, slots=True)
class Promise:
    """What the headings above a section announce."""

    kind: Kind | None
    named: bool = False
    """The headings name their part; otherwise the kind is inferred from where the part stands."""
    guiding: bool = False
    """Guiding thought: nothing under it is a statement, unless it names a target."""
    mixed: bool = False
    """The heading names problems and their remedies at once: the clauses tell which."""
    depth: int = 0
    """Which of the headings, counted from the outermost, names the part."""


def promises(report: Report, texts: Sequence[str]) -> list[Promise]:
    """Return what each section of ``report`` announces, in order.

    Headings that name their part decide. Those that don't (重点工作) take their kind from where
    they stand: before the problems and plans it was done, behind them it is ahead. ``texts``
    holds the reading of each section's statements, for reports whose headings tell nothing.
    """
    named = [_named(section.headings, report.period) for section in report.sections]
    tops = [section.headings[0] if section.headings else "" for section in report.sections]
    first = next((index for index, top in enumerate(tops) if top), len(tops))
    pure = _pure(report, texts)
    whole = pure or _by_tense(texts)
    placed = _by_place(tops, named) if pure is not Kind.PLAN else [None] * len(tops)
    return [
        promise if promise.named or index < first else Promise(place or whole)
        for index, (promise, place) in enumerate(zip(named, placed, strict=True))
    ]


def _by_place(tops: Sequence[str], named: Sequence[Promise]) -> list[Kind | None]:
    """Tell done from ahead by what stands before and behind each section, own part left out."""
    ahead = [promise.kind in _AHEAD for promise in named]
    done = [promise.kind is Kind.ACHIEVEMENT for promise in named]
    behind = reversed(_in_other_parts(tops[::-1], ahead[::-1]))
    before = zip(_in_other_parts(tops, ahead), behind, _in_other_parts(tops, done), strict=True)
    return [
        Kind.PLAN if was_ahead else Kind.ACHIEVEMENT if comes_ahead or was_done else None
        for was_ahead, comes_ahead, was_done in before
    ]


def _in_other_parts(tops: Sequence[str], flags: Sequence[bool]) -> list[bool]:
    """Tell for each section whether one before it, of another part, is flagged."""
    told: list[bool] = []
    seen: set[str] = set()
    for top, flag in zip(tops, flags, strict=True):
        told.append(bool(seen - {top}))
        if flag and len(seen) < 2:  # Of two parts one is another than any.
            seen.add(top)
    return told


def _pure(report: Report, texts: Sequence[str]) -> Kind | None:
    """Tell a report that is all plan or all summary by what it calls itself."""
    title = report.title or ""
    past, ahead = bool(cues.SUMMARY_HEADING.search(title)), bool(cues.PLAN_HEADING.search(title))
    if past != ahead:
        return Kind.ACHIEVEMENT if past else Kind.PLAN
    return Kind.PLAN if not past and cues.SETS_OUT.search(texts[0]) else None


def _by_tense(texts: Sequence[str]) -> Kind | None:
    """Tell what a report mostly holds when its headings and its title say nothing.

    One that holds both begins with what was done, so a plan must outweigh it clearly.
    """
    text = "\n".join(texts)
    done, to_do = len(cues.PAST.findall(text)), len(cues.FUTURE.findall(text))
    to_do += len(cues.TARGET.findall(text)) + 5 * len(cues.GUIDING_HEADING.findall(texts[0]))
    if max(done, to_do) < 3:
        return None
    return Kind.PLAN if to_do > 2 * done else Kind.ACHIEVEMENT


def _named(headings: Sequence[str], period: str | None) -> Promise:
    """Return what the innermost telling heading announces.

    ``period`` is the reporting year: a heading that names a later one speaks of plans. A heading
    that announces two kinds at once tells nothing, but 存在的问题及下一步打算 begins with problems.
    """
    outer = next((at for at, name in enumerate(headings) if cues.PART.match(name)), 0)
    outer -= bool(headings) and bool(_INNER.match(headings[outer]))
    for depth, heading in reversed(list(enumerate(headings))):
        text = _MARKER.sub("", heading).strip("。:：;； ")
        if depth > outer and not cues.INNER_HEADING.fullmatch(text):
            continue  # A heading inside a part is mostly a slogan, not the name of a part.
        if _DATE.fullmatch(text):
            continue
        if cues.GUIDING_HEADING.search(text):
            return Promise(None, named=True, guiding=True, depth=depth)
        kinds = _named_kinds(text)
        if not kinds and depth <= outer:
            kinds = _by_year(text, period)
        if kinds == {Kind.PROBLEM, Kind.PLAN}:
            return Promise(Kind.PROBLEM, named=True, mixed=True, depth=depth)
        if len(kinds) == 1:
            return Promise(kinds.pop(), named=True, depth=depth)
    return Promise(None)


def _named_kinds(text: str) -> set[Kind]:
    kinds: set[Kind] = set()
    problem = cues.PROBLEM_HEADING.search(text)
    if problem and not cues.NOT_PROBLEM.search(text[: problem.end()]):
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


def _by_year(text: str, period: str | None) -> set[Kind]:
    years = cues.YEAR.findall(text)
    if not years or not period:
        return set()
    return {Kind.PLAN} if years[-1] > period else {Kind.ACHIEVEMENT}
